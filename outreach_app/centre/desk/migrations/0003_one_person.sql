-- Merges, splits and consents taken back, as laptops tell of them; whom a record is about is read through them.

CREATE TABLE notices_told (              -- as before, with the kinds of schema 4
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('erasure', 'blanking', 'void', 'merge', 'apart', 'split', 'withdrawal')),
    device  TEXT NOT NULL REFERENCES devices (id),
    batch   TEXT NOT NULL REFERENCES batches (sha512),
    line    INTEGER NOT NULL,
    body    BLOB NOT NULL,
    removed INTEGER NOT NULL,            -- how many versions of records left the register because of it
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO notices_told SELECT id, version, kind, device, batch, line, body, removed FROM notices;
DROP TABLE notices;
ALTER TABLE notices_told RENAME TO notices;

CREATE TABLE merges (                    -- two contacts of one laptop that are one person
    device  TEXT NOT NULL REFERENCES devices (id),
    id      TEXT NOT NULL,               -- of the notice; its undoing names it
    contact TEXT NOT NULL,               -- the one that was merged
    kept    TEXT NOT NULL,               -- into this one
    epoch   INTEGER NOT NULL,            -- epoch, number and line of the batch: of two about one contact the last holds
    seq     INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    PRIMARY KEY (device, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE merges_undone (             -- may come before the merge it takes back: both together are in force never
    device TEXT NOT NULL REFERENCES devices (id),
    merge  TEXT NOT NULL,
    PRIMARY KEY (device, merge)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_roots (             -- the merges in force, worked out: contacts that stand under another one
    device  TEXT NOT NULL REFERENCES devices (id),
    contact TEXT NOT NULL,
    root    TEXT NOT NULL,
    PRIMARY KEY (device, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE moved_records (             -- splits: up to this version a record is about this contact, whatever it says itself
    device  TEXT NOT NULL REFERENCES devices (id),
    record  TEXT NOT NULL,
    through INTEGER NOT NULL,
    contact TEXT NOT NULL,
    PRIMARY KEY (device, record)
) STRICT, WITHOUT ROWID;

DROP VIEW latest_records;

-- What counts: each record at its highest version, with the contact it is about once splits and merges are heeded.
CREATE VIEW latest_records AS
SELECT r.id, r.version, r.kind, r.device, r.batch, r.line, r.shift_date, r.setting, r.region,
       coalesce(p.root, m.contact, r.contact) AS contact, r.linkage_code, r.count, r.body
FROM records AS r
LEFT JOIN moved_records AS m
    ON m.device = r.device AND m.record = r.id AND m.through >= r.version AND r.contact IS NOT NULL
LEFT JOIN contact_roots AS p ON p.device = r.device AND p.contact = coalesce(m.contact, r.contact)
WHERE r.version = (SELECT max(v.version) FROM records AS v WHERE v.id = r.id);
