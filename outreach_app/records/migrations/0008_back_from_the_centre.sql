-- What comes back from the centre besides receipts, and when each road was last tried.

CREATE TABLE letters (                   -- of each kind the newest letter of the desk to this laptop
    kind TEXT PRIMARY KEY CHECK (kind IN ('gap', 'figures')),
    number INTEGER NOT NULL,
    body TEXT NOT NULL,                  -- the letter as JSON, opened and verified
    sealed BLOB NOT NULL,                -- the bytes as they came: proof
    taken_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roads (                     -- the last run by each road
    road TEXT PRIMARY KEY CHECK (road IN ('network', 'stick')),
    tried_at TEXT NOT NULL,              -- the last run began
    done_at TEXT,                        -- the last run that came to its end
    stopped_by TEXT NOT NULL DEFAULT ''  -- the name of what stopped the last run, nothing when it came to its end
) STRICT, WITHOUT ROWID;
