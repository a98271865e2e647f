-- What attempts are counted by, besides the failures of an account.

-- How much of a budget is used up: it is whole again at `free_at`, and refills evenly until then. The key is a hash of what
-- is counted, under a key of the site's own.
CREATE TABLE allowances (
    key_hash BYTEA NOT NULL PRIMARY KEY,
    free_at BIGINT NOT NULL
);

CREATE INDEX allowances_by_age ON allowances (free_at);

-- Who signed in from where: the more people do, the more failures are expected from there. The address is a keyed hash.
CREATE TABLE address_people (
    address_hash BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (address_hash, person_id)
);

CREATE INDEX address_people_by_person ON address_people (person_id);
CREATE INDEX address_people_by_age ON address_people (seen_at);

-- Browsers in which somebody signed in before. Their attempts are counted apart, so that nobody else can lock them out.
CREATE TABLE known_browsers (
    token_hash BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, person_id)
);

CREATE INDEX known_browsers_by_person ON known_browsers (person_id, seen_at);
CREATE INDEX known_browsers_by_age ON known_browsers (seen_at);

-- Kept forms by whose they are, the oldest first: each owner, and all strangers together, have room for so many.
CREATE INDEX flashes_by_owner ON flashes (owner_hash, id);
