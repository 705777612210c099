// Package signature signs HTTP requests and verifies such signatures, by HTTP Message
// Signatures (RFC 9421) with hmac-sha256 or ed25519.
//
//	err := signature.Sign(request, key, time.Now(), rand.Text())
//
//	v := signature.Verifier{Keys: keys, Nonces: db.Nonces()}
//	keyid, err := v.Verify(request) // then request.Body can be read as before
//
// # What is signed
//
// Always the same, in this order: method, authority, path, query and content-digest, with
// the parameters created, expires, nonce and keyid. The digest is the SHA-256 of the
// body, of an empty one too. A request has one signature, written as Sign writes it:
// other components, parameters or orders, further signatures, repeated headers and other
// spellings of the same are refused. The algorithm is that of the key.
//
// # The keys
//
// The key of hmac-sha256 is the SHA-256 of an API key's secret, 32 bytes, since that is
// all that a server keeps of it ([FromDigest]); its owner, who has the secret, makes the
// same ([ParseKey]). Of an ed25519 key the server keeps the public part.
//
// # What is refused
//
// A signature that was made more than Window before or after now, that has expired, that
// does not fit, or whose nonce was used before with that key. Nonces are kept by
// [Nonces] for longer than a signature is good for, so a program that was restarted
// refuses what it had seen, and programs that share them refuse what another has seen.
// The signature is verified before the body is read, and a nonce is used up only by a
// request that is right in everything else: nobody without a key can fill a disk.
//
// # Errors
//
// What is wrong with a request is a [Refusal], whose text may be told to who sent it: it
// tells apart an unknown key and a wrong signature as little as the time they take does, and
// that a key is expired or revoked only to who has it. A body of more than
// MaxBody bytes is a *http.MaxBytesError. Other errors are those of reading the body, of
// Keys or of Nonces, and say nothing of the request; it must not be served then.
//
// All of it may be used from many goroutines.
package signature
