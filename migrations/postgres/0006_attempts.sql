-- Which telling of an assessed case was played: the name of the variant's file, '' for the main one. Nodes are that telling's.

ALTER TABLE runs ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE remarks ADD COLUMN variant TEXT NOT NULL DEFAULT '';
ALTER TABLE suggestions ADD COLUMN variant TEXT NOT NULL DEFAULT '';

-- How many attempts a trainer has given beyond those that the author allows.

ALTER TABLE activity_states ADD COLUMN granted BIGINT NOT NULL DEFAULT 0;

-- Who has tried and not passed: few among many.

CREATE INDEX activity_states_tried ON activity_states (seen_at) WHERE status = 'started' AND attempts > 0;

-- What a trainer decided where no attempt was left, and after how many: each time it is decided once.

CREATE TABLE rulings (
    id UUID NOT NULL PRIMARY KEY,
    enrolment_id UUID NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('again', 'accepted')),
    reason TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by UUID,
    UNIQUE (enrolment_id, activity_id, attempts)
);

CREATE INDEX rulings_by_time ON rulings (made_at);
