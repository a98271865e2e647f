-- Lists that stay quick however many people and courses there are.

-- How many people have their obligation from a rule, kept by triggers, so that a list of rules never counts obligations.
ALTER TABLE rules ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;
UPDATE rules SET reached = (SELECT COUNT(*) FROM obligations AS o WHERE o.rule_id = rules.id AND o.is_counted);

CREATE FUNCTION obligations_reach_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rules AS r SET reached = r.reached + m.change
    FROM (SELECT rule_id, COUNT(*) AS change FROM after_rows WHERE rule_id IS NOT NULL AND is_counted GROUP BY 1) AS m
    WHERE r.id = m.rule_id;
    RETURN NULL;
END $$;

CREATE FUNCTION obligations_reach_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rules AS r SET reached = r.reached - m.change
    FROM (SELECT rule_id, COUNT(*) AS change FROM before_rows WHERE rule_id IS NOT NULL AND is_counted GROUP BY 1) AS m
    WHERE r.id = m.rule_id;
    RETURN NULL;
END $$;

CREATE FUNCTION obligations_reach_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rules AS r SET reached = r.reached + m.change
    FROM (
        SELECT rule_id, CAST(SUM(change) AS BIGINT) AS change FROM (
            SELECT rule_id, 1 AS change FROM after_rows WHERE rule_id IS NOT NULL AND is_counted
            UNION ALL
            SELECT rule_id, -1 FROM before_rows WHERE rule_id IS NOT NULL AND is_counted
        ) AS moves
        GROUP BY 1 HAVING SUM(change) <> 0
    ) AS m
    WHERE r.id = m.rule_id;
    RETURN NULL;
END $$;

CREATE TRIGGER obligations_reached_new AFTER INSERT ON obligations
    REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION obligations_reach_new();
CREATE TRIGGER obligations_reached_old AFTER DELETE ON obligations
    REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION obligations_reach_old();
CREATE TRIGGER obligations_reached_change AFTER UPDATE ON obligations
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION obligations_reach_change();

CREATE INDEX rules_in_force ON rules (created_at, id) WHERE withdrawn_at IS NULL;

-- The audit log is read by time: of everything, of one person, of one kind.
CREATE INDEX audit_by_time ON audit (happened_at, id);
DROP INDEX audit_by_actor;
DROP INDEX audit_by_action;
CREATE INDEX audit_by_actor ON audit (actor, happened_at, id);
CREATE INDEX audit_by_action ON audit (action, happened_at, id);

-- How many people are pinned to a version, kept by triggers: every list of courses tells it.
CREATE TABLE version_tallies (
    version_id UUID NOT NULL PRIMARY KEY,
    people BIGINT NOT NULL
);
INSERT INTO version_tallies (version_id, people) SELECT version_id, COUNT(*) FROM enrolments GROUP BY version_id;

CREATE FUNCTION enrolments_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO version_tallies (version_id, people)
    SELECT version_id, COUNT(*) FROM after_rows GROUP BY 1 ORDER BY 1
    ON CONFLICT (version_id) DO UPDATE SET people = version_tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE FUNCTION enrolments_count_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO version_tallies (version_id, people)
    SELECT version_id, -COUNT(*) FROM before_rows GROUP BY 1 ORDER BY 1
    ON CONFLICT (version_id) DO UPDATE SET people = version_tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE FUNCTION enrolments_count_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO version_tallies (version_id, people)
    SELECT version_id, CAST(SUM(change) AS BIGINT) FROM (
        SELECT version_id, 1 AS change FROM after_rows
        UNION ALL
        SELECT version_id, -1 FROM before_rows
    ) AS moves
    GROUP BY 1 HAVING SUM(change) <> 0 ORDER BY 1
    ON CONFLICT (version_id) DO UPDATE SET people = version_tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE TRIGGER enrolments_inserted AFTER INSERT ON enrolments
    REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION enrolments_count_new();
CREATE TRIGGER enrolments_deleted AFTER DELETE ON enrolments
    REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION enrolments_count_old();
CREATE TRIGGER enrolments_moved AFTER UPDATE ON enrolments
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION enrolments_count_move();
