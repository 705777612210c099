-- What samples said: of each attempt that has ended every word of its replies and its code,
-- and of its row, once: said.go. Where the words stand is found by reading the attempt.
CREATE VIRTUAL TABLE said USING fts4 (words, tokenize=unicode61, order=desc, matchinfo=fts3);
INSERT INTO said (said) VALUES ('automerge=8'); -- no single write merges everything

-- Whether an attempt is in it.
ALTER TABLE attempts ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1));
CREATE INDEX attempts_unindexed ON attempts (n) WHERE indexed = 0 AND ended IS NOT NULL;

CREATE TRIGGER attempts_said_purge BEFORE DELETE ON attempts
BEGIN
  DELETE FROM said WHERE docid = old.n;
END;

-- What has no end: it runs, or was cut short.
CREATE INDEX attempts_unended ON attempts (n) WHERE ended IS NULL;
