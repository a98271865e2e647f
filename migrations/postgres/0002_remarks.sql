-- What learners say back to authors, at an exact place of a version. The words are theirs: they go when the person is erased.

CREATE TABLE remarks (
    id UUID NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    version_id UUID NOT NULL REFERENCES course_versions (id),
    activity_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('disagree', 'problem')),
    node TEXT,
    choice BIGINT,
    item TEXT,
    words TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    CHECK (node IS NOT NULL OR choice IS NULL),
    CHECK (node IS NULL OR item IS NULL)
);

CREATE INDEX remarks_by_course ON remarks (course_id, settled_at, made_at);
CREATE INDEX remarks_by_person ON remarks (person_id, made_at);
