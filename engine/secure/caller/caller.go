// Package caller finds out whose request it is that a server was sent.
//
//	c := caller.New(caller.Options{Keys: keys, Nonces: db.Nonces()})
//	key, err := c.Who(request, false, nil)
//
// Who asks shows an API key in one of two ways. A bearer is the whole key:
//
//	Authorization: Bearer aimo3_ID_SECRET
//
// A signed request ([signature.Sign]) names the key by its ID, and shows that its sender has
// the secret, or the private part of an ed25519 key, without sending it. It acts as its
// key. A key that must sign is refused as a bearer alone. A request that is signed and has
// a bearer too must show one key by both.
//
// # Who needs no key
//
// What a request shows is held to be right, wherever it comes from. One that shows nothing
// is somebody's who is not known, and that is allowed where the server is open, or as long
// as there is not one key. Whether there is one is asked at each such request until there
// is: keys are made by other programs, while the server runs, and never removed. A bearer
// that does not begin as our keys do is nothing where no key is needed, since clients of
// other servers show something always.
//
// # Errors
//
// A [Denied] is told to who asks. Any other error says nothing of the request, which must
// not be served: keys or nonces could not be read, or its body. Callers may be used from
// many goroutines.
package caller

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
)

// usedEvery is how often at most it is told that a key is used, and how long it was not
// when it is told again.
const usedEvery = time.Hour

// Denied is that a request shows no key, or none that lets it in.
type Denied struct{ Why string }

func (d *Denied) Error() string { return d.Why }

// Options are what callers are found by. Keys and Nonces are needed.
type Options struct {
	Keys   *secure.Keys
	Nonces signature.Nonces
	Now    func() time.Time // if nil, time.Now
	// Used is told of a key that was used and had not been for an hour, at most once an
	// hour for each; if nil, nobody is.
	Used func(secure.Key)
}

// Callers find out whose requests are.
type Callers struct {
	with  Options
	keyed atomic.Bool // there is a key

	mu   sync.Mutex
	told map[string]time.Time // by the ID of a key, when Used was told of it
}

// New returns callers.
func New(o Options) *Callers {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Callers{with: o, told: map[string]time.Time{}}
}

// Who is whose key a request shows; a key without an ID if it shows none and needs none,
// as everywhere if the server is open. Body reads the body of a signed request, as
// signature.Verifier.Body.
func (c *Callers) Who(r *http.Request, open bool, body func(*http.Request) ([]byte, error)) (secure.Key, error) {
	bearer, signed := bearerOf(r), signature.Signed(r)
	ours := secure.IsKey(bearer)
	if !ours && !signed {
		if needed, err := c.needed(r.Context(), open); err != nil || !needed {
			return secure.Key{}, err
		}
	}
	key, err := c.find(r, bearer, ours, signed, body)
	if err != nil {
		return secure.Key{}, denied(err)
	}
	c.used(key)
	return key, nil
}

func (c *Callers) find(r *http.Request, bearer string, ours, signed bool, body func(*http.Request) ([]byte, error)) (key secure.Key, err error) {
	if ours || !signed {
		if key, err = c.with.Keys.Check(r.Context(), bearer); err != nil {
			return key, err
		}
	}
	switch {
	case signed:
		return c.signer(r, key.ID, body)
	case key.MustSign:
		return key, &Denied{"requests of this key must be signed: `aimo3 sign` signs them"}
	}
	return key, nil
}

// needed says whether who shows no key is refused.
func (c *Callers) needed(ctx context.Context, open bool) (bool, error) {
	if open || c.keyed.Load() {
		return !open, nil
	}
	is, err := c.with.Keys.Any(ctx)
	if is {
		c.keyed.Store(true)
	}
	return is, err
}

// signer is the key by which a request is signed: the one that its bearer shows, if it has
// one.
func (c *Callers) signer(r *http.Request, shown string, body func(*http.Request) ([]byte, error)) (secure.Key, error) {
	var row secure.Row
	v := signature.Verifier{Nonces: c.with.Nonces, Now: c.with.Now, Body: body, Keys: func(ctx context.Context, id string) (k signature.Key, found bool, err error) {
		if shown != "" && id != shown {
			return k, false, &Denied{"the request is signed by one key and shows another"}
		}
		if row, found, err = c.with.Keys.Find(ctx, id); err != nil || !found {
			return k, false, err
		}
		if k = signature.FromDigest(id, row.Digest); row.Public != nil {
			k = signature.Ed25519Public(id, row.Public)
		}
		k.Refused = string(row.Refused(c.with.Now()))
		return k, true, nil
	}}
	if _, err := v.Verify(r); err != nil {
		return secure.Key{}, err
	}
	c.with.Keys.Used(r.Context(), row)
	return row.Key, nil
}

// used tells of a key that had not been used for a while.
func (c *Callers) used(key secure.Key) {
	now := c.with.Now()
	if c.with.Used == nil || key.ID == "" || now.Sub(key.Used) < usedEvery {
		return
	}
	c.mu.Lock()
	last, told := c.told[key.ID]
	tell := !told || now.Sub(last) >= usedEvery
	if tell {
		c.told[key.ID] = now
	}
	c.mu.Unlock()
	if tell {
		c.with.Used(key)
	}
}

// denied puts a refusal into words for who asks.
func denied(err error) error {
	var refused *signature.Refusal
	switch {
	case errors.As(err, &refused):
		return &Denied{"the signature is refused: " + refused.Why}
	case errors.Is(err, secure.ErrDenied):
		return &Denied{fmt.Sprintf("%s: give one as Authorization: Bearer KEY, or sign the request", err)}
	}
	return err
}

// bearerOf is what a request shows as its bearer; "" if it shows none.
func bearerOf(r *http.Request) string {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(key)
}
