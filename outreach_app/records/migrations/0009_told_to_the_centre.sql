-- Merges, splits and consents taken back are told to the centre, and each sealed record says whose it was.

CREATE TABLE notices_told (              -- as before, with more kinds
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('erasure', 'blanking', 'void', 'merge', 'apart', 'split', 'withdrawal')),
    body TEXT NOT NULL,                  -- JSON of the record as it leaves
    made_at TEXT NOT NULL
) STRICT;
INSERT INTO notices_told(seq, id, kind, body, made_at) SELECT seq, id, kind, body, made_at FROM notices;
DROP TABLE notices;
ALTER TABLE notices_told RENAME TO notices;

-- Merges in force whose notes were sealed: the centre counts these people apart until it is told.
INSERT INTO notices(id, kind, body, made_at)
SELECT r.id, 'merge', json_object('kind', 'merge', 'id', r.id, 'version', 1, 'worker', r.worker_id,
                                  'contact', r.from_id, 'into', r.into_id), r.made_at
FROM regroupings r
WHERE r.kind = 'merge' AND r.undone_at IS NULL AND EXISTS (
    SELECT 1 FROM regrouped_notes n JOIN batch_records b ON b.record_id = n.encounter_id
    WHERE n.regrouping_id = r.id AND b.kind IN ('coded', 'note', 'referral'))
ORDER BY r.seq;

-- The random id of the contact a record named when it was sealed, '' for none; NULL where it was sealed before this was kept.
ALTER TABLE batch_records ADD COLUMN contact TEXT;
-- SHA-256 of the record as it was sealed: the same version never leaves twice with something else in it. NULL as above.
ALTER TABLE batch_records ADD COLUMN digest TEXT;
