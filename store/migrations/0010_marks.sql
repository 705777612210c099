-- What a person says of attempts: a star, tags, a note, the expected answer, and whether
-- the attempt's answer is right. A row is made and removed, never changed; the checksum is
-- that of the columns from attempt to at.
CREATE TABLE marks (
  n       INTEGER PRIMARY KEY,
  attempt TEXT    NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  kind    TEXT    NOT NULL CHECK (kind IN ('star', 'tag', 'note', 'expected', 'right')),
  value   TEXT    NOT NULL, -- '' of a star; 'yes' or 'no' of right
  at      TEXT    NOT NULL, -- when it was made
  sum     INTEGER NOT NULL,
  UNIQUE (attempt, kind, value)
) STRICT;

CREATE INDEX marks_found ON marks (kind, value, attempt);
