-- What a person agreed to, for whom; hand-overs to partners and their states; her plan and who stands by her.

CREATE TABLE consents (                  -- one row each time she agreed, for one recipient
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,             -- cmm, dis, police, health, municipality or partner
    partner TEXT NOT NULL DEFAULT '',    -- which partner, in the worker's words
    points TEXT NOT NULL,                -- JSON list of the points that were explained and agreed to; none where she
                                         -- agreed in a note only
    points_version INTEGER NOT NULL,     -- of the texts that were read out; 0 for none
    language TEXT NOT NULL,              -- in which it was explained
    manner TEXT NOT NULL,                -- a code: spoken, written ...
    speaking TEXT NOT NULL,              -- a code: whether she could speak freely
    given_on TEXT NOT NULL,
    encounter_id TEXT REFERENCES encounters(id) ON DELETE SET NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_words TEXT NOT NULL DEFAULT '',
    withdrawn_by TEXT REFERENCES workers(id)
) STRICT;
CREATE INDEX consents_by_contact ON consents(contact_id, recipient);

CREATE TABLE consent_departures (        -- what had left before she took it back: which note, which batch
    consent_id TEXT NOT NULL REFERENCES consents(id) ON DELETE CASCADE,
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (consent_id, record_id, version, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE referrals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    partner TEXT NOT NULL DEFAULT '',
    consent_id TEXT REFERENCES consents(id) ON DELETE CASCADE,      -- none where a law asks for it without her
    without_consent_because TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL,               -- a code: what for
    what TEXT NOT NULL,                  -- what is asked of the recipient, in the worker's words
    assessed_id TEXT REFERENCES encounters(id) ON DELETE SET NULL,  -- the note whose assessment a worker decided on
    state TEXT NOT NULL CHECK (state IN ('made', 'received', 'accepted', 'declined', 'withdrawn', 'closed')),
    made_on TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    CHECK ((consent_id IS NULL) = (without_consent_because <> ''))
) STRICT;
CREATE INDEX referrals_by_contact ON referrals(contact_id);

CREATE TABLE referral_steps (            -- each state it was in, typed in by a worker
    referral_id TEXT NOT NULL REFERENCES referrals(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    on_date TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (referral_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview_bases (           -- her story under the topics of the CMM interview, as far as she tells it
    contact_id TEXT PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
    topics TEXT NOT NULL,                -- JSON {topic: words}
    worker_id TEXT NOT NULL REFERENCES workers(id),
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_persons (           -- who stands by her
    contact_id TEXT PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    phone TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (                     -- a personal action plan
    contact_id TEXT PRIMARY KEY REFERENCES contacts(id) ON DELETE CASCADE,
    goals TEXT NOT NULL,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_steps (
    id TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    support TEXT NOT NULL DEFAULT '',    -- a code of the kinds of support
    responsible TEXT NOT NULL DEFAULT '',
    due_on TEXT,
    done_on TEXT,
    worker_id TEXT NOT NULL REFERENCES workers(id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX plan_steps_by_contact ON plan_steps(contact_id);
CREATE INDEX plan_steps_open ON plan_steps(due_on) WHERE done_on IS NULL;
