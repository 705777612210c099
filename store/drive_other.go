//go:build !linux && !darwin

package store

// networkDrive cannot tell here, so every drive counts as local.
func networkDrive(string) (string, error) { return "", nil }

// writable leaves it to SQLite to find out.
func writable(string) error { return nil }
