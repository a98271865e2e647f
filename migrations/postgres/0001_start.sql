-- Everything Colloquy keeps, from the first day on.
--
-- Twin of the file of the same name for the other database; a test compares the two column by column:
--   SQLite INTEGER = BIGINT or BOOLEAN, REAL = DOUBLE PRECISION, TEXT = TEXT, BLOB = UUID or BYTEA.
-- Times are milliseconds since 1970-01-01T00:00:00Z; civil dates are TEXT, YYYY-MM-DD; JSON and enums are TEXT.
-- *_key columns are the folded form (lower case) of the column beside them: unique, sorted and searched by it.

-- The site ---------------------------------------------------------------------------------------------------

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What fills the placeholders of courses: company name, refund limit …
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- People -----------------------------------------------------------------------------------------------------

CREATE TABLE people (
    id UUID PRIMARY KEY,
    subject_id UUID NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" UNIQUE,
    employee_number TEXT COLLATE "C" UNIQUE,
    password_hash TEXT,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    seen_at BIGINT,
    disabled_at BIGINT,
    erased_at BIGINT,
    CHECK (email IS NOT NULL OR employee_number IS NOT NULL OR erased_at IS NOT NULL)
);

CREATE INDEX people_by_name ON people (name_key, id);

CREATE TABLE roles (
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('learner', 'trainer', 'manager', 'hr', 'admin')),
    PRIMARY KEY (person_id, role)
);

CREATE INDEX roles_by_role ON roles (role, person_id);

CREATE TABLE groups (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Somebody may belong to a group, manage it, or both; a course assigned to the group reaches who belongs to it.
CREATE TABLE memberships (
    group_id UUID NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    is_member BOOLEAN NOT NULL,
    is_manager BOOLEAN NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, person_id),
    CHECK (is_member OR is_manager)
);

CREATE INDEX memberships_by_person ON memberships (person_id, group_id);

-- Signing in -------------------------------------------------------------------------------------------------

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_person ON sessions (person_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE tickets (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reset', 'setup')),
    token_hash BYTEA NOT NULL UNIQUE,
    person_id UUID REFERENCES people (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    CHECK ((kind = 'setup') = (person_id IS NULL))
);

CREATE INDEX tickets_by_person ON tickets (person_id, created_at);
CREATE INDEX tickets_by_expiry ON tickets (expires_at);

-- Failed attempts by key: the hash of an account's login or of an address.
CREATE TABLE throttle (
    key_hash BYTEA PRIMARY KEY,
    failures BIGINT NOT NULL,
    failed_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);

CREATE INDEX throttle_by_age ON throttle (failed_at);

-- What a form had in it when it was refused, kept between the POST and the GET.
CREATE TABLE flashes (
    id UUID PRIMARY KEY,
    owner_hash BYTEA,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX flashes_by_expiry ON flashes (expires_at);

-- Courses ----------------------------------------------------------------------------------------------------

-- Bytes by their SHA-256, stored once however many versions use them.
CREATE TABLE blobs (
    hash BYTEA PRIMARY KEY,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);

CREATE TABLE courses (
    id UUID PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT
);

CREATE INDEX courses_by_title ON courses (title_key, id);

CREATE TABLE course_versions (
    id UUID PRIMARY KEY,
    course_id UUID NOT NULL REFERENCES courses (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
    number BIGINT,
    is_current BOOLEAN NOT NULL,
    hash BYTEA NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    language TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    activities BIGINT NOT NULL,
    required BIGINT NOT NULL,
    change TEXT CHECK (change IN ('first', 'minor', 'retake', 'invalidates')),
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID,
    updated_at BIGINT NOT NULL,
    published_at BIGINT,
    published_by UUID,
    package TEXT NOT NULL,
    CHECK ((state = 'published') = (number IS NOT NULL)),
    CHECK ((state = 'published') = (published_at IS NOT NULL)),
    CHECK ((state = 'published') = (change IS NOT NULL)),
    CHECK (state = 'published' OR NOT is_current),
    UNIQUE (course_id, number)
);

CREATE UNIQUE INDEX course_versions_one_draft ON course_versions (course_id) WHERE state = 'draft';
CREATE UNIQUE INDEX course_versions_one_current ON course_versions (course_id) WHERE is_current;

CREATE TABLE version_files (
    version_id UUID NOT NULL REFERENCES course_versions (id) ON DELETE CASCADE,
    path TEXT COLLATE "C" NOT NULL,
    blob_hash BYTEA NOT NULL REFERENCES blobs (hash),
    PRIMARY KEY (version_id, path)
);

CREATE INDEX version_files_by_blob ON version_files (blob_hash);

-- Assignment -------------------------------------------------------------------------------------------------

CREATE TABLE rules (
    id UUID PRIMARY KEY,
    course_id UUID NOT NULL REFERENCES courses (id),
    target TEXT NOT NULL CHECK (target IN ('person', 'group', 'everyone')),
    person_id UUID REFERENCES people (id) ON DELETE CASCADE,
    group_id UUID REFERENCES groups (id) ON DELETE CASCADE,
    due_on TEXT,
    created_at BIGINT NOT NULL,
    created_by UUID,
    withdrawn_at BIGINT,
    withdrawn_by UUID,
    CHECK ((target = 'person') = (person_id IS NOT NULL)),
    CHECK ((target = 'group') = (group_id IS NOT NULL))
);

CREATE INDEX rules_by_course ON rules (course_id, created_at);
CREATE INDEX rules_by_person ON rules (person_id);
CREATE INDEX rules_by_group ON rules (group_id);

-- An extension or an exemption given to one person, with its reason.
CREATE TABLE exceptions (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES courses (id),
    kind TEXT NOT NULL CHECK (kind IN ('extension', 'exemption')),
    due_on TEXT,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID,
    ended_at BIGINT,
    CHECK ((kind = 'extension') = (due_on IS NOT NULL))
);

CREATE INDEX exceptions_by_person ON exceptions (person_id, course_id, created_at);
CREATE UNIQUE INDEX exceptions_one_in_force ON exceptions (person_id, course_id, kind) WHERE ended_at IS NULL;

-- One person taking a course once: a cycle. Pinned to a version; only a minor change moves it to another.
CREATE TABLE enrolments (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES courses (id),
    version_id UUID NOT NULL REFERENCES course_versions (id),
    cycle BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    last_activity TEXT,
    completed_at BIGINT,
    UNIQUE (person_id, course_id, cycle)
);

CREATE INDEX enrolments_by_version ON enrolments (version_id);

-- Where one person stands with one course now: the row behind the home page and every report.
-- A row without a rule belongs to somebody who takes the course of their own accord.
CREATE TABLE obligations (
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES courses (id),
    rule_id UUID REFERENCES rules (id) ON DELETE SET NULL,
    status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done')),
    is_exempt BOOLEAN NOT NULL,
    is_counted BOOLEAN NOT NULL,
    assigned_at BIGINT,
    due_on TEXT,
    due_zone TEXT,
    due_at BIGINT,
    cycle BIGINT NOT NULL,
    enrolment_id UUID REFERENCES enrolments (id) ON DELETE SET NULL,
    version_id UUID REFERENCES course_versions (id),
    activities_done BIGINT NOT NULL,
    activities_total BIGINT NOT NULL,
    started_at BIGINT,
    completed_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, course_id),
    CHECK ((due_on IS NULL) = (due_at IS NULL)),
    CHECK ((status = 'done') = (completed_at IS NOT NULL))
);

CREATE INDEX obligations_by_course ON obligations (course_id, is_counted, status, due_at, person_id);
CREATE INDEX obligations_by_due ON obligations (COALESCE(due_at, 9223372036854775807), person_id, course_id) WHERE is_counted;
CREATE INDEX obligations_by_completion ON obligations (COALESCE(completed_at, 0), person_id, course_id) WHERE is_counted;
CREATE INDEX obligations_by_rule ON obligations (rule_id);
CREATE INDEX obligations_by_version ON obligations (version_id);
CREATE INDEX obligations_by_enrolment ON obligations (enrolment_id);

-- Counts of the obligations above, kept by triggers, so that the overview never counts millions of rows.
CREATE TABLE tallies (
    course_id UUID NOT NULL REFERENCES courses (id),
    status TEXT NOT NULL,
    is_exempt BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (course_id, status, is_exempt, due_at)
);

-- The kept counts. By statement, not by row: assigning a course to everyone touches each count once.
-- Always in the order of the key, so that two transactions cannot wait for each other.
CREATE FUNCTION obligations_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT course_id, status, is_exempt, COALESCE(due_at, 9223372036854775807), COUNT(*)
    FROM after_rows WHERE is_counted
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE FUNCTION obligations_count_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT course_id, status, is_exempt, COALESCE(due_at, 9223372036854775807), -COUNT(*)
    FROM before_rows WHERE is_counted
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE FUNCTION obligations_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (course_id, status, is_exempt, due_at, people)
    SELECT course_id, status, is_exempt, due_at, SUM(change) FROM (
        SELECT course_id, status, is_exempt, COALESCE(due_at, 9223372036854775807) AS due_at, 1 AS change
        FROM after_rows WHERE is_counted
        UNION ALL
        SELECT course_id, status, is_exempt, COALESCE(due_at, 9223372036854775807), -1
        FROM before_rows WHERE is_counted
    ) AS moves
    GROUP BY 1, 2, 3, 4 HAVING SUM(change) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT (course_id, status, is_exempt, due_at) DO UPDATE SET people = tallies.people + excluded.people;
    RETURN NULL;
END $$;

CREATE TRIGGER obligations_inserted AFTER INSERT ON obligations
    REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION obligations_count_new();
CREATE TRIGGER obligations_deleted AFTER DELETE ON obligations
    REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION obligations_count_old();
CREATE TRIGGER obligations_updated AFTER UPDATE ON obligations
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION obligations_count_change();

-- Learning ---------------------------------------------------------------------------------------------------

CREATE TABLE activity_states (
    enrolment_id UUID NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('started', 'done')),
    content_hash BYTEA NOT NULL,
    attempts BIGINT NOT NULL,
    first DOUBLE PRECISION,
    best DOUBLE PRECISION,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    completed_at BIGINT,
    PRIMARY KEY (enrolment_id, activity_id),
    CHECK ((status = 'done') = (completed_at IS NOT NULL)),
    CHECK (best BETWEEN 0 AND 100)
);

CREATE TABLE quiz_attempts (
    id UUID PRIMARY KEY,
    enrolment_id UUID NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT COLLATE "C" NOT NULL,
    version_id UUID NOT NULL REFERENCES course_versions (id),
    content_hash BYTEA NOT NULL,
    number BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    submitted_at BIGINT,
    percent DOUBLE PRECISION,
    is_passed BOOLEAN,
    UNIQUE (enrolment_id, activity_id, number),
    CHECK ((submitted_at IS NULL) = (percent IS NULL)),
    CHECK ((submitted_at IS NULL) = (is_passed IS NULL))
);

CREATE UNIQUE INDEX quiz_attempts_one_open ON quiz_attempts (enrolment_id, activity_id) WHERE submitted_at IS NULL;

CREATE TABLE quiz_answers (
    attempt_id UUID NOT NULL REFERENCES quiz_attempts (id) ON DELETE CASCADE,
    item_id TEXT COLLATE "C" NOT NULL,
    answer TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    credit DOUBLE PRECISION,
    PRIMARY KEY (attempt_id, item_id)
);

-- One play of a conversation; its state is the fold of its events over the scenario with this hash.
CREATE TABLE runs (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    enrolment_id UUID REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT COLLATE "C" NOT NULL,
    version_id UUID NOT NULL REFERENCES course_versions (id),
    scenario_hash BYTEA NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('practice', 'assessed', 'rewound', 'preview')),
    number BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    origin_id UUID REFERENCES runs (id) ON DELETE SET NULL,
    turns BIGINT NOT NULL,
    deadline_at BIGINT,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    ending TEXT CHECK (ending IN ('success', 'failure', 'neutral')),
    score DOUBLE PRECISION,
    is_passed BOOLEAN,
    CHECK ((ended_at IS NULL) = (ending IS NULL)),
    CHECK (score BETWEEN 0 AND 100)
);

CREATE INDEX runs_by_enrolment ON runs (enrolment_id, activity_id, started_at);
CREATE INDEX runs_by_person ON runs (person_id, started_at);
CREATE UNIQUE INDEX runs_one_open ON runs (enrolment_id, activity_id) WHERE ended_at IS NULL AND mode IN ('practice', 'assessed');

CREATE TABLE run_events (
    run_id UUID NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    turn BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('chose', 'timed_out')),
    choice BIGINT,
    happened_at BIGINT NOT NULL,
    PRIMARY KEY (run_id, turn),
    CHECK ((kind = 'chose') = (choice IS NOT NULL))
);

CREATE TABLE acknowledgements (
    enrolment_id UUID NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    activity_id TEXT COLLATE "C" NOT NULL,
    version_id UUID NOT NULL REFERENCES course_versions (id),
    content_hash BYTEA NOT NULL,
    statement TEXT NOT NULL,
    body TEXT NOT NULL,
    acknowledged_at BIGINT NOT NULL,
    PRIMARY KEY (enrolment_id, activity_id, content_hash)
);

-- Proof ------------------------------------------------------------------------------------------------------

-- A record of the chain: link = SHA-256(previous ‖ sequence ‖ body). Holds no personal data, so it outlives the person.
CREATE TABLE receipts (
    id UUID PRIMARY KEY,
    sequence BIGINT NOT NULL UNIQUE,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    subject_id UUID NOT NULL,
    course_id UUID NOT NULL REFERENCES courses (id),
    version_id UUID NOT NULL REFERENCES course_versions (id),
    issued_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    previous BYTEA NOT NULL,
    link BYTEA NOT NULL,
    revoked_at BIGINT
);

CREATE INDEX receipts_by_subject ON receipts (subject_id, issued_at);

-- Whose receipt it is, and what they were called then: the part that is erased with the person. Together with the salt
-- it opens the commitment in the body.
CREATE TABLE receipt_subjects (
    receipt_id UUID PRIMARY KEY REFERENCES receipts (id),
    person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    enrolment_id UUID REFERENCES enrolments (id) ON DELETE SET NULL,
    salt BYTEA NOT NULL,
    name TEXT NOT NULL,
    login TEXT NOT NULL
);

CREATE INDEX receipt_subjects_by_person ON receipt_subjects (person_id);
CREATE INDEX receipt_subjects_by_enrolment ON receipt_subjects (enrolment_id);

-- The end of each chain; an empty one ends in its genesis, SHA-256('colloquy chain ' ‖ name).
CREATE TABLE chain_heads (
    chain TEXT PRIMARY KEY CHECK (chain IN ('receipts', 'audit')),
    sequence BIGINT NOT NULL,
    link BYTEA NOT NULL,
    updated_at BIGINT NOT NULL
);

INSERT INTO chain_heads (chain, sequence, link, updated_at) VALUES
    ('receipts', 0, '\x41477461d4c580817581946d45680f8ba933c97a18c5195215f8a0f9aa1b482b', 0),
    ('audit', 0, '\xd389c490098d1927f8812144226e95b5925dc52ee667ac628c77308e7da90be1', 0);

-- A record of the chain of audit: its body is the seal of a batch of rows.
CREATE TABLE audit_seals (
    sequence BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    previous BYTEA NOT NULL,
    link BYTEA NOT NULL,
    sealed_at BIGINT NOT NULL
);

-- Who did what. Actor and people are subject ids, the detail is never personal. Sealed in batches, a little later.
CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at BIGINT NOT NULL,
    actor UUID,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id UUID,
    detail TEXT NOT NULL,
    seal BIGINT REFERENCES audit_seals (sequence)
);

CREATE INDEX audit_unsealed ON audit (id) WHERE seal IS NULL;
CREATE INDEX audit_by_seal ON audit (seal, id);
CREATE INDEX audit_by_object ON audit (object_id, id);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_action ON audit (action, id);

-- Work in the background -------------------------------------------------------------------------------------

CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease UUID,
    leased_until BIGINT,
    finished_at BIGINT,
    failed_at BIGINT,
    error TEXT,
    UNIQUE (kind, dedupe)
);

CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE finished_at IS NULL AND failed_at IS NULL;

CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    dedupe TEXT NOT NULL UNIQUE,
    person_id UUID REFERENCES people (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease UUID,
    leased_until BIGINT,
    sent_at BIGINT,
    failed_at BIGINT,
    error TEXT
);

CREATE INDEX outbox_waiting ON outbox (run_at, id) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_by_person ON outbox (person_id);
