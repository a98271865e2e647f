-- Whose browser it was, for as long as the session would have lasted: a form that comes after its session has ended is kept for
-- the person who wrote it. Nobody is signed in by this.

CREATE TABLE ended_sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE INDEX ended_sessions_by_expiry ON ended_sessions (expires_at);
CREATE INDEX ended_sessions_by_person ON ended_sessions (person_id);
