-- What the desk writes to laptops besides receipts, numbers it waits for no more, and the life of each sealing key.

CREATE TABLE sealing_stages (
    id            TEXT PRIMARY KEY,      -- as in centre_keys, which says when it was made and retired
    published_at  TEXT,                  -- laptops are told of it; until then it is the next one
    superseded_at TEXT,                  -- a later one was published; this one opens for some weeks more
    destroyed_at  TEXT                   -- its private half was overwritten
) STRICT, WITHOUT ROWID;
INSERT INTO sealing_stages (id, published_at) SELECT id, made_at FROM centre_keys WHERE purpose = 'sealing';

CREATE TABLE stepped_over (              -- numbers that somebody decided not to wait for; one that comes after all is taken
    device     TEXT NOT NULL REFERENCES devices (id),
    epoch      INTEGER NOT NULL CHECK (epoch >= 1),
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    reason     TEXT NOT NULL CHECK (reason IN ('laptop_lost', 'laptop_restored', 'stick_lost', 'other')),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE letters (                   -- of each kind the newest to each laptop; these bytes are handed out as they are
    device    TEXT NOT NULL REFERENCES devices (id),
    kind      TEXT NOT NULL CHECK (kind IN ('gap', 'figures')),
    number    INTEGER NOT NULL,
    content   BLOB NOT NULL,             -- what it says; a new letter is made when this would be another
    document  BLOB NOT NULL,
    issued_at TEXT NOT NULL,
    PRIMARY KEY (device, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_deliveries (         -- which letter a mailbox was given last
    source TEXT NOT NULL,
    device TEXT NOT NULL,
    kind   TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (source, device, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE letters_made (              -- up to which receipt, and by which counting rule, figures were written
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    log_size INTEGER NOT NULL,
    rule     TEXT NOT NULL
) STRICT;

CREATE INDEX batches_waiting ON batches (device, epoch, seq) WHERE state = 'waiting';
