-- Verdicts that replace that of a finished run: because the author corrected the key, or because a trainer overturned what a
-- rule found in own words. The run itself keeps its first one; the present one is the newest.

CREATE TABLE regrades (
    run_id BLOB NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    is_present INTEGER NOT NULL CHECK (is_present IN (0, 1)),
    cause TEXT NOT NULL CHECK (cause IN ('key', 'overturned')),
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    turn INTEGER,
    rule TEXT,
    score REAL,
    is_passed INTEGER NOT NULL CHECK (is_passed IN (0, 1)),
    reason TEXT NOT NULL,
    made_by BLOB,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (run_id, number),
    CHECK ((cause = 'overturned') = (turn IS NOT NULL)),
    CHECK ((cause = 'overturned') = (rule IS NOT NULL)),
    CHECK (score BETWEEN 0 AND 100)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX regrades_present ON regrades (run_id) WHERE is_present;
CREATE UNIQUE INDEX regrades_overturned ON regrades (run_id, turn, rule) WHERE cause = 'overturned';

-- Own words that failed a run.
CREATE INDEX replies_blocked ON replies (run_id, turn) WHERE blockers <> '[]';
