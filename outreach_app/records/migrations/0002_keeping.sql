-- What leaves the laptop and when: notes kept with a reason, erasures and blankings with what had left before, batches
-- given up, and workers who left.

ALTER TABLE workers ADD COLUMN removed_at TEXT;    -- she left; her name stays for the notes she wrote

ALTER TABLE contacts ADD COLUMN emptied_on TEXT;   -- the date her last note left by shedding

ALTER TABLE encounters ADD COLUMN health_part INTEGER NOT NULL DEFAULT 0;  -- the last version has a health part: it never leaves
UPDATE encounters SET health_part = 1 WHERE EXISTS
    (SELECT 1 FROM encounter_versions v
     WHERE v.encounter_id = encounters.id AND v.version = encounters.version AND v.health IS NOT NULL);

ALTER TABLE encounter_versions ADD COLUMN blanked INTEGER NOT NULL DEFAULT 0;  -- this version came of blanking words

CREATE TABLE kept_notes (                -- neither shed nor expired
    encounter_id TEXT PRIMARY KEY REFERENCES encounters(id),
    reason TEXT NOT NULL,                -- stays in the vault
    worker_id TEXT NOT NULL REFERENCES workers(id),
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (                   -- what the centre is told besides notes and counts: random ids and numbers only
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('erasure', 'blanking', 'void')),
    body TEXT NOT NULL,                  -- JSON of the record as it leaves
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE erasures (                  -- what was erased or blanked on this laptop; names no one
    id TEXT PRIMARY KEY,                 -- the notice's id, where the centre had to be told
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'words')),
    reason TEXT NOT NULL,                -- a code
    worker_id TEXT NOT NULL REFERENCES workers(id),
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE departures (                -- what had left before it was erased or blanked: which batch, when, to whom
    erasure_id TEXT NOT NULL REFERENCES erasures(id),
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,                  -- tally, coded, note or referral: how much of it
    recipient TEXT NOT NULL DEFAULT '',  -- of a referral
    PRIMARY KEY (erasure_id, record_id, version, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaving (                   -- one row while deleted content may still lie in old pages or backups
    only INTEGER PRIMARY KEY CHECK (only = 1),
    since TEXT NOT NULL
) STRICT;

ALTER TABLE batches ADD COLUMN voided_at TEXT;     -- given up before anybody confirmed it; its records go out again

DROP VIEW live_batch_records;
CREATE VIEW live_batch_records AS        -- a rejected, resealed or given-up batch does not count as having taken anything
SELECT r.* FROM batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq
WHERE b.voided_at IS NULL
AND NOT EXISTS (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal'));
