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

-- The random id of the contact a record named when it was sealed, '' for none; NULL where it was sealed before this was kept.
ALTER TABLE batch_records ADD COLUMN contact TEXT;
