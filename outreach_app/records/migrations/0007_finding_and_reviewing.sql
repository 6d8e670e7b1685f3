-- What lists are filtered by, filters that stay, to-dos put off with a reason, and a supervisor's look at notes.

ALTER TABLE follow_ups ADD COLUMN kind TEXT NOT NULL DEFAULT '';   -- '' as written, 'ask_alone': ask again when alone
ALTER TABLE follow_ups ADD COLUMN snoozed_until TEXT;
ALTER TABLE follow_ups ADD COLUMN snooze_reason TEXT NOT NULL DEFAULT '';
DROP INDEX follow_ups_open;              -- what is due is counted from the index alone
CREATE INDEX follow_ups_open ON follow_ups(due_on, snoozed_until) WHERE closed_at IS NULL;
CREATE INDEX follow_ups_by_note ON follow_ups(encounter_id);

ALTER TABLE encounters ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1));  -- its finishing was undone; it is not sent

-- So that a list can ask of each note whether it was blanked without reading its words.
CREATE INDEX encounter_versions_blanked ON encounter_versions(encounter_id, version) WHERE blanked;

CREATE TABLE note_signs (                -- indicators present in the last version of each note
    seq INTEGER NOT NULL REFERENCES encounters(seq) ON DELETE CASCADE,
    code TEXT NOT NULL,
    PRIMARY KEY (code, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_signs_by_note ON note_signs(seq);
INSERT INTO note_signs(seq, code)
SELECT e.seq, j.key FROM encounters e
JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version
JOIN json_each(v.content, '$.answers') j
WHERE j.value IN ('observed', 'told', 'told_by_others');

CREATE TABLE note_languages (            -- languages she speaks, of the last version of each note
    seq INTEGER NOT NULL REFERENCES encounters(seq) ON DELETE CASCADE,
    language TEXT NOT NULL,
    PRIMARY KEY (language, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_languages_by_note ON note_languages(seq);
INSERT OR IGNORE INTO note_languages(seq, language)
SELECT e.seq, j.value FROM encounters e
JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version
JOIN json_each(v.content, '$.languages') j;

CREATE TABLE kept_searches (             -- filters a worker wants again
    id TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    name TEXT NOT NULL COLLATE NOCASE,
    filters TEXT NOT NULL,               -- JSON
    made_at TEXT NOT NULL,
    UNIQUE (worker_id, name)
) STRICT;

CREATE TABLE reviews (                   -- a supervisor's look at one version of a note
    encounter_id TEXT NOT NULL REFERENCES encounters(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    number INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('reviewed', 'returned')),
    remark TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    made_at TEXT NOT NULL,
    PRIMARY KEY (encounter_id, version, number)
) STRICT, WITHOUT ROWID;
