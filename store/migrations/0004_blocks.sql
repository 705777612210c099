-- Events of attempts that have ended, many to a row and compressed: block.go. The first
-- event of an attempt and the last one stay in events. The table has row numbers, since
-- SQLite would else read whole blocks to find one.
CREATE TABLE blocks (
  attempt TEXT    NOT NULL REFERENCES attempts (id),
  first   INTEGER NOT NULL CHECK (first >= 0), -- seq of the first event in it,
  last    INTEGER NOT NULL CHECK (last >= first), -- and of the last
  events  INTEGER NOT NULL CHECK (events > 0), -- how many there are
  data    BLOB    NOT NULL,
  sum     INTEGER NOT NULL,
  PRIMARY KEY (attempt, first)
) STRICT;

CREATE TRIGGER blocks_never_change BEFORE UPDATE ON blocks
BEGIN
  SELECT raise(ABORT, 'events are never changed');
END;

CREATE TRIGGER blocks_stay BEFORE DELETE ON blocks
WHEN NOT EXISTS (SELECT 1 FROM attempts WHERE id = old.attempt AND purging = 1)
BEGIN
  SELECT raise(ABORT, 'events go only with their whole attempt');
END;

DROP TRIGGER events_stay;
CREATE TRIGGER events_stay BEFORE DELETE ON events
WHEN coalesce((SELECT last FROM blocks WHERE attempt = old.attempt AND first <= old.seq ORDER BY first DESC LIMIT 1), -1) < old.seq
  AND NOT EXISTS (SELECT 1 FROM attempts WHERE id = old.attempt AND purging = 1)
BEGIN
  SELECT raise(ABORT, 'events go only into a block, or with their whole attempt');
END;

-- What is in a block is stored.
CREATE TRIGGER events_once BEFORE INSERT ON events
WHEN (SELECT last FROM blocks WHERE attempt = new.attempt AND first <= new.seq ORDER BY first DESC LIMIT 1) >= new.seq
BEGIN
  SELECT raise(IGNORE);
END;

-- Whether the events of an attempt that has ended are in blocks, as far as they ever
-- will be.
ALTER TABLE attempts ADD COLUMN compressed INTEGER NOT NULL DEFAULT 0 CHECK (compressed IN (0, 1));
CREATE INDEX attempts_uncompressed ON attempts (n) WHERE compressed = 0 AND ended IS NOT NULL;
