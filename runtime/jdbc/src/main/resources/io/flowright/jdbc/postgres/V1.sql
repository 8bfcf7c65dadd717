-- Version 1 of the tables of Flowright on PostgreSQL.
--
-- Who runs this by hand replaces ${schema} by the schema with a dot after it, or by nothing, and ${prefix} by what the names of the
-- tables begin with (flowright_ unless the store was told another), and runs all of it in one transaction. The store needs SELECT,
-- INSERT, UPDATE and DELETE on all of the tables, but on migrations only SELECT, and on audit only SELECT and INSERT.

CREATE TABLE ${schema}${prefix}migrations (
    version    integer     NOT NULL PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A row for each run. It is locked by each write of the run, and updated when its owner or its status changes: once in the life of
-- most runs. So the page has room for that, and whatever is long is kept out of the row.
CREATE TABLE ${schema}${prefix}runs (
    id          text        COLLATE "C" NOT NULL PRIMARY KEY,
    flow        text        COLLATE "C" NOT NULL,
    fingerprint text        COLLATE "C" NOT NULL,
    version     text        NOT NULL,
    -- The name of a RunStatus.
    status      text        COLLATE "C" NOT NULL,
    -- The engine that it belongs to; empty: nobody.
    owner       text        COLLATE "C" NOT NULL,
    -- How often it has had an owner. A write that names another epoch is refused.
    epoch       bigint      NOT NULL,
    -- Which of several an engine that is full takes first: the higher one.
    priority    integer     NOT NULL,
    -- Which call claimed it last, so that the call can be repeated; null: it has the owner that it began with.
    claim       text,
    created_at  timestamptz NOT NULL,
    -- Null exactly while it is active.
    ended_at    timestamptz,
    deadline    timestamptz,
    targets     text[]      NOT NULL,
    inputs      bytea       NOT NULL,
    error       bytea
) WITH (fillfactor = 80, toast_tuple_target = 512);

-- Active runs by owner, in the order in which they are adopted: how those whose owner is not live are found without reading the others.
CREATE INDEX ${prefix}runs_active ON ${schema}${prefix}runs (owner, priority DESC, created_at, id) WHERE ended_at IS NULL;

-- For lists and counts, read backwards, and for those that are to be removed: with the time that decides about that.
CREATE INDEX ${prefix}runs_listed ON ${schema}${prefix}runs (flow, status, created_at, id) INCLUDE (ended_at);

-- What runs can be found by. The time is that of the run, and changes as little as the tag.
CREATE TABLE ${schema}${prefix}tags (
    run        text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    value      text        COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (run, name)
);

CREATE INDEX ${prefix}tags_listed ON ${schema}${prefix}tags (name, value, created_at, run);

-- A row for each attempt of a task that was recorded; rows are added, and one that failed is marked when its run goes on.
CREATE TABLE ${schema}${prefix}tasks (
    run        text        COLLATE "C" NOT NULL,
    task       text        COLLATE "C" NOT NULL,
    -- The index of the element as text; empty: the task as a whole.
    element    text        COLLATE "C" NOT NULL,
    generation integer     NOT NULL,
    attempt    integer     NOT NULL,
    -- The name of a TaskRecord.Kind.
    kind       text        COLLATE "C" NOT NULL,
    -- The name of a TaskRecord.Status.
    status     text        NOT NULL,
    started_at timestamptz,
    ended_at   timestamptz NOT NULL,
    due_at     timestamptz,
    -- The order in which they were written, in each run.
    position   bigint      GENERATED ALWAYS AS IDENTITY,
    result     bytea,
    error      bytea,
    -- For people.
    input_hash  text,
    output_hash text,
    progress    bytea,
    PRIMARY KEY (run, task, element, generation, attempt, kind)
);

-- A row for each idempotency key that was ever claimed. It has a run: that run executes the task; an expires_at: the result is
-- remembered until then; neither: it is free.
CREATE TABLE ${schema}${prefix}idempotency (
    flow       text        COLLATE "C" NOT NULL,
    task       text        COLLATE "C" NOT NULL,
    hash       text        COLLATE "C" NOT NULL,
    generation bigint      NOT NULL,
    run        text        COLLATE "C",
    expires_at timestamptz,
    result     bytea,
    PRIMARY KEY (flow, task, hash)
) WITH (fillfactor = 80);

-- Keys that may be removed, now or when their results have expired.
CREATE INDEX ${prefix}idempotency_free ON ${schema}${prefix}idempotency (expires_at) WHERE run IS NULL AND generation = 0;

-- A row for each engine; it is live until lease_until by this server's clock.
CREATE TABLE ${schema}${prefix}engines (
    owner       text        COLLATE "C" NOT NULL PRIMARY KEY,
    label       text        NOT NULL,
    entered_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until timestamptz NOT NULL,
    -- Whether it was live when it last renewed its lease, and how often it was not.
    unbroken    boolean     NOT NULL,
    breaks      bigint      NOT NULL
) WITH (fillfactor = 50);

-- What engines can run.
CREATE TABLE ${schema}${prefix}announcements (
    owner       text COLLATE "C" NOT NULL,
    flow        text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    PRIMARY KEY (owner, flow, fingerprint)
);

-- What runs are doing, for people who look on; written again and again, and no part of what recovery needs.
CREATE TABLE ${schema}${prefix}activities (
    run      text COLLATE "C" NOT NULL PRIMARY KEY,
    activity bytea NOT NULL
) WITH (fillfactor = 50);

-- The graphs of flows, for people. They outlive the engines.
CREATE TABLE ${schema}${prefix}outlines (
    flow        text  COLLATE "C" NOT NULL,
    fingerprint text  COLLATE "C" NOT NULL,
    outline     bytea NOT NULL,
    PRIMARY KEY (flow, fingerprint)
);

-- What somebody wants of runs that go on; a row is removed when that has been done.
CREATE TABLE ${schema}${prefix}commands (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run  text   COLLATE "C" NOT NULL,
    -- The name of a RunCommand.Kind.
    kind text   NOT NULL
);

CREATE INDEX ${prefix}commands_of_run ON ${schema}${prefix}commands (run);

-- Who did what, when and why. Each row holds the hash of the one before.
CREATE TABLE ${schema}${prefix}audit (
    number   bigint      NOT NULL PRIMARY KEY,
    at       timestamptz NOT NULL,
    operator text        NOT NULL,
    reason   text        NOT NULL,
    action   text        NOT NULL,
    -- Null: many runs, see the details.
    run      text        COLLATE "C",
    details  text        NOT NULL,
    accepted boolean     NOT NULL,
    previous text        NOT NULL,
    hash     text        NOT NULL
);

CREATE INDEX ${prefix}audit_of_run ON ${schema}${prefix}audit (run, number) WHERE run IS NOT NULL;

CREATE FUNCTION ${schema}${prefix}keep_audit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'; END $$;

CREATE TRIGGER ${prefix}keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}${prefix}audit
EXECUTE FUNCTION ${schema}${prefix}keep_audit();

INSERT INTO ${schema}${prefix}migrations (version) VALUES (1);
