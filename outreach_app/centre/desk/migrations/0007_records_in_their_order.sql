-- What is counted lies narrow and in the order it came; the words of each record lie apart. Random ids stand in indexes only, so that
-- a batch of thousands does not rewrite the register, and counting reads no words.

DROP VIEW latest_records;

CREATE TABLE record_batches (            -- the batches of records by a short number: a hash in each row would be longer than the rest
    number INTEGER PRIMARY KEY,
    sha512 TEXT NOT NULL UNIQUE REFERENCES batches (sha512)
) STRICT;
INSERT INTO record_batches (sha512)
SELECT b.sha512 FROM batches AS b WHERE EXISTS (SELECT 1 FROM records AS r WHERE r.batch = b.sha512)
ORDER BY b.device, b.epoch, b.seq;

CREATE TABLE records_in_order (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('tally', 'coded', 'note', 'referral')),
    device       TEXT NOT NULL REFERENCES devices (id),
    batch        INTEGER NOT NULL REFERENCES record_batches (number),
    line         INTEGER NOT NULL,
    shift_date   TEXT NOT NULL,
    setting      TEXT NOT NULL,
    region       TEXT NOT NULL,
    contact      TEXT,
    linkage_code TEXT,
    count        INTEGER,
    UNIQUE (id, version),
    CHECK ((kind = 'tally') = (contact IS NULL)),
    CHECK ((kind = 'tally') = (count IS NOT NULL))
) STRICT;
INSERT INTO records_in_order
    (id, version, kind, device, batch, line, shift_date, setting, region, contact, linkage_code, count)
SELECT r.id, r.version, r.kind, r.device, b.number, r.line, r.shift_date, r.setting, r.region, r.contact,
       r.linkage_code, r.count
FROM records AS r JOIN record_batches AS b ON b.sha512 = r.batch ORDER BY b.number, r.line;

CREATE TABLE record_bodies (             -- each as it was taken in
    record INTEGER PRIMARY KEY REFERENCES records_in_order (number),
    body   BLOB NOT NULL
) STRICT;
INSERT INTO record_bodies (record, body)
SELECT n.number, r.body FROM records_in_order AS n JOIN records AS r ON r.id = n.id AND r.version = n.version
ORDER BY n.number;

CREATE TABLE leaflets_in_order (
    record   INTEGER NOT NULL REFERENCES records_in_order (number),
    place    INTEGER NOT NULL,
    sheet    TEXT NOT NULL,
    language TEXT NOT NULL,
    copies   INTEGER NOT NULL,
    PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
INSERT INTO leaflets_in_order (record, place, sheet, language, copies)
SELECT n.number, l.place, l.sheet, l.language, l.copies
FROM record_leaflets AS l JOIN records_in_order AS n ON n.id = l.id AND n.version = l.version
ORDER BY n.number, l.place;

DROP TABLE record_leaflets;
DROP TABLE records;
ALTER TABLE records_in_order RENAME TO records;
ALTER TABLE leaflets_in_order RENAME TO record_leaflets;

CREATE INDEX records_by_batch ON records (batch);
CREATE INDEX records_by_contact ON records (contact) WHERE contact IS NOT NULL;

-- What counts: each record at its highest version, with the contact it is about once splits and merges are heeded.
CREATE VIEW latest_records AS
SELECT r.number, r.id, r.version, r.kind, r.device, r.shift_date, r.setting, r.region,
       coalesce(p.root, m.contact, r.contact) AS contact, r.linkage_code, r.count
FROM records AS r
LEFT JOIN moved_records AS m
    ON m.device = r.device AND m.record = r.id AND m.through >= r.version AND r.contact IS NOT NULL
LEFT JOIN contact_roots AS p ON p.device = r.device AND p.contact = coalesce(m.contact, r.contact)
WHERE r.version = (SELECT max(v.version) FROM records AS v WHERE v.id = r.id);
