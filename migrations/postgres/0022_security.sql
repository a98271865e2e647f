-- How often what happened in each hour, for the rates that admins watch; the events themselves are in the audit log.
CREATE TABLE security_hours (
    hour_at BIGINT NOT NULL,
    action TEXT NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (hour_at, action)
);
