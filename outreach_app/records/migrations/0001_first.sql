-- The laptop's tables. Times are UTC instants as ISO text; order comes from sequence numbers, never from clocks.

CREATE TABLE workers (
    id TEXT PRIMARY KEY,                 -- the slot's random id; it is what leaves in batches
    name TEXT NOT NULL,                  -- name or initials; never leaves
    role TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE places (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE COLLATE NOCASE,
    setting TEXT NOT NULL,
    region TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    warning TEXT NOT NULL DEFAULT '',
    revisit_on TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    short_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    provisional INTEGER NOT NULL,
    linkage TEXT,                        -- JSON of the facts she chose to give; only their keyed code leaves
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE identities (                -- off until opened with a reason
    contact_id TEXT PRIMARY KEY REFERENCES contacts(id),
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE encounters (                -- one row a note: what lists, counts and batches ask for, from its last version
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subject_id TEXT NOT NULL,            -- the contact's id, or a random one where no contact was named
    contact_id TEXT REFERENCES contacts(id),
    place_id TEXT REFERENCES places(id),
    setting TEXT NOT NULL,
    region TEXT NOT NULL,
    shift_date TEXT NOT NULL,
    consent TEXT NOT NULL,
    outcome TEXT NOT NULL,
    first_words TEXT NOT NULL,           -- the beginning of the note, so that a list need not read every note
    state TEXT NOT NULL CHECK (state IN ('finished', 'reviewed', 'amended')),
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX encounters_by_contact ON encounters(contact_id, seq);
CREATE INDEX encounters_by_place ON encounters(place_id, seq);
CREATE INDEX encounters_by_shift ON encounters(shift_date);

CREATE TABLE encounter_versions (        -- amended supersedes, never overwrites
    encounter_id TEXT NOT NULL REFERENCES encounters(id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,               -- JSON of the content, without the health block
    health BLOB,                         -- the health block, sealed under the health key
    assessment TEXT NOT NULL,            -- JSON: the assessment as it stood, with its catalogue's version
    reason TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (encounter_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    fields TEXT NOT NULL,                -- JSON of the form as it stands, whatever state it is in
    health BLOB,                         -- the health fields, sealed under the health key
    page TEXT NOT NULL,
    field TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    kept_at TEXT NOT NULL
) STRICT;

CREATE TABLE tallies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    shift_date TEXT NOT NULL,
    setting TEXT NOT NULL,
    region TEXT NOT NULL,
    people TEXT NOT NULL,                -- group code
    count INTEGER NOT NULL CHECK (count > 0),
    leaflets TEXT NOT NULL,              -- JSON {language: copies}
    help_given TEXT NOT NULL,            -- JSON list of codes
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE follow_ups (
    id TEXT PRIMARY KEY,
    encounter_id TEXT NOT NULL REFERENCES encounters(id),
    due_on TEXT NOT NULL,
    what TEXT NOT NULL,
    closed_at TEXT
) STRICT;
CREATE INDEX follow_ups_open ON follow_ups(due_on) WHERE closed_at IS NULL;

CREATE TABLE leaflets_printed (          -- printed is not given: what was given stands in the notes
    id TEXT PRIMARY KEY,
    sheet TEXT NOT NULL,
    language TEXT NOT NULL,
    format TEXT NOT NULL,
    copies INTEGER NOT NULL,
    printed_at TEXT NOT NULL
) STRICT;

-- A row's number is the note's seq, so that what is found comes newest first at once.
-- Words come in already cut by ICU and folded, so the tokenizer only splits at spaces; marks of Thai stay with letters.
CREATE VIRTUAL TABLE note_words USING fts5(
    words, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
INSERT INTO note_words(note_words, rank) VALUES ('secure-delete', 1);

CREATE TABLE enrolment (                 -- one row: this laptop's device and whom it trusts
    only INTEGER PRIMARY KEY CHECK (only = 1),
    device TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'enrolled')),
    signing_keys BLOB NOT NULL,
    receiving_keys BLOB NOT NULL,
    request BLOB NOT NULL,
    reply BLOB,                          -- the centre's signed reply as it came
    linkage_key BLOB,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE batches (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sha512 TEXT NOT NULL UNIQUE,
    records INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    data BLOB,                           -- the sealed bytes, until the desk has ingested them; never built twice
    road TEXT NOT NULL DEFAULT '',
    sealed_at TEXT NOT NULL,
    sent_at TEXT,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_records (             -- what went into which batch, and what the desk said about it
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',    -- '', full, coded or quarantined
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (epoch, seq, record_id, version),
    FOREIGN KEY (epoch, seq) REFERENCES batches(epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_records_by_record ON batch_records(record_id, version);

CREATE TABLE receipts (
    sha512 TEXT NOT NULL REFERENCES batches(sha512),
    kind TEXT NOT NULL CHECK (kind IN ('stored', 'ingested', 'rejected', 'reseal')),
    issued_at TEXT NOT NULL,
    sealed BLOB NOT NULL,                -- the bytes as they came: proof
    PRIMARY KEY (sha512, kind)
) STRICT;

CREATE TABLE policy (                    -- what the centre may set; JSON values
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO policy(name, value) VALUES ('review_before_sending', 'false');

CREATE VIEW live_batch_records AS        -- a rejected or resealed batch does not count as having taken anything
SELECT r.* FROM batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq
WHERE NOT EXISTS (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal'));
