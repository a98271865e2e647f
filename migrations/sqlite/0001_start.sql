-- Everything Colloquy keeps, from the first day on.
--
-- Twin of the file of the same name for the other database; a test compares the two column by column:
--   SQLite INTEGER = BIGINT or BOOLEAN, REAL = DOUBLE PRECISION, TEXT = TEXT, BLOB = UUID or BYTEA.
-- Times are milliseconds since 1970-01-01T00:00:00Z; civil dates are TEXT, YYYY-MM-DD; JSON and enums are TEXT.
-- *_key columns are the folded form (lower case) of the column beside them: unique, sorted and searched by it.

-- The site ---------------------------------------------------------------------------------------------------

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What fills the placeholders of courses: company name, refund limit …
CREATE TABLE facts (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- People -----------------------------------------------------------------------------------------------------

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY,
    subject_id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT UNIQUE,
    employee_number TEXT UNIQUE,
    password_hash TEXT,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    seen_at INTEGER,
    disabled_at INTEGER,
    erased_at INTEGER,
    CHECK (email IS NOT NULL OR employee_number IS NOT NULL OR erased_at IS NOT NULL)
) STRICT;

CREATE INDEX people_by_name ON people (name_key, id);

CREATE TABLE roles (
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('learner', 'trainer', 'manager', 'hr', 'admin')),
    PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX roles_by_role ON roles (role, person_id);

CREATE TABLE groups (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody may belong to a group, manage it, or both; a course assigned to the group reaches who belongs to it.
CREATE TABLE memberships (
    group_id BLOB NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    is_member INTEGER NOT NULL CHECK (is_member IN (0, 1)),
    is_manager INTEGER NOT NULL CHECK (is_manager IN (0, 1)),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (group_id, person_id),
    CHECK (is_member OR is_manager)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_person ON memberships (person_id, group_id);

-- Signing in -------------------------------------------------------------------------------------------------

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_person ON sessions (person_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE tickets (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reset', 'setup')),
    token_hash BLOB NOT NULL UNIQUE,
    person_id BLOB REFERENCES people (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK ((kind = 'setup') = (person_id IS NULL))
) STRICT;

CREATE INDEX tickets_by_person ON tickets (person_id, created_at);
CREATE INDEX tickets_by_expiry ON tickets (expires_at);

-- Failed attempts by key: the hash of an account's login or of an address.
CREATE TABLE throttle (
    key_hash BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX throttle_by_age ON throttle (failed_at);

-- What a form had in it when it was refused, kept between the POST and the GET.
CREATE TABLE flashes (
    id BLOB NOT NULL PRIMARY KEY,
    owner_hash BLOB,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX flashes_by_expiry ON flashes (expires_at);

-- Courses ----------------------------------------------------------------------------------------------------

-- Bytes by their SHA-256, stored once however many versions use them.
CREATE TABLE blobs (
    hash BLOB NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE courses (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE INDEX courses_by_title ON courses (title_key, id);

CREATE TABLE course_versions (
    id BLOB NOT NULL PRIMARY KEY,
    course_id BLOB NOT NULL REFERENCES courses (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
    number INTEGER,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    hash BLOB NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    language TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    activities INTEGER NOT NULL,
    required INTEGER NOT NULL,
    change TEXT CHECK (change IN ('first', 'minor', 'retake', 'invalidates')),
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    published_at INTEGER,
    published_by BLOB,
    package TEXT NOT NULL,
    CHECK ((state = 'published') = (number IS NOT NULL)),
    CHECK ((state = 'published') = (published_at IS NOT NULL)),
    CHECK ((state = 'published') = (change IS NOT NULL)),
    CHECK (state = 'published' OR NOT is_current),
    UNIQUE (course_id, number)
) STRICT;

CREATE UNIQUE INDEX course_versions_one_draft ON course_versions (course_id) WHERE state = 'draft';
CREATE UNIQUE INDEX course_versions_one_current ON course_versions (course_id) WHERE is_current;

CREATE TABLE version_files (
    version_id BLOB NOT NULL REFERENCES course_versions (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    blob_hash BLOB NOT NULL REFERENCES blobs (hash),
    PRIMARY KEY (version_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX version_files_by_blob ON version_files (blob_hash);

-- Assignment -------------------------------------------------------------------------------------------------

CREATE TABLE rules (
    id BLOB NOT NULL PRIMARY KEY,
    course_id BLOB NOT NULL REFERENCES courses (id),
    target TEXT NOT NULL CHECK (target IN ('person', 'group', 'everyone')),
    person_id BLOB REFERENCES people (id) ON DELETE CASCADE,
    group_id BLOB REFERENCES groups (id) ON DELETE CASCADE,
    due_on TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    withdrawn_at INTEGER,
    withdrawn_by BLOB,
    CHECK ((target = 'person') = (person_id IS NOT NULL)),
    CHECK ((target = 'group') = (group_id IS NOT NULL))
) STRICT;

CREATE INDEX rules_by_course ON rules (course_id, created_at);
CREATE INDEX rules_by_person ON rules (person_id);
CREATE INDEX rules_by_group ON rules (group_id);

-- An extension or an exemption given to one person, with its reason.
CREATE TABLE exceptions (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id BLOB NOT NULL REFERENCES courses (id),
    kind TEXT NOT NULL CHECK (kind IN ('extension', 'exemption')),
    due_on TEXT,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    ended_at INTEGER,
    CHECK ((kind = 'extension') = (due_on IS NOT NULL))
) STRICT;

CREATE INDEX exceptions_by_person ON exceptions (person_id, course_id, created_at);
CREATE UNIQUE INDEX exceptions_one_in_force ON exceptions (person_id, course_id, kind) WHERE ended_at IS NULL;

-- One person taking a course once: a cycle. Pinned to a version; only a minor change moves it to another.
CREATE TABLE enrolments (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id BLOB NOT NULL REFERENCES courses (id),
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    cycle INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    last_activity TEXT,
    completed_at INTEGER,
    UNIQUE (person_id, course_id, cycle)
) STRICT, WITHOUT ROWID;

CREATE INDEX enrolments_by_version ON enrolments (version_id);

-- Where one person stands with one course now: the row behind the home page and every report.
-- A row without a rule belongs to somebody who takes the course of their own accord.
CREATE TABLE obligations (
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id BLOB NOT NULL REFERENCES courses (id),
    rule_id BLOB REFERENCES rules (id) ON DELETE SET NULL,
    status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done')),
    is_exempt INTEGER NOT NULL CHECK (is_exempt IN (0, 1)),
    is_counted INTEGER NOT NULL CHECK (is_counted IN (0, 1)),
    assigned_at INTEGER,
    due_on TEXT,
    due_zone TEXT,
    due_at INTEGER,
    cycle INTEGER NOT NULL,
    enrolment_id BLOB REFERENCES enrolments (id) ON DELETE SET NULL,
    version_id BLOB REFERENCES course_versions (id),
    activities_done INTEGER NOT NULL,
    activities_total INTEGER NOT NULL,
    started_at INTEGER,
    completed_at INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, course_id),
    CHECK ((due_on IS NULL) = (due_at IS NULL)),
    CHECK ((status = 'done') = (completed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX obligations_by_course ON obligations (course_id, is_counted, status, due_at, person_id);
CREATE INDEX obligations_by_due ON obligations (COALESCE(due_at, 9223372036854775807), person_id, course_id) WHERE is_counted;
CREATE INDEX obligations_by_completion ON obligations (COALESCE(completed_at, 0), person_id, course_id) WHERE is_counted;
CREATE INDEX obligations_by_rule ON obligations (rule_id);
CREATE INDEX obligations_by_version ON obligations (version_id);
CREATE INDEX obligations_by_enrolment ON obligations (enrolment_id);

-- Counts of the obligations above, kept by triggers, so that the overview never counts millions of rows.
CREATE TABLE tallies (
    course_id BLOB NOT NULL REFERENCES courses (id),
    status TEXT NOT NULL,
    is_exempt INTEGER NOT NULL CHECK (is_exempt IN (0, 1)),
    due_at INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (course_id, status, is_exempt, due_at)
) STRICT, WITHOUT ROWID;

-- The kept counts.
CREATE TRIGGER obligations_inserted AFTER INSERT ON obligations BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT NEW.course_id, NEW.status, NEW.is_exempt, COALESCE(NEW.due_at, 9223372036854775807), 1
    WHERE NEW.is_counted
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = people + excluded.people;
END;

CREATE TRIGGER obligations_deleted AFTER DELETE ON obligations BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT OLD.course_id, OLD.status, OLD.is_exempt, COALESCE(OLD.due_at, 9223372036854775807), -1
    WHERE OLD.is_counted
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = people + excluded.people;
END;

CREATE TRIGGER obligations_updated AFTER UPDATE ON obligations
WHEN (OLD.course_id, OLD.status, OLD.is_exempt, OLD.is_counted, OLD.due_at)
    IS NOT (NEW.course_id, NEW.status, NEW.is_exempt, NEW.is_counted, NEW.due_at) BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT OLD.course_id, OLD.status, OLD.is_exempt, COALESCE(OLD.due_at, 9223372036854775807), -1
    WHERE OLD.is_counted
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = people + excluded.people;
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT NEW.course_id, NEW.status, NEW.is_exempt, COALESCE(NEW.due_at, 9223372036854775807), 1
    WHERE NEW.is_counted
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = people + excluded.people;
END;

-- Learning ---------------------------------------------------------------------------------------------------

CREATE TABLE activity_states (
    enrolment_id BLOB NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('started', 'done')),
    content_hash BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    first REAL,
    best REAL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    completed_at INTEGER,
    PRIMARY KEY (enrolment_id, activity_id),
    CHECK ((status = 'done') = (completed_at IS NOT NULL)),
    CHECK (best BETWEEN 0 AND 100)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_attempts (
    id BLOB NOT NULL PRIMARY KEY,
    enrolment_id BLOB NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT NOT NULL,
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    content_hash BLOB NOT NULL,
    number INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    submitted_at INTEGER,
    percent REAL,
    is_passed INTEGER CHECK (is_passed IN (0, 1)),
    UNIQUE (enrolment_id, activity_id, number),
    CHECK ((submitted_at IS NULL) = (percent IS NULL)),
    CHECK ((submitted_at IS NULL) = (is_passed IS NULL))
) STRICT;

CREATE UNIQUE INDEX quiz_attempts_one_open ON quiz_attempts (enrolment_id, activity_id) WHERE submitted_at IS NULL;

CREATE TABLE quiz_answers (
    attempt_id BLOB NOT NULL REFERENCES quiz_attempts (id) ON DELETE CASCADE,
    item_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    credit REAL,
    PRIMARY KEY (attempt_id, item_id)
) STRICT, WITHOUT ROWID;

-- One play of a conversation; its state is the fold of its events over the scenario with this hash.
CREATE TABLE runs (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    enrolment_id BLOB REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT NOT NULL,
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    scenario_hash BLOB NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('practice', 'assessed', 'rewound', 'preview')),
    number INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    origin_id BLOB REFERENCES runs (id) ON DELETE SET NULL,
    turns INTEGER NOT NULL,
    deadline_at INTEGER,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT CHECK (ending IN ('success', 'failure', 'neutral')),
    score REAL,
    is_passed INTEGER CHECK (is_passed IN (0, 1)),
    CHECK ((ended_at IS NULL) = (ending IS NULL)),
    CHECK (score BETWEEN 0 AND 100)
) STRICT;

CREATE INDEX runs_by_enrolment ON runs (enrolment_id, activity_id, started_at);
CREATE INDEX runs_by_person ON runs (person_id, started_at);
CREATE UNIQUE INDEX runs_one_open ON runs (enrolment_id, activity_id) WHERE ended_at IS NULL AND mode IN ('practice', 'assessed');

CREATE TABLE run_events (
    run_id BLOB NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('chose', 'timed_out')),
    choice INTEGER,
    happened_at INTEGER NOT NULL,
    PRIMARY KEY (run_id, turn),
    CHECK ((kind = 'chose') = (choice IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE acknowledgements (
    enrolment_id BLOB NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT NOT NULL,
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    content_hash BLOB NOT NULL,
    statement TEXT NOT NULL,
    body TEXT NOT NULL,
    acknowledged_at INTEGER NOT NULL,
    PRIMARY KEY (enrolment_id, activity_id, content_hash)
) STRICT;

-- Proof ------------------------------------------------------------------------------------------------------

-- A record of the chain: link = SHA-256(previous ‖ sequence ‖ body). Holds no personal data, so it outlives the person.
CREATE TABLE receipts (
    id BLOB NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    subject_id BLOB NOT NULL,
    course_id BLOB NOT NULL REFERENCES courses (id),
    version_id BLOB NOT NULL REFERENCES course_versions (id),
    issued_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    previous BLOB NOT NULL,
    link BLOB NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE INDEX receipts_by_subject ON receipts (subject_id, issued_at);

-- Whose receipt it is, and what they were called then: the part that is erased with the person. Together with the salt
-- it opens the commitment in the body.
CREATE TABLE receipt_subjects (
    receipt_id BLOB NOT NULL PRIMARY KEY REFERENCES receipts (id),
    person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    enrolment_id BLOB REFERENCES enrolments (id) ON DELETE SET NULL,
    salt BLOB NOT NULL,
    name TEXT NOT NULL,
    login TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_subjects_by_person ON receipt_subjects (person_id);
CREATE INDEX receipt_subjects_by_enrolment ON receipt_subjects (enrolment_id);

-- The end of each chain; an empty one ends in its genesis, SHA-256('colloquy chain ' ‖ name).
CREATE TABLE chain_heads (
    chain TEXT NOT NULL PRIMARY KEY CHECK (chain IN ('receipts', 'audit')),
    sequence INTEGER NOT NULL,
    link BLOB NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO chain_heads (chain, sequence, link, updated_at) VALUES
    ('receipts', 0, x'41477461d4c580817581946d45680f8ba933c97a18c5195215f8a0f9aa1b482b', 0),
    ('audit', 0, x'd389c490098d1927f8812144226e95b5925dc52ee667ac628c77308e7da90be1', 0);

-- A record of the chain of audit: its body is the seal of a batch of rows.
CREATE TABLE audit_seals (
    sequence INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    previous BLOB NOT NULL,
    link BLOB NOT NULL,
    sealed_at INTEGER NOT NULL
) STRICT;

-- Who did what. Actor and people are subject ids, the detail is never personal. Sealed in batches, a little later.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_at INTEGER NOT NULL,
    actor BLOB,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BLOB,
    detail TEXT NOT NULL,
    seal INTEGER REFERENCES audit_seals (sequence)
) STRICT;

CREATE INDEX audit_unsealed ON audit (id) WHERE seal IS NULL;
CREATE INDEX audit_by_seal ON audit (seal, id);
CREATE INDEX audit_by_object ON audit (object_id, id);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_action ON audit (action, id);

-- Work in the background -------------------------------------------------------------------------------------

CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease BLOB,
    leased_until INTEGER,
    finished_at INTEGER,
    failed_at INTEGER,
    error TEXT,
    UNIQUE (kind, dedupe)
) STRICT;

CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE finished_at IS NULL AND failed_at IS NULL;

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    dedupe TEXT NOT NULL UNIQUE,
    person_id BLOB REFERENCES people (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease BLOB,
    leased_until INTEGER,
    sent_at INTEGER,
    failed_at INTEGER,
    error TEXT
) STRICT;

CREATE INDEX outbox_waiting ON outbox (run_at, id) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_by_person ON outbox (person_id);
