-- Who did what: a log of which every record is hashed into a tree (sumdb/tlog). Hashes
-- are those that the record completes, its own first, 32 bytes each.
CREATE TABLE audit (
  n      INTEGER PRIMARY KEY CHECK (n >= 0), -- without gaps
  record BLOB NOT NULL CHECK (length(record) > 0),
  hashes BLOB NOT NULL CHECK (length(hashes) > 0 AND length(hashes) % 32 = 0)
) STRICT;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
  SELECT raise(ABORT, 'the audit log is never changed');
END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
  SELECT raise(ABORT, 'the audit log only grows');
END;

CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN new.n <> (SELECT coalesce(max(n) + 1, 0) FROM audit)
BEGIN
  SELECT raise(ABORT, 'the audit log grows at its end');
END;

-- What was signed of it: the root of the tree when it had so many records.
CREATE TABLE audit_checkpoints (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL CHECK (note <> '')
) STRICT;

CREATE TRIGGER audit_checkpoints_never_change BEFORE UPDATE ON audit_checkpoints
BEGIN
  SELECT raise(ABORT, 'checkpoints are never changed');
END;

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints
BEGIN
  SELECT raise(ABORT, 'checkpoints stay');
END;

-- The nonces of signed requests, until their signatures are good for nothing. What is to
-- go is found by reading all: an index would cost each request more than that.
CREATE TABLE nonces (
  key   TEXT NOT NULL,
  nonce TEXT NOT NULL,
  until INTEGER NOT NULL, -- seconds since 1970
  PRIMARY KEY (key, nonce)
) STRICT, WITHOUT ROWID;
