-- Lists sort as people expect, and searching ignores accents: both by keys that are made of the name. An empty sort_key was
-- not made yet (the row is older, or an older release wrote it); the program makes it when it starts.
ALTER TABLE people ADD COLUMN sort_key BYTEA NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
ALTER TABLE groups ADD COLUMN sort_key BYTEA NOT NULL DEFAULT '';
ALTER TABLE groups ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN sort_key BYTEA NOT NULL DEFAULT '';

DROP INDEX people_by_name;
CREATE INDEX people_by_name ON people (sort_key, id);
DROP INDEX courses_by_title;
CREATE INDEX courses_by_title ON courses (sort_key, id);
