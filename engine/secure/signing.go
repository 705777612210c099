package secure

import (
	"context"
	"crypto/ed25519"
	"strings"
	"time"
)

// Signing is how the owner of a key signs. The zero one signs by hmac-sha256 where it
// likes to.
type Signing struct {
	Must   bool              // requests are refused unless they are signed
	Public ed25519.PublicKey // of ed25519; such a key has no secret, so it must always sign
}

// Create makes a key that lives for so long, or until it is revoked if that is 0. The
// bearer is what its owner shows, and can never be had again. One that signs by ed25519
// has none: what its owner has stays where it is.
func (k *Keys) Create(ctx context.Context, name string, scopes []Scope, life time.Duration, how Signing) (key Key, bearer Secret, err error) {
	row := Row{Key: Key{
		Name: strings.TrimSpace(name), Scopes: scopes, Created: k.now().UTC(), MustSign: how.Must || how.Public != nil, Public: how.Public,
	}}
	if life > 0 {
		row.Expires = row.Created.Add(life)
	}
	if err := checkName(row.Name); err != nil {
		return Key{}, Secret{}, err
	}
	bearer = row.fill()
	return row.Key, bearer, k.rows.Add(ctx, row)
}

// Any says whether there is a key. Keys are never removed, so there is from then on.
func (k *Keys) Any(ctx context.Context) (bool, error) { return k.rows.Any(ctx) }

// Find finds a key by its ID, with the digest by which it signs, whatever its state.
func (k *Keys) Find(ctx context.Context, id string) (Row, bool, error) { return k.rows.Row(ctx, id) }

// Used notes that a key let somebody in, at most once a minute. Where that cannot be
// written the key is right nevertheless.
func (k *Keys) Used(ctx context.Context, row Row) {
	now := k.now().UTC()
	if now.Sub(row.Used) < usedEvery {
		return
	}
	_, _ = k.rows.Change(ctx, row.ID, func(r *Row) error {
		if now.After(r.Used) {
			r.Used = now.Truncate(usedEvery)
		}
		return nil
	})
}

// Refused is why a key lets nobody in at a time; "" if it does.
func (k Key) Refused(at time.Time) State {
	switch state := k.State(at); state {
	case Expired, Revoked:
		return state
	case Active, Replaced:
	}
	return ""
}

// IsKey says whether a text begins as API keys do, be it one or not.
func IsKey(text string) bool { return strings.HasPrefix(text, prefix) }
