package signature

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"
)

// keepNonce is how long a nonce is remembered after its signature was made: longer than
// that is good for, so that a clock that is set back a little lets nothing in again.
const keepNonce = 3 * Window

// Refusal is what is wrong with a request, in words that its sender may be told.
type Refusal struct{ Why string }

func (r *Refusal) Error() string { return "request refused: " + r.Why }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// Nonces remembers which nonces were used.
type Nonces interface {
	// Use marks the nonce of a key as used from now at least until a time, and says
	// whether it was not used before. Of several who use one at once, one is first.
	Use(ctx context.Context, keyid, nonce string, now, until time.Time) (first bool, err error)
}

// Verifier verifies requests. Keys and Nonces must be set.
type Verifier struct {
	// Keys finds a key by its ID; false if there is none.
	Keys   func(ctx context.Context, keyid string) (Key, bool, error)
	Nonces Nonces
	Now    func() time.Time // if nil, time.Now
	// Body reads the body of a request, which can be read again afterwards; if nil, up to
	// MaxBody bytes are read.
	Body func(*http.Request) ([]byte, error)
}

// Signed says whether a request has a signature, right or wrong.
func Signed(r *http.Request) bool {
	return len(r.Header[inputHeader]) > 0 || len(r.Header[valueHeader]) > 0
}

// Verify says who signed a request, and uses up its nonce. Body can be read afterwards.
func (v *Verifier) Verify(r *http.Request) (keyid string, err error) {
	s, err := signatureOf(r)
	if err != nil {
		return "", err
	}
	k, known, err := v.Keys(r.Context(), s.keyid)
	if err != nil {
		return "", err
	}
	now := time.Now()
	if v.Now != nil {
		now = v.Now()
	}
	if err := s.check(r, k, known, now); err != nil {
		return "", err
	}
	read := v.Body
	if read == nil {
		read = content
	}
	body, err := read(r)
	if err != nil {
		return "", err
	}
	if r.Header.Get(digestHeader) != digest(body) {
		return "", refuse("its body is not the one that was signed")
	}
	first, err := v.Nonces.Use(r.Context(), s.keyid, s.nonce, now, s.created.Add(keepNonce))
	if err == nil && !first {
		err = refuse("its nonce was used before")
	}
	if err != nil {
		return "", err
	}
	return s.keyid, nil
}

// check refuses what can be refused without the body.
func (s *signed) check(r *http.Request, k Key, known bool, now time.Time) error {
	switch {
	case now.Sub(s.created) > Window:
		return refuse("it was signed %s ago", now.Sub(s.created).Round(time.Second))
	case s.created.Sub(now) > Window:
		return refuse("it was signed %s from now: one of the clocks is wrong", s.created.Sub(now).Round(time.Second))
	case !now.Before(s.expires):
		return refuse("its signature expired %s ago", now.Sub(s.expires).Round(time.Second))
	}
	text, err := base(r, s.input, strings.TrimPrefix(r.Header.Get(inputHeader), label+"="))
	switch {
	case err != nil:
		return refuse("%s", err)
	case !k.verify(text, s.value) || !known:
		return refuse("its signature by key %q does not fit what was sent, or there is no such key", s.keyid)
	case k.Refused != "":
		return refuse("its key is %s", k.Refused)
	}
	return nil
}

// signed is a signature as a request has it.
type signed struct {
	input            httpsfv.InnerList
	value            []byte
	created, expires time.Time
	nonce, keyid     string
}

// signatureOf reads the one signature of a request, written as Sign writes it.
func signatureOf(r *http.Request) (s signed, err error) {
	members := map[string]httpsfv.Member{}
	for _, header := range []string{inputHeader, valueHeader, digestHeader} {
		values := r.Header[header]
		if len(values) != 1 {
			return s, refuse("it has %d headers %s", len(values), header)
		}
		if header != digestHeader {
			if members[header], err = only(values[0]); err != nil {
				return s, refuse("its header %s: %s", header, err)
			}
		}
	}
	value, ok := members[valueHeader].(httpsfv.Item)
	if s.value, _ = value.Value.([]byte); !ok || s.value == nil || len(value.Params.Names()) > 0 {
		return s, refuse("its header %s is not bytes alone", valueHeader)
	}
	if s.input, ok = members[inputHeader].(httpsfv.InnerList); !ok {
		return s, refuse("its header %s has no list", inputHeader)
	}
	return s, s.parameters()
}

// only is the one member of a dictionary, which is written as it would be here.
func only(text string) (httpsfv.Member, error) {
	d, err := httpsfv.UnmarshalDictionary([]string{text})
	if err != nil {
		return nil, err
	}
	m, ok := d.Get(label)
	if again, err := httpsfv.Marshal(d); !ok || len(d.Names()) != 1 || err != nil || again != text {
		return nil, fmt.Errorf("it is not %s=… and nothing else", label)
	}
	return m, nil
}

// parameters reads what a signature says of itself.
func (s *signed) parameters() error {
	p := s.input.Params
	if !slices.Equal(p.Names(), []string{"created", "expires", "nonce", "keyid"}) {
		return refuse("its parameters are %q", p.Names())
	}
	values := make([]any, 0, len(p.Names()))
	for _, name := range p.Names() {
		v, _ := p.Get(name)
		values = append(values, v)
	}
	created, ok1 := values[0].(int64)
	expires, ok2 := values[1].(int64)
	nonce, ok3 := values[2].(string)
	keyid, ok4 := values[3].(string)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return refuse("a parameter is of another type")
	}
	if n := len(nonce); n < minNonceBytes || n > maxNonceBytes || len(keyid) == 0 || len(keyid) > maxIDBytes {
		return refuse("its nonce or keyid is too short or too long")
	}
	s.created, s.expires, s.nonce, s.keyid = time.Unix(created, 0), time.Unix(expires, 0), nonce, keyid
	if life := s.expires.Sub(s.created); life <= 0 || life > keepNonce {
		return refuse("its signature is to be good for %s", life)
	}
	var names []string
	for _, item := range s.input.Items {
		name, _ := item.Value.(string)
		names = append(names, name)
	}
	if !slices.Equal(names, covered()) {
		return refuse("it covers %q", names)
	}
	return nil
}
