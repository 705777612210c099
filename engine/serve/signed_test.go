package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/caller"
	"github.com/aimo3/aimo3/engine/secure/signature"
)

// signers are a server that knows keys, and what their owners have.
type signers struct {
	*API
	keys map[string]signature.Key
	now  time.Time
	plan string // the bearer of a key that need not sign
}

// signing is a server as `aimo3 serve` makes it, not on loopback, whose clock the test moves.
func signing(t testing.TB) *signers {
	t.Helper()
	r := start(t, nil)
	s := &signers{keys: map[string]signature.Key{}, now: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)}
	now := func() time.Time { return s.now }
	keys := secure.NewKeys(r.db.Keys(), now)
	who := caller.New(caller.Options{Keys: keys, Nonces: r.db.Nonces(), Now: now})
	o := r.with
	o.Check = func(req *http.Request, open bool, body func(*http.Request) ([]byte, error)) (Who, error) {
		key, err := who.Who(req, open, body)
		if denied := new(caller.Denied); errors.As(err, &denied) {
			err = &Denied{denied.Why}
		}
		return Who{key.ID, []Scope{Solve}}, err
	}
	s.API = newServer(o, r.bounds)
	create := func(how secure.Signing) (string, string) {
		key, bearer, err := keys.Create(t.Context(), "x", []secure.Scope{secure.Solve}, 0, how)
		if err != nil {
			t.Fatal(err)
		}
		return key.ID, bearer.Reveal()
	}
	id, bearer := create(secure.Signing{})
	_, secret, _ := secure.Split(bearer)
	mac, err := signature.ParseKey(id, secret)
	if err != nil {
		t.Fatal(err)
	}
	public, private, _ := ed25519.GenerateKey(crand.Reader)
	ed, _ := create(secure.Signing{Public: public})
	s.plan, s.keys["hmac-sha256"], s.keys["ed25519"] = bearer, mac, signature.Ed25519(ed, private)
	return s
}

// gradeBody is a body that a handler answers without a model.
const gradeBody = `{"rows":[{"gold":"1","pred":"1"}]}`

// signed is a request as it goes out, signed at a time.
func (s *signers) signed(t testing.TB, key string, at time.Time, path string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "http://localhost"+path, strings.NewReader(gradeBody))
	r.Header.Set("Content-Type", "application/json")
	if err := signature.Sign(r, s.keys[key], at, crand.Text()); err != nil {
		t.Fatal(err)
	}
	r.Body = io.NopCloser(strings.NewReader(gradeBody))
	return r
}

// ask sends a copy of a request to the handler.
func (s *signers) ask(r *http.Request, body string) *httptest.ResponseRecorder {
	r = r.Clone(context.Background())
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// forgeries are what is done to a request on its way.
func forgeries() map[string]func(*rand.Rand, *signers, *http.Request) (body string) {
	flip := func(rnd *rand.Rand, text string) string {
		b := []byte(text)
		at := rnd.IntN(len(b))
		for was := b[at]; b[at] == was; {
			b[at] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=:;\" ()-_"[rnd.IntN(72)]
		}
		return string(b)
	}
	header := func(name string) func(*rand.Rand, *signers, *http.Request) string {
		return func(rnd *rand.Rand, _ *signers, r *http.Request) string {
			r.Header.Set(name, flip(rnd, r.Header.Get(name)))
			return gradeBody
		}
	}
	as := func(do func(*rand.Rand, *signers, *http.Request)) func(*rand.Rand, *signers, *http.Request) string {
		return func(rnd *rand.Rand, s *signers, r *http.Request) string {
			do(rnd, s, r)
			return gradeBody
		}
	}
	return map[string]func(*rand.Rand, *signers, *http.Request) string{
		"a letter of Signature":       header("Signature"),
		"a letter of Signature-Input": header("Signature-Input"),
		"a letter of Content-Digest":  header("Content-Digest"),
		"no Signature":                as(func(_ *rand.Rand, _ *signers, r *http.Request) { r.Header.Del("Signature") }),
		"no Signature-Input":          as(func(_ *rand.Rand, _ *signers, r *http.Request) { r.Header.Del("Signature-Input") }),
		"neither": as(func(_ *rand.Rand, _ *signers, r *http.Request) {
			r.Header.Del("Signature")
			r.Header.Del("Signature-Input")
		}),
		"method": as(func(rnd *rand.Rand, _ *signers, r *http.Request) {
			r.Method = []string{"PUT", "PATCH", "post"}[rnd.IntN(3)]
		}),
		"path": as(func(rnd *rand.Rand, _ *signers, r *http.Request) { r.URL.Path += string(rune('a' + rnd.IntN(26))) }),
		"query": as(func(rnd *rand.Rand, _ *signers, r *http.Request) {
			r.URL.RawQuery += fmt.Sprintf("&x=%d", rnd.IntN(1e6))
		}),
		"host": as(func(rnd *rand.Rand, _ *signers, r *http.Request) {
			r.Host = fmt.Sprintf("127.0.0.1:%d", 1+rnd.IntN(6e4))
		}),
		"late": as(func(rnd *rand.Rand, s *signers, _ *http.Request) {
			s.now = s.now.Add(time.Duration(112+rnd.IntN(1e5)) * time.Second)
		}),
		"early": as(func(rnd *rand.Rand, s *signers, _ *http.Request) {
			s.now = s.now.Add(-time.Duration(112+rnd.IntN(1e5)) * time.Second)
		}),
		"body": func(rnd *rand.Rand, _ *signers, _ *http.Request) string {
			return strings.Replace(gradeBody, `"1"`, fmt.Sprintf(`"%d"`, 2+rnd.IntN(1e6)), 1)
		},
		"again": as(func(*rand.Rand, *signers, *http.Request) {}),
	}
}

// TestOnlyTheFirstGenuinePasses: of ten thousand requests that reach the handler of a server,
// a genuine one passes once, and each that was changed on its way, or comes again, early or
// late, is 401 with one line why, also before the genuine one has come.
func TestOnlyTheFirstGenuinePasses(t *testing.T) {
	s := signing(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	all := forgeries()
	passed, refused := 0, map[string]int{}
	for n := 0; n < 10_000; {
		for name, forge := range all {
			now := s.now
			r := s.signed(t, []string{"hmac-sha256", "ed25519"}[rnd.IntN(2)], now.Add(time.Duration(rnd.IntN(100)-50)*time.Second), "/v1/grade")
			if name == "again" {
				passed += s.genuine(t, r)
			}
			changed := r.Clone(context.Background())
			body := forge(rnd, s, changed)
			w := s.ask(changed, body)
			if s.now = now; w.Code != http.StatusUnauthorized || bytes.Count(w.Body.Bytes(), []byte("\n")) != 1 || !strings.Contains(w.Body.String(), `"detail":"`) {
				t.Errorf("%s: %d %s of %s %s %v", name, w.Code, w.Body, changed.Method, changed.URL, changed.Header)
			}
			refused[name]++
			if name != "again" {
				passed += s.genuine(t, r)
			}
			s.now = now.Add(100 * time.Millisecond)
			n += 2
		}
	}
	sum := 0
	for name, count := range refused {
		t.Logf("%5d refused: %s", count, name)
		sum += count
	}
	t.Logf("%d requests: %d genuine passed once, %d forged or replayed refused", passed+sum, passed, sum)
	if passed != sum || passed+sum < 10_000 {
		t.Errorf("%d passed, %d refused", passed, sum)
	}
}

// genuine is 1 if a request passes.
func (s *signers) genuine(t *testing.T, r *http.Request) int {
	t.Helper()
	if w := s.ask(r, gradeBody); w.Code != http.StatusOK {
		t.Errorf("the genuine one: %d %s", w.Code, w.Body)
		return 0
	}
	return 1
}

// BenchmarkSigned is what a signed request costs at the handler, beside one with a bearer:
// it must be less than 100 µs more.
func BenchmarkSigned(b *testing.B) {
	for _, how := range []string{"bearer", "hmac-sha256", "ed25519"} {
		s := signing(b) // of its own: nonces add up
		b.Run(how, func(b *testing.B) {
			requests := make([]*http.Request, b.N)
			for i := range requests {
				if how != "bearer" {
					requests[i] = s.signed(b, how, s.now, "/v1/grade")
					continue
				}
				requests[i] = httptest.NewRequestWithContext(context.Background(), http.MethodPost, "http://localhost/v1/grade", strings.NewReader(gradeBody))
				requests[i].Header.Set("Content-Type", "application/json")
				requests[i].Header.Set("Authorization", "Bearer "+s.plan)
			}
			b.ResetTimer()
			for _, r := range requests {
				w := httptest.NewRecorder()
				if s.handler.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
			}
		})
	}
}
