-- What the centre publishes: the roots of trust, each publication with its signatures, its files, and who was given what.

CREATE TABLE trust_roots (               -- each names three custodians and the desk's key of its time
    version  INTEGER PRIMARY KEY CHECK (version >= 1),
    document BLOB NOT NULL,
    trust    BLOB,                       -- trust.json, where laptops cannot come to this root by the ones before
    desk_key BLOB NOT NULL,              -- the desk's private key for snapshots and timestamps
    made_at  TEXT NOT NULL
) STRICT;

CREATE TABLE publications (              -- at most one is open; custodians sign it in turn
    number           INTEGER PRIMARY KEY CHECK (number >= 1),
    state            TEXT NOT NULL CHECK (state IN ('open', 'published', 'withdrawn')),
    root             INTEGER NOT NULL REFERENCES trust_roots (version),
    targets          BLOB NOT NULL,      -- the list of files with the custodians' signatures
    snapshot         BLOB,
    snapshot_version INTEGER,
    keys             TEXT NOT NULL,      -- SHA-256, as in pack_files
    content          TEXT,
    content_number   INTEGER,            -- as in the manifest: of the publication it first came with
    returns_to       INTEGER,            -- the content number it brings back, if it does
    prepared_at      TEXT NOT NULL,
    published_at     TEXT,
    CHECK ((state = 'published') = (published_at IS NOT NULL)),
    CHECK ((state = 'published') = (snapshot IS NOT NULL)),
    CHECK ((snapshot IS NULL) = (snapshot_version IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_open_publication ON publications (state) WHERE state = 'open';

CREATE TABLE pack_files (
    sha256 TEXT PRIMARY KEY,
    data   BLOB NOT NULL
) STRICT;

CREATE TABLE pack_timestamp (            -- the newest alone: it says which publication is the newest
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    version   INTEGER NOT NULL,
    document  BLOB NOT NULL,
    issued_at TEXT NOT NULL
) STRICT;

CREATE TABLE pack_deliveries (           -- which bytes a mailbox was given under a name
    source TEXT NOT NULL,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;
