-- Where a person stands with those who decide: what is known for the engine, decisions others made, dates in letters.

CREATE TABLE pathways (                  -- what the pathway engine is asked with; the answer is never kept, only computed
    contact_id TEXT PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
    facts TEXT NOT NULL,                 -- JSON: stay, age, in_trial, decided_on, requested_days, return_agreed ...
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    worker_id TEXT NOT NULL REFERENCES workers(id),
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (                 -- made by CMM, DIS or a court; a worker only writes down what the letter says
    id TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    maker TEXT NOT NULL CHECK (maker IN ('cmm', 'dis', 'court')),
    outcome TEXT NOT NULL,               -- a code
    decided_on TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    taken_back_at TEXT                   -- written down by mistake
) STRICT;
CREATE INDEX decisions_by_contact ON decisions(contact_id);

CREATE TABLE letter_dates (              -- a date from a letter of hers: it goes before the computed one
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    which TEXT NOT NULL,                 -- which computed date it replaces
    on_date TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',      -- which letter
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (contact_id, which)
) STRICT, WITHOUT ROWID;

CREATE TABLE dates_near (                -- the dates that matter next, renewed with each change, so that Today need not compute
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    which TEXT NOT NULL,
    on_date TEXT NOT NULL,
    from_letter INTEGER NOT NULL CHECK (from_letter IN (0, 1)),
    done_at TEXT,                        -- a worker has dealt with it
    snoozed_until TEXT,
    snooze_reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (contact_id, which)
) STRICT, WITHOUT ROWID;
CREATE INDEX dates_near_open ON dates_near(on_date) WHERE done_at IS NULL;
