-- Version 1 of the tables of Flowright on SQLite.
--
-- Who runs this by hand replaces ${prefix} by what the names of the tables begin with (flowright_ unless the store was told another),
-- and runs all of it in one transaction. Points in time are microseconds since 1970, but leases milliseconds, as the clock has them.

CREATE TABLE ${prefix}migrations (
    version    INTEGER NOT NULL PRIMARY KEY,
    applied_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- A row for each run. It is read by each write of the run, so whatever is long comes last.
CREATE TABLE ${prefix}runs (
    number      INTEGER NOT NULL PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    -- How often it has had an owner. A write that names another epoch is refused.
    epoch       INTEGER NOT NULL,
    -- Which of several an engine that is full takes first: the higher one.
    priority    INTEGER NOT NULL,
    -- The engine that it belongs to; null: nobody.
    owner       TEXT,
    -- The name of a RunStatus.
    status      TEXT    NOT NULL,
    flow        TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    -- Null exactly while it is active.
    ended_at    INTEGER,
    deadline    INTEGER,
    -- An array in JSON.
    targets     TEXT    NOT NULL,
    error       BLOB,
    inputs      BLOB    NOT NULL
);

-- Active runs, in the order in which they are adopted, with all that decides who may adopt them; with ended_at, though it is null in all of them, because
-- SQLite would look it up in the row.
CREATE INDEX ${prefix}runs_active ON ${prefix}runs (priority DESC, created_at, number, owner, flow, fingerprint, ended_at)
WHERE ended_at IS NULL;

-- For lists and counts, read backwards, and for those that are to be removed: with the time that decides about that.
CREATE INDEX ${prefix}runs_listed ON ${prefix}runs (flow, status, created_at, id, ended_at);

-- What runs can be found by. The time and the id are those of the run, and change as little as the tag.
CREATE TABLE ${prefix}tags (
    run        INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    PRIMARY KEY (run, name)
) WITHOUT ROWID;

CREATE INDEX ${prefix}tags_listed ON ${prefix}tags (name, value, created_at, id);

-- A row for each attempt of a task that was recorded, numbered in the order in which they were written.
CREATE TABLE ${prefix}tasks (
    number     INTEGER NOT NULL PRIMARY KEY,
    run        INTEGER NOT NULL,
    task       TEXT    NOT NULL,
    -- The index of the element as text; empty: the task as a whole.
    element    TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    -- The name of a TaskRecord.Kind.
    kind       TEXT    NOT NULL,
    -- The name of a TaskRecord.Status.
    status     TEXT    NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER NOT NULL,
    due_at     INTEGER,
    -- For people.
    input_hash TEXT,
    output_hash TEXT,
    progress   BLOB,
    error      BLOB,
    result     BLOB,
    UNIQUE (run, task, element, generation, attempt, kind)
);

-- A row for each idempotency key that was ever claimed. It has a run: that run executes the task; an expires_at: the result is
-- remembered until then; neither: it is free.
CREATE TABLE ${prefix}idempotency (
    number     INTEGER NOT NULL PRIMARY KEY,
    flow       TEXT    NOT NULL,
    task       TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    -- The id of the run, not its number: that of a run that was removed is given to another.
    run        TEXT,
    expires_at INTEGER,
    result     BLOB,
    UNIQUE (flow, task, hash)
);

-- Keys that may be removed, now or when their results have expired.
CREATE INDEX ${prefix}idempotency_free ON ${prefix}idempotency (expires_at) WHERE run IS NULL AND generation = 0;

-- A row for each engine; it is live until lease_until by the clock of this machine, unless its process has ended.
CREATE TABLE ${prefix}engines (
    owner       TEXT    NOT NULL PRIMARY KEY,
    label       TEXT    NOT NULL,
    -- The process, told from others that have or had its number.
    process     TEXT    NOT NULL,
    lease_until INTEGER NOT NULL
) WITHOUT ROWID;

-- What engines can run.
CREATE TABLE ${prefix}announcements (
    owner       TEXT NOT NULL,
    flow        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (owner, flow, fingerprint)
) WITHOUT ROWID;

-- What runs are doing, for people who look on; no part of what recovery needs.
CREATE TABLE ${prefix}activities (
    run      INTEGER NOT NULL PRIMARY KEY,
    activity BLOB    NOT NULL
);

-- The graphs of flows, for people. They outlive the engines.
CREATE TABLE ${prefix}outlines (
    flow        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outline     BLOB NOT NULL,
    PRIMARY KEY (flow, fingerprint)
) WITHOUT ROWID;

-- What somebody wants of runs that go on; a row is removed when that has been done. No number comes again: who has done the one command
-- must not remove the other.
CREATE TABLE ${prefix}commands (
    id   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    run  INTEGER NOT NULL,
    -- The name of a RunCommand.Kind.
    kind TEXT    NOT NULL
);

CREATE INDEX ${prefix}commands_of_run ON ${prefix}commands (run);

-- Who did what, when and why. Each row holds the hash of the one before.
CREATE TABLE ${prefix}audit (
    number   INTEGER NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL,
    operator TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    -- Null: many runs, see the details.
    run      TEXT,
    details  TEXT    NOT NULL,
    accepted INTEGER NOT NULL,
    previous TEXT    NOT NULL,
    hash     TEXT    NOT NULL
);

CREATE INDEX ${prefix}audit_of_run ON ${prefix}audit (run, number) WHERE run IS NOT NULL;

CREATE TRIGGER ${prefix}keep_audit_from_changes BEFORE UPDATE ON ${prefix}audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;

CREATE TRIGGER ${prefix}keep_audit_from_removals BEFORE DELETE ON ${prefix}audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END;

INSERT INTO ${prefix}migrations (version) VALUES (1);
