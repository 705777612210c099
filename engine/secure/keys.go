package secure

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

const (
	prefix       = "aimo3_" // of every API key, so that one is found where it should not be
	idChars      = 10
	secretBytes  = 32
	maxNameChars = 64
	usedEvery    = time.Minute // how often at most is written that a key was used
)

// Row is a key as it is kept: with the SHA-256 of its secret part.
type Row struct {
	Key
	Digest [sha256.Size]byte
}

// Rows keep API keys. A change is in the rows, and outlives the program, when the call
// has returned.
type Rows interface {
	// Row finds a key by its ID; false if there is none, or if it is damaged.
	Row(ctx context.Context, id string) (Row, bool, error)
	// Any says whether there is a key, whatever its state.
	Any(ctx context.Context) (bool, error)
	// All lists the keys, the oldest first.
	All(ctx context.Context) ([]Row, error)
	// Add keeps a new key.
	Add(ctx context.Context, row Row) error
	// Change changes a key and then adds others, all or nothing; false if there is no
	// such key.
	Change(ctx context.Context, id string, change func(*Row) error, add ...Row) (bool, error)
}

// ErrDenied is that a key lets nobody in. What is said beside it is only said to those
// who had the whole key.
var ErrDenied = errors.New("the API key is not valid")

// Keys are the API keys of a server.
type Keys struct {
	rows Rows
	now  func() time.Time
}

// NewKeys are the keys that rows keep.
func NewKeys(rows Rows, now func() time.Time) *Keys { return &Keys{rows, now} }

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > maxNameChars {
		return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("a key's name has %d characters", n), Todo: fmt.Sprintf("say whom it is for, in 1 to %d characters", maxNameChars)}
	}
	return nil
}

// fill gives a row a new ID and the digest of a new secret, and returns the two as a
// bearer shows them.
func (r *Row) fill() Secret {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz" // 32 that are not taken for each other
	id, secret := make([]byte, idChars), make([]byte, secretBytes)
	_, _ = rand.Read(id) // never fails
	_, _ = rand.Read(secret)
	for i := range id {
		id[i] = letters[int(id[i])%len(letters)]
	}
	text := base64.RawURLEncoding.EncodeToString(secret)
	r.ID, r.Digest = string(id), sha256.Sum256([]byte(text))
	return NewSecret(prefix + r.ID + "_" + text)
}

// Check finds the key that a bearer shows, and notes that it was used. The error is
// ErrDenied if there is no such key, or it is expired or revoked; any other is of the
// rows. What is not known is looked up, hashed and compared like what is.
func (k *Keys) Check(ctx context.Context, bearer string) (Key, error) {
	id, secret, wellFormed := Split(bearer)
	row, found, err := k.rows.Row(ctx, id)
	if err != nil {
		return Key{}, err
	}
	digest := sha256.Sum256([]byte(secret))
	same := subtle.ConstantTimeCompare(digest[:], row.Digest[:]) == 1
	if !wellFormed || !found || !same {
		return Key{}, ErrDenied
	}
	now := k.now().UTC()
	if why := row.Refused(now); why != "" {
		return Key{}, fmt.Errorf("%w: it is %s", ErrDenied, why)
	}
	k.Used(ctx, row)
	return row.Key, nil
}

// Split parts a whole key, aimo3_ID_SECRET; ok says whether it is one by its form.
func Split(bearer string) (id, secret string, ok bool) {
	rest, ours := strings.CutPrefix(bearer, prefix)
	id, secret, parted := strings.Cut(rest, "_")
	return id, secret, ours && parted && len(id) == idChars && len(secret) == base64.RawURLEncoding.EncodedLen(secretBytes)
}

// List is every key, the oldest first.
func (k *Keys) List(ctx context.Context) ([]Key, error) {
	rows, err := k.rows.All(ctx)
	all := make([]Key, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.Key)
	}
	return all, err
}

// Revoke ends a key for good, at once.
func (k *Keys) Revoke(ctx context.Context, id string) error {
	found, err := k.rows.Change(ctx, id, func(r *Row) error {
		if r.State(k.now()) == Revoked {
			return wrongKey(id, "is revoked already", "")
		}
		r.Revoked = k.now().UTC()
		return nil
	})
	return known(found, err, id)
}

// Rotate makes a key that takes the place of another: with its name, its scopes and, from
// now on, as long a life. The old one goes on for the overlap, so that its owner can change
// over. One that signs by ed25519 needs another public key, and has no bearer.
func (k *Keys) Rotate(ctx context.Context, id string, overlap time.Duration, public ed25519.PublicKey) (key Key, bearer Secret, err error) {
	old, found, err := k.rows.Row(ctx, id)
	if err = known(found, err, id); err != nil {
		return Key{}, Secret{}, err
	}
	now := k.now().UTC()
	if (public == nil) != (old.Public == nil) {
		return Key{}, Secret{}, wrongKey(id, "signs in another way", "one that signs by ed25519 needs a new public key with --public-key, others take none")
	}
	row := Row{Key: Key{Name: old.Name, Scopes: old.Scopes, Created: now, MustSign: old.MustSign, Public: public}}
	if !old.Expires.IsZero() {
		row.Expires = now.Add(old.Expires.Sub(old.Created))
	}
	bearer = row.fill()
	found, err = k.rows.Change(ctx, id, func(r *Row) error {
		if state := r.State(now); state != Active {
			return wrongKey(id, "is "+string(state), "only an active key can be rotated; create one with `aimo3 auth key create`")
		}
		r.Next = row.ID
		if until := now.Add(overlap); r.Expires.IsZero() || until.Before(r.Expires) {
			r.Expires = until
		}
		return nil
	}, row)
	if err = known(found, err, id); err != nil {
		return Key{}, Secret{}, err
	}
	return row.Key, bearer, nil
}

func known(found bool, err error, id string) error {
	if err == nil && !found {
		return wrongKey(id, "is not known", "`aimo3 auth key list` has the IDs")
	}
	return err
}

func wrongKey(id, is, todo string) error {
	if len(id) > idChars { // it may be the whole key
		id = "of that ID"
	}
	return &engine.Fault{Class: engine.Invalid, What: "the key " + id + " " + is, Todo: todo}
}
