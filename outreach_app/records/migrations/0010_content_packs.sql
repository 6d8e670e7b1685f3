-- What the centre published and this laptop took: whom it trusts, the centre's keys in force, and the content in use.

CREATE TABLE pack_trust (                -- one row: the custodians' signed lists this laptop trusts, byte for byte
    only INTEGER PRIMARY KEY CHECK (only = 1),
    root BLOB NOT NULL,
    timestamp BLOB NOT NULL,
    snapshot BLOB NOT NULL,
    targets BLOB NOT NULL,
    number INTEGER NOT NULL,             -- of the newest publication seen, 0 before any
    stamped_at TEXT,                     -- when the desk last said that this is the newest
    expires_at TEXT,                     -- good until then; what has expired stays in use
    looked_at TEXT                       -- when this laptop last looked and found it in order
) STRICT;

CREATE TABLE centre_keys_told (          -- each set of keys this laptop was told of; the highest number is in force
    number INTEGER PRIMARY KEY,
    issued_at TEXT NOT NULL,
    body BLOB NOT NULL,                  -- keys.json as it came
    sealed_batches INTEGER NOT NULL,     -- how many batches had been sealed before: what an earlier key may still answer
    taken_at TEXT NOT NULL
) STRICT;

CREATE TABLE content_pack (              -- one row: the pack in use
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    returns_to INTEGER,                  -- the earlier number whose texts it brought back
    published_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,                  -- content.zip as it came
    policy TEXT NOT NULL,                -- JSON: what of the policy it sets
    installed_at TEXT NOT NULL
) STRICT;
