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

-- Active runs, the oldest first, with all that decides who may adopt them; with ended_at, though it is null in all of them, because
-- SQLite would look it up in the row.
CREATE INDEX ${prefix}runs_active ON ${prefix}runs (created_at, number, owner, flow, fingerprint, ended_at)
WHERE ended_at IS NULL;

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
    run        INTEGER,
    expires_at INTEGER,
    result     BLOB,
    UNIQUE (flow, task, hash)
);

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

INSERT INTO ${prefix}migrations (version) VALUES (1);
