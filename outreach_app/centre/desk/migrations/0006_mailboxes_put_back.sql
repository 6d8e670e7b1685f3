-- How a mailbox put back from a backup is noticed, what it cannot give, and which bytes exactly each receipt was.

ALTER TABLE source_positions ADD COLUMN sha512 TEXT;  -- the batch at that place; another one there, and the mailbox was put back

CREATE TABLE unreadable (                -- batches a mailbox lists and cannot give whole; each round tries them again
    source TEXT NOT NULL,
    batch  TEXT NOT NULL,
    device TEXT NOT NULL,                -- this and the numbers as the mailbox lists them
    epoch  INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (source, batch)
) STRICT, WITHOUT ROWID;

ALTER TABLE receipt_log ADD COLUMN document TEXT;     -- SHA-512 of the receipt as it was handed out; none in old entries
