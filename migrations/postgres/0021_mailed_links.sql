-- A one-time link that is mailed gets its token when the mail goes out: neither the mail nor the ticket holds it before or after.
ALTER TABLE outbox ADD COLUMN ticket_id UUID REFERENCES tickets (id) ON DELETE SET NULL;

CREATE INDEX outbox_by_ticket ON outbox (ticket_id);

-- Texts of mails that went out or were given up, and kept forms, which held tokens so far.
UPDATE outbox SET body = '' WHERE sent_at IS NOT NULL OR failed_at IS NOT NULL;
DELETE FROM flashes;
