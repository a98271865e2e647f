-- How often what happened in each hour, for the rates that admins watch; the events themselves are in the audit log.
CREATE TABLE security_hours (
    hour_at INTEGER NOT NULL,
    action TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (hour_at, action)
) STRICT, WITHOUT ROWID;
