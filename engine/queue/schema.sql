-- A run is a dataset and the plan by which each of its problems is attempted.
CREATE TABLE runs (
  id    TEXT PRIMARY KEY,
  wish  TEXT NOT NULL,    -- hash of the problems and of the plan as it was wished
  name  TEXT NOT NULL,    -- of the dataset
  begun INTEGER NOT NULL, -- in milliseconds since 1970, as all times here
  plan  TEXT NOT NULL     -- JSON, settled
) STRICT;
CREATE INDEX runs_wish ON runs (wish);

CREATE TABLE problems (
  run     TEXT NOT NULL REFERENCES runs (id),
  n       INTEGER NOT NULL, -- its place in the run, from 0
  problem TEXT NOT NULL,    -- JSON
  subject TEXT NOT NULL,
  level   TEXT NOT NULL,
  attempt TEXT,                       -- its attempt's ID; NULL while it waits
  decided INTEGER NOT NULL DEFAULT 0, -- 1: no more samples are to be taken
  verdict TEXT,                       -- JSON; NULL until its attempt is kept
  PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX problems_waiting ON problems (run, n) WHERE attempt IS NULL;
CREATE INDEX problems_open ON problems (run, n) WHERE attempt IS NOT NULL AND verdict IS NULL;

CREATE TABLE samples (
  run     TEXT NOT NULL,
  problem INTEGER NOT NULL,
  sample  INTEGER NOT NULL,
  ended   INTEGER NOT NULL,
  ending  TEXT NOT NULL, -- the event with its last fact, as JSON
  facts   BLOB NOT NULL, -- all of its events, as lines of JSON, compressed with zstd
  PRIMARY KEY (run, problem, sample)
) STRICT;

-- A worker that has not beaten for a while has died; see beat.go.
CREATE TABLE workers (
  client TEXT PRIMARY KEY, -- as River's jobs name it
  beat   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
