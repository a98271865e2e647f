-- Lists that stay quick however many people and courses there are.

-- How many people have their obligation from a rule, kept by triggers, so that a list of rules never counts obligations.
ALTER TABLE rules ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
UPDATE rules SET reached = (SELECT COUNT(*) FROM obligations AS o WHERE o.rule_id = rules.id AND o.is_counted);

CREATE TRIGGER obligations_reached_new AFTER INSERT ON obligations
WHEN NEW.rule_id IS NOT NULL AND NEW.is_counted BEGIN
    UPDATE rules SET reached = reached + 1 WHERE id = NEW.rule_id;
END;

CREATE TRIGGER obligations_reached_old AFTER DELETE ON obligations
WHEN OLD.rule_id IS NOT NULL AND OLD.is_counted BEGIN
    UPDATE rules SET reached = reached - 1 WHERE id = OLD.rule_id;
END;

CREATE TRIGGER obligations_reached_change AFTER UPDATE ON obligations
WHEN (OLD.rule_id, OLD.is_counted) IS NOT (NEW.rule_id, NEW.is_counted) BEGIN
    UPDATE rules SET reached = reached - 1 WHERE id = OLD.rule_id AND OLD.is_counted;
    UPDATE rules SET reached = reached + 1 WHERE id = NEW.rule_id AND NEW.is_counted;
END;

CREATE INDEX rules_in_force ON rules (created_at, id) WHERE withdrawn_at IS NULL;

-- The audit log is read by time: of everything, of one person, of one kind.
CREATE INDEX audit_by_time ON audit (happened_at, id);
DROP INDEX audit_by_actor;
DROP INDEX audit_by_action;
CREATE INDEX audit_by_actor ON audit (actor, happened_at, id);
CREATE INDEX audit_by_action ON audit (action, happened_at, id);

-- How many people are pinned to a version, kept by triggers: every list of courses tells it.
CREATE TABLE version_tallies (
    version_id BLOB NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO version_tallies (version_id, people) SELECT version_id, COUNT(*) FROM enrolments GROUP BY version_id;

CREATE TRIGGER enrolments_inserted AFTER INSERT ON enrolments BEGIN
    INSERT INTO version_tallies (version_id, people) VALUES (NEW.version_id, 1)
    ON CONFLICT (version_id) DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER enrolments_deleted AFTER DELETE ON enrolments BEGIN
    UPDATE version_tallies SET people = people - 1 WHERE version_id = OLD.version_id;
END;

CREATE TRIGGER enrolments_moved AFTER UPDATE ON enrolments WHEN OLD.version_id <> NEW.version_id BEGIN
    UPDATE version_tallies SET people = people - 1 WHERE version_id = OLD.version_id;
    INSERT INTO version_tallies (version_id, people) VALUES (NEW.version_id, 1)
    ON CONFLICT (version_id) DO UPDATE SET people = people + 1;
END;
