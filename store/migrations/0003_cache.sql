-- What is cached. All of it can be had again; a row about an attempt goes with it.
-- Each value holds its own checksum, made where it is sealed: package cache.
CREATE TABLE cache (
  n       INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE CHECK (key <> ''),
  attempt TEXT REFERENCES attempts (id) ON DELETE CASCADE, -- NULL: it is about none
  until   TEXT NOT NULL,
  used    TEXT NOT NULL,    -- when it was put or last asked for: the earliest goes first
  size    INTEGER NOT NULL, -- bytes that it counts for
  value   BLOB NOT NULL
) STRICT;

-- Of what goes first, and whether anything must, the values themselves need not be read.
CREATE INDEX cache_used ON cache (used, size, until);
CREATE INDEX cache_attempt ON cache (attempt) WHERE attempt IS NOT NULL;

CREATE TRIGGER attempts_cache_drop AFTER UPDATE OF deleted_at ON attempts
WHEN new.deleted_at IS NOT NULL
BEGIN
  DELETE FROM cache WHERE attempt = new.id;
END;

-- How often something was asked for and there, or not, and went for want of room.
CREATE TABLE cache_counts (
  hits      INTEGER NOT NULL,
  misses    INTEGER NOT NULL,
  evictions INTEGER NOT NULL
) STRICT;
INSERT INTO cache_counts (hits, misses, evictions) VALUES (0, 0, 0);
