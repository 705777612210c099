-- API keys of the server. Of a key's secret part only the SHA-256 is kept.
CREATE TABLE keys (
  n       INTEGER PRIMARY KEY, -- the order in which they were made
  id      TEXT    NOT NULL UNIQUE CHECK (id <> ''),
  name    TEXT    NOT NULL,
  scopes  TEXT    NOT NULL,    -- joined by commas
  digest  BLOB    NOT NULL CHECK (length(digest) = 32),
  created TEXT    NOT NULL,
  expires TEXT,                -- NULL: never
  used    TEXT,                -- NULL: never
  revoked TEXT,                -- NULL: it is not
  next    TEXT    NOT NULL,    -- the key that takes its place; '': none
  sum     INTEGER NOT NULL     -- as sum.go makes it of the columns from id to next
) STRICT;
