-- Attempts, one row each, as lists show them. Everything here but the marks of
-- deletion is learnt from the events.
CREATE TABLE attempts (
  n          INTEGER PRIMARY KEY, -- the order in which they were first recorded
  id         TEXT NOT NULL UNIQUE CHECK (id <> ''),
  begun      TEXT NOT NULL,
  ended      TEXT,                -- NULL: no verdict was reached
  problem_id TEXT NOT NULL,
  source     TEXT NOT NULL,
  statement  TEXT NOT NULL,
  key        TEXT NOT NULL,
  model      TEXT NOT NULL,
  samples    INTEGER NOT NULL,
  tokens     INTEGER NOT NULL DEFAULT 0,
  answer     TEXT NOT NULL DEFAULT '',
  verdict    TEXT CHECK (json_valid(verdict)),
  deleted_at TEXT,
  purging    INTEGER NOT NULL DEFAULT 0 CHECK (purging IN (0, 1)),
  CHECK ((ended IS NULL) = (verdict IS NULL))
) STRICT;

CREATE INDEX attempts_deleted ON attempts (deleted_at) WHERE deleted_at IS NOT NULL;

-- The story of each attempt; the one thing that cannot be had again.
CREATE TABLE events (
  attempt TEXT    NOT NULL REFERENCES attempts (id),
  seq     INTEGER NOT NULL CHECK (seq >= 0),
  at      TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  fact    TEXT    NOT NULL CHECK (fact <> ''),
  PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
  SELECT raise(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM attempts WHERE id = old.attempt AND purging = 1)
BEGIN
  SELECT raise(ABORT, 'events go only with their whole attempt');
END;

-- The words of attempts. Newest first is the order it is read in, and prefixes
-- of up to four letters, as typed when a filter begins, have their own index.
CREATE VIRTUAL TABLE search USING fts4 (
  statement, answer, model, id,
  content="attempts", tokenize=unicode61, prefix="1,2,3,4", order=desc, matchinfo=fts3
);
INSERT INTO search (search) VALUES ('automerge=8'); -- no single write merges everything

CREATE TRIGGER attempts_search_add AFTER INSERT ON attempts
BEGIN
  INSERT INTO search (docid, statement, answer, model, id)
  VALUES (new.n, new.statement, new.answer, new.model, new.id);
END;

-- The index finds a row's old words in the row itself, so they go before it changes.
CREATE TRIGGER attempts_search_drop BEFORE UPDATE OF statement, answer, model, id ON attempts
BEGIN
  DELETE FROM search WHERE docid = old.n;
END;

CREATE TRIGGER attempts_search_renew AFTER UPDATE OF statement, answer, model, id ON attempts
BEGIN
  INSERT INTO search (docid, statement, answer, model, id)
  VALUES (new.n, new.statement, new.answer, new.model, new.id);
END;

CREATE TRIGGER attempts_search_purge BEFORE DELETE ON attempts
BEGIN
  DELETE FROM search WHERE docid = old.n;
END;
