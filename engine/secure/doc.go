// Package secure holds what gives access: secrets, and the keys of those who may ask a
// server of this program.
//
// A [Secret] is shown as *** by whatever prints, logs or encodes it; only Reveal gives
// its text. A file that holds one is read by [ReadPrivate], which refuses a file that
// others may read, and written by [WritePrivate], whole or not at all.
//
//	keys := secure.NewKeys(rows, time.Now)
//	key, bearer, err := keys.Create(ctx, "grader", []secure.Scope{secure.Solve}, 90*24*time.Hour, secure.Signing{})
//	key, err = keys.Check(ctx, bearer.Reveal()) // aimo3_8tkq0v5m1x_…
//
// Of an API key only the SHA-256 of its secret part is kept: that part is 256 random bits,
// so nothing slower than a hash is needed to keep it from being guessed. Its ID is no
// secret. That hash is also what a request is signed by with hmac-sha256: the owner of a key
// makes it of the secret. Who reads it could sign in a key's name, so a key may have the
// public part of an ed25519 key in place of a secret ([Signing]). All may be used from
// many goroutines.
//
// Where secrets of other programs come from is package vault's; how often somebody may
// ask is package limit's; whose request it is that a server was sent is package caller's.
package secure
