-- People known by several names, notes moved between people and back, what is kept apart about others, and places
-- where something was seen.

ALTER TABLE contacts ADD COLUMN merged_into TEXT REFERENCES contacts(id) ON DELETE CASCADE;  -- the one kept, also over a chain, while merged
CREATE INDEX contacts_by_merged ON contacts(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE aliases (                   -- further names a contact goes by; they never leave
    id TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('called', 'online', 'phone')),
    name TEXT NOT NULL COLLATE NOCASE,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX aliases_by_contact ON aliases(contact_id);

CREATE TABLE regroupings (               -- notes that were put with another contact, and whether that was taken back
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    from_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    into_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    made_at TEXT NOT NULL,
    undone_by TEXT REFERENCES workers(id),
    undone_at TEXT
) STRICT;
CREATE INDEX regroupings_by_from ON regroupings(from_id);
CREATE INDEX regroupings_by_into ON regroupings(into_id);

CREATE TABLE regrouped_notes (           -- which notes moved, and the random id the centre knew their person by
    regrouping_id TEXT NOT NULL REFERENCES regroupings(id) ON DELETE CASCADE,
    encounter_id TEXT NOT NULL REFERENCES encounters(id) ON DELETE CASCADE,
    subject_before TEXT NOT NULL,
    PRIMARY KEY (regrouping_id, encounter_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX regrouped_notes_by_note ON regrouped_notes(encounter_id);

CREATE TABLE regrouped_rows (            -- what else moved with them, so that it goes back
    regrouping_id TEXT NOT NULL REFERENCES regroupings(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                  -- the table
    row_key TEXT NOT NULL,               -- which row there
    PRIMARY KEY (regrouping_id, kind, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE different_people (          -- a worker said that these two are not the same person
    one_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    other_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    said_at TEXT NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE third_parties (             -- perpetrators and customers: facts about others, apart; they never leave
    id TEXT PRIMARY KEY,
    encounter_id TEXT NOT NULL REFERENCES encounters(id) ON DELETE CASCADE,
    role TEXT NOT NULL,                  -- a code
    offence INTEGER NOT NULL CHECK (offence IN (0, 1)),  -- the words tell of a crime somebody is said to have done
    words TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX third_parties_by_note ON third_parties(encounter_id);

CREATE TABLE shelter_stays (
    id TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    shelter TEXT NOT NULL,               -- a code of the worker's own, never an address
    entered_on TEXT NOT NULL,
    left_on TEXT,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX shelter_stays_by_contact ON shelter_stays(contact_id);

ALTER TABLE places ADD COLUMN suspicion TEXT NOT NULL DEFAULT '';  -- why it should be seen again, though no date is set
ALTER TABLE places ADD COLUMN visited_on TEXT;                   -- somebody went there, though nobody was met

CREATE TABLE tally_people (              -- known people among those counted; they stay on the laptop
    tally_id TEXT NOT NULL REFERENCES tallies(id) ON DELETE CASCADE,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    uses INTEGER NOT NULL CHECK (uses > 0),
    PRIMARY KEY (tally_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_people_by_contact ON tally_people(contact_id);

CREATE TABLE police_actions (            -- help given at a police action, counted by action and by people, not by person
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    shift_date TEXT NOT NULL,
    district TEXT NOT NULL,              -- a code
    region TEXT NOT NULL,
    met INTEGER NOT NULL CHECK (met >= 0),
    talked_to INTEGER NOT NULL CHECK (talked_to BETWEEN 0 AND met),
    words TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE check_ins (                 -- when a worker wants to be reminded to call in; one open one each
    id TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    due_at TEXT NOT NULL,
    made_at TEXT NOT NULL,
    done_at TEXT
) STRICT;
CREATE UNIQUE INDEX check_ins_open ON check_ins(worker_id) WHERE done_at IS NULL;
