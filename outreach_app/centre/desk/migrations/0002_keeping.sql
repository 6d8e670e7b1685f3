-- What leaves the register and where each laptop stood: notices as they came, what is never taken again, and alarms.

CREATE TABLE notices (                   -- erasures, blankings and voids as they came; random ids and numbers only
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('erasure', 'blanking', 'void')),
    device  TEXT NOT NULL REFERENCES devices (id),
    batch   TEXT NOT NULL REFERENCES batches (sha512),
    line    INTEGER NOT NULL,
    body    BLOB NOT NULL,
    removed INTEGER NOT NULL,            -- how many versions of records left the register because of it
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (                -- ids of one laptop's contacts and records that are never taken again
    device TEXT NOT NULL REFERENCES devices (id),
    id     TEXT NOT NULL,
    PRIMARY KEY (device, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE floors (                    -- versions of a record below the floor hold blanked words and are never taken
    device TEXT NOT NULL REFERENCES devices (id),
    record TEXT NOT NULL,
    floor  INTEGER NOT NULL,
    PRIMARY KEY (device, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE standings (                 -- where the laptop's vault stood when it sealed a batch
    batch         TEXT PRIMARY KEY REFERENCES batches (sha512),
    device        TEXT NOT NULL REFERENCES devices (id),
    epoch         INTEGER NOT NULL,
    step          INTEGER NOT NULL,
    head          TEXT NOT NULL,
    audit_entries INTEGER NOT NULL,
    audit_head    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_by_device ON standings (device, epoch, step);

CREATE TABLE alarms (                    -- a laptop that cannot be where it says it is: copied, or put back
    device    TEXT NOT NULL REFERENCES devices (id),
    batch     TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN
        ('step_not_grown', 'other_chain', 'epoch_before', 'audit_shorter', 'audit_rewritten')),
    raised_at TEXT NOT NULL,
    PRIMARY KEY (device, batch, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX records_by_contact ON records (device, contact) WHERE contact IS NOT NULL;
