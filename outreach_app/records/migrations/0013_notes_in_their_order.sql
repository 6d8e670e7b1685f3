-- Notes lie in the order they were written, and random ids stand in an index only: a table kept by random ids holds whole notes
-- in every step of its tree, so that finding one, or adding one, opened many pages.

CREATE TABLE versions_in_order (         -- amended supersedes, never overwrites
    number INTEGER PRIMARY KEY,          -- where it lies; says nothing
    encounter_id TEXT NOT NULL REFERENCES encounters(id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,               -- JSON of the content, without the health block
    health BLOB,                         -- the health block, sealed under the health key
    assessment TEXT NOT NULL,            -- JSON: the assessment as it stood, with its catalogue's version
    reason TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    blanked INTEGER NOT NULL DEFAULT 0,  -- this version came of blanking words
    UNIQUE (encounter_id, version)
) STRICT;
INSERT INTO versions_in_order
    (encounter_id, version, content, health, assessment, reason, worker_id, recorded_at, blanked)
SELECT v.encounter_id, v.version, v.content, v.health, v.assessment, v.reason, v.worker_id, v.recorded_at, v.blanked
FROM encounters e CROSS JOIN encounter_versions v ON v.encounter_id = e.id ORDER BY e.seq, v.version;

DROP TABLE encounter_versions;
ALTER TABLE versions_in_order RENAME TO encounter_versions;

-- So that a list can ask of each note whether it was blanked without reading its words.
CREATE INDEX encounter_versions_blanked ON encounter_versions(encounter_id, version) WHERE blanked;
