-- Receipts and seals carry a keyed hash, and the end of each chain a signature; see docs/receipts.md. What was issued before this
-- migration is signed when a server first starts with a key: signed_late_at says when that was, and stays empty for the rest.

ALTER TABLE receipts ADD COLUMN mac BYTEA;
ALTER TABLE receipts ADD COLUMN signed_late_at BIGINT;
-- Where the holder was when a receipt without a zone of its own was signed late: its days are those of that place.
ALTER TABLE receipts ADD COLUMN zone TEXT;

UPDATE receipts SET zone = (SELECT p.zone FROM receipt_subjects AS s JOIN people AS p ON p.id = s.person_id
                            WHERE s.receipt_id = receipts.id);

ALTER TABLE audit_seals ADD COLUMN mac BYTEA;
ALTER TABLE audit_seals ADD COLUMN signed_late_at BIGINT;

ALTER TABLE chain_heads ADD COLUMN revocations BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chain_heads ADD COLUMN public_key BYTEA;
ALTER TABLE chain_heads ADD COLUMN signature BYTEA;

-- A withdrawn receipt: a record of the same chain, so that it cannot be taken out unnoticed.
CREATE TABLE revocations (
    sequence BIGINT PRIMARY KEY,
    receipt_id UUID NOT NULL UNIQUE REFERENCES receipts (id),
    revoked_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    previous BYTEA NOT NULL,
    link BYTEA NOT NULL,
    mac BYTEA NOT NULL
);

-- What the last check of each chain found.
CREATE TABLE chain_checks (
    chain TEXT PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    records BIGINT NOT NULL,
    fault TEXT,
    found_at BIGINT,
    CHECK ((fault IS NULL) = (found_at IS NULL))
);
