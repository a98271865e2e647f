-- Receipts and seals carry a keyed hash, and the end of each chain a signature; see docs/receipts.md. What was issued before this
-- migration is signed when a server first starts with a key: signed_late_at says when that was, and stays empty for the rest.

ALTER TABLE receipts ADD COLUMN mac BLOB;
ALTER TABLE receipts ADD COLUMN signed_late_at INTEGER;
-- Where the holder was when a receipt without a zone of its own was signed late: its days are those of that place.
ALTER TABLE receipts ADD COLUMN zone TEXT;

UPDATE receipts SET zone = (SELECT p.zone FROM receipt_subjects AS s JOIN people AS p ON p.id = s.person_id
                            WHERE s.receipt_id = receipts.id);

ALTER TABLE audit_seals ADD COLUMN mac BLOB;
ALTER TABLE audit_seals ADD COLUMN signed_late_at INTEGER;

ALTER TABLE chain_heads ADD COLUMN revocations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chain_heads ADD COLUMN public_key BLOB;
ALTER TABLE chain_heads ADD COLUMN signature BLOB;

-- A withdrawn receipt: a record of the same chain, so that it cannot be taken out unnoticed.
CREATE TABLE revocations (
    sequence INTEGER NOT NULL PRIMARY KEY,
    receipt_id BLOB NOT NULL UNIQUE REFERENCES receipts (id),
    revoked_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    previous BLOB NOT NULL,
    link BLOB NOT NULL,
    mac BLOB NOT NULL
) STRICT;

-- What the last check of each chain found.
CREATE TABLE chain_checks (
    chain TEXT NOT NULL PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    records INTEGER NOT NULL,
    fault TEXT,
    found_at INTEGER,
    CHECK ((fault IS NULL) = (found_at IS NULL))
) STRICT, WITHOUT ROWID;
