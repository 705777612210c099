-- What sum.go makes of each row, as it is stored, so that damage is seen. NULL:
-- the row was recorded before there were checksums.
ALTER TABLE attempts ADD COLUMN sum INTEGER;
ALTER TABLE events ADD COLUMN sum INTEGER;
