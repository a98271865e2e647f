-- What authors ask: every run of one conversation of a version, the newest first.

CREATE INDEX runs_by_version ON runs (version_id, activity_id, started_at);
