-- The desk's register: keys, laptops, batches, records, receipts. One writer; nothing is overwritten, newer versions supersede.

CREATE TABLE centre_keys (
    purpose    TEXT NOT NULL CHECK (purpose IN ('root', 'receipt', 'sealing', 'linkage')),
    id         TEXT NOT NULL,
    private    BLOB NOT NULL,
    made_at    TEXT NOT NULL,
    retired_at TEXT,
    PRIMARY KEY (purpose, id)
) STRICT, WITHOUT ROWID;

-- Things the desk knows once: the mailbox's public receipt keys, its address.
CREATE TABLE centre_facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    id              TEXT PRIMARY KEY,
    label           TEXT NOT NULL,
    signing_key     TEXT NOT NULL,
    receiving_key   TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('enrolled', 'revoked')),
    request_sha512  TEXT NOT NULL UNIQUE,
    code            TEXT NOT NULL UNIQUE,
    reply           BLOB NOT NULL,
    enrolled_at     TEXT NOT NULL,
    revoked_at      TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE device_lists (
    number    INTEGER PRIMARY KEY,
    document  BLOB NOT NULL,
    issued_at TEXT NOT NULL
) STRICT;

-- One row for each number of a laptop. 'rejected' and 'reseal' are voided numbers: they never block the ones behind them.
CREATE TABLE batches (
    sha512     TEXT PRIMARY KEY,
    device     TEXT NOT NULL REFERENCES devices (id),
    epoch      INTEGER NOT NULL CHECK (epoch >= 1),
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    prev_hash  TEXT NOT NULL,
    schema     INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'ingested', 'rejected', 'reseal')),
    reason     INTEGER NOT NULL DEFAULT 0,
    sealed     BLOB,
    arrived_at TEXT NOT NULL,
    settled_at TEXT,
    UNIQUE (device, epoch, seq),
    CHECK ((state = 'waiting') = (sealed IS NOT NULL)),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;

-- The number that comes next in each epoch of a laptop; later ones wait for it.
CREATE TABLE positions (
    device   TEXT NOT NULL REFERENCES devices (id),
    epoch    INTEGER NOT NULL,
    next_seq INTEGER NOT NULL CHECK (next_seq >= 1),
    PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- Signed by a known laptop but not taken under its number: the number is taken, the chain is broken (a copied or restored
-- vault), or the laptop was revoked.
CREATE TABLE turned_away (
    sha512     TEXT PRIMARY KEY,
    device     TEXT NOT NULL REFERENCES devices (id),
    epoch      INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    reason     INTEGER NOT NULL,
    arrived_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('tally', 'coded', 'note', 'referral')),
    device       TEXT NOT NULL REFERENCES devices (id),
    batch        TEXT NOT NULL REFERENCES batches (sha512),
    line         INTEGER NOT NULL,
    shift_date   TEXT NOT NULL,
    setting      TEXT NOT NULL,
    region       TEXT NOT NULL,
    contact      TEXT,
    linkage_code TEXT,
    count        INTEGER,
    body         BLOB NOT NULL,
    PRIMARY KEY (id, version),
    CHECK ((kind = 'tally') = (contact IS NULL)),
    CHECK ((kind = 'tally') = (count IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX records_by_batch ON records (batch, line);

CREATE TABLE record_leaflets (
    id       TEXT NOT NULL,
    version  INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    sheet    TEXT NOT NULL,
    language TEXT NOT NULL,
    copies   INTEGER NOT NULL,
    PRIMARY KEY (id, version, place),
    FOREIGN KEY (id, version) REFERENCES records (id, version)
) STRICT, WITHOUT ROWID;

-- What counts: each record at its highest version.
CREATE VIEW latest_records AS
SELECT * FROM records AS r
WHERE r.version = (SELECT max(v.version) FROM records AS v WHERE v.id = r.id);

CREATE TABLE quarantine (
    batch     TEXT NOT NULL REFERENCES batches (sha512),
    line      INTEGER NOT NULL,
    record_id TEXT,
    reason    INTEGER NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

-- The signed answer is kept as bytes and handed out again as it is.
CREATE TABLE receipts (
    batch     TEXT PRIMARY KEY,
    device    TEXT NOT NULL REFERENCES devices (id),
    kind      TEXT NOT NULL CHECK (kind IN ('ingested', 'rejected', 'reseal')),
    document  BLOB NOT NULL,
    log_size  INTEGER NOT NULL REFERENCES receipt_log (size),
    issued_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every receipt in its order; each root holds everything before it.
CREATE TABLE receipt_log (
    size  INTEGER PRIMARY KEY CHECK (size >= 1),
    entry BLOB NOT NULL,
    root  TEXT NOT NULL
) STRICT;

-- Which mailbox still waits for which receipt, and how far its list has been read.
CREATE TABLE deliveries (
    source       TEXT NOT NULL,
    batch        TEXT NOT NULL,
    delivered_at TEXT,
    PRIMARY KEY (source, batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_positions (
    source TEXT PRIMARY KEY,
    after  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
