-- Verdicts that replace that of a finished run: because the author corrected the key, or because a trainer overturned what a
-- rule found in own words. The run itself keeps its first one; the present one is the newest.

CREATE TABLE regrades (
    run_id UUID NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    is_present BOOLEAN NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('key', 'overturned')),
    version_id UUID NOT NULL REFERENCES course_versions (id),
    turn BIGINT,
    rule TEXT,
    score DOUBLE PRECISION,
    is_passed BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (run_id, number),
    CHECK ((cause = 'overturned') = (turn IS NOT NULL)),
    CHECK ((cause = 'overturned') = (rule IS NOT NULL)),
    CHECK (score BETWEEN 0 AND 100)
);

CREATE UNIQUE INDEX regrades_present ON regrades (run_id) WHERE is_present;
CREATE UNIQUE INDEX regrades_overturned ON regrades (run_id, turn, rule) WHERE cause = 'overturned';

-- Own words that failed a run.
CREATE INDEX replies_blocked ON replies (run_id, turn) WHERE blockers <> '[]';
