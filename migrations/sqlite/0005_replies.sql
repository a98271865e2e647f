-- What learners said in their own words. What happened is the event beside it: the choice that the words were read as.

CREATE TABLE replies (
    run_id BLOB NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    words TEXT NOT NULL,
    blockers TEXT NOT NULL,
    PRIMARY KEY (run_id, turn)
) STRICT, WITHOUT ROWID;

-- Wordings that nobody had thought of, left to the author by whoever wrote them: without a person, without personal data.

CREATE TABLE suggestions (
    id BLOB NOT NULL PRIMARY KEY,
    course_id BLOB NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    activity_id TEXT NOT NULL,
    node TEXT NOT NULL,
    choice INTEGER NOT NULL,
    words TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX suggestions_by_course ON suggestions (course_id, made_at);
