-- What the laptop knows about its recovery: who the custodians are, the drill that waits for its answer, the last one.

CREATE TABLE recovery (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    custodians BLOB,                     -- the centre's signed list as it came; without it the enrolment reply's counts
    drill_request BLOB,                  -- the request of a drill that waits for its answer, exactly as it was written
    drill_key BLOB,                      -- the private key of that request; used once
    last_drill TEXT,                     -- when a drill last proved that recovery works
    renewal_due INTEGER NOT NULL DEFAULT 0 CHECK (renewal_due IN (0, 1))  -- the secret was used, or there are other custodians
) STRICT;
