-- What was measured: a row for each series and minute or, once a day has passed, hour.
-- Several programs add to one row.
CREATE TABLE metrics (
  at      INTEGER NOT NULL, -- when the minute or hour begins, in Unix seconds
  series  TEXT    NOT NULL CHECK (series <> ''),
  span    INTEGER NOT NULL CHECK (span IN (60, 3600)),
  count   INTEGER NOT NULL CHECK (count > 0),
  total   REAL    NOT NULL,
  min     REAL    NOT NULL,
  max     REAL    NOT NULL,
  buckets BLOB    NOT NULL, -- as package measure encodes them; empty if values were only counted
  sum     INTEGER NOT NULL, -- the row's checksum
  PRIMARY KEY (at, series)
) STRICT, WITHOUT ROWID;

CREATE INDEX metrics_minutes ON metrics (at) WHERE span = 60;

-- What happened to the program rather than to an attempt: lines of its log.
CREATE TABLE log (
  n     INTEGER PRIMARY KEY,
  at    TEXT    NOT NULL,
  level INTEGER NOT NULL, -- as log/slog counts them
  what  TEXT    NOT NULL,
  more  TEXT    NOT NULL CHECK (json_valid(more)),
  pid   INTEGER NOT NULL, -- of the program
  sum   INTEGER NOT NULL
) STRICT;

CREATE INDEX log_at ON log (at);
