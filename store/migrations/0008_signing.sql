-- Keys that sign: whose requests are refused unless they are signed, and of those that
-- sign by ed25519 the public key, which is all of it that is kept. The checksum of a key
-- goes on with both, unless they are as they are here by default.
ALTER TABLE keys ADD COLUMN must_sign INTEGER NOT NULL DEFAULT 0 CHECK (must_sign IN (0, 1));
ALTER TABLE keys ADD COLUMN public BLOB CHECK (length(public) = 32);
