-- What came of reading content packs, so that a program neither reads nor fetches the same bytes twice.

CREATE TABLE packs_read (                -- the pack in use, and the one that was refused last
    sha256 TEXT PRIMARY KEY,
    reader TEXT NOT NULL,                -- which program, with which shipped content, read it
    problem TEXT NOT NULL                -- nothing, or JSON: what is wrong with it
) STRICT, WITHOUT ROWID;
