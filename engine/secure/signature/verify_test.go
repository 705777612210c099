package signature_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/store"
)

var begun = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// server is one that verifies, whose program may be started again.
type server struct {
	signature.Verifier
	path string
	db   *store.DB
	now  time.Time
	keys map[string]signature.Key
}

func newServer(t testing.TB, path string) *server {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{path: path, now: begun, keys: map[string]signature.Key{
		"mac": signature.HMAC("mac", bytes.Repeat([]byte("k"), 32)), "ed": signature.Ed25519("ed", private), "must": signature.HMAC("must", bytes.Repeat([]byte("m"), 32)),
	}}
	s.Keys = func(_ context.Context, id string) (signature.Key, bool, error) {
		k, ok := s.keys[id]
		return k, ok, nil
	}
	s.Now = func() time.Time { return s.now }
	s.start(t)
	t.Cleanup(func() { _ = s.db.Close() })
	return s
}

func (s *server) start(t testing.TB) {
	t.Helper()
	db, err := store.Open(context.Background(), s.path, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.db, s.Nonces = db, db.Nonces()
}

func (s *server) restart(t testing.TB) {
	t.Helper()
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s.start(t)
}

func fresh(t testing.TB) *server {
	t.Helper()
	return newServer(t, filepath.Join(t.TempDir(), "aimo3.db"))
}

// request is one that a client made, as a server has it.
func request(method, target, body string) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func (s *server) signed(t testing.TB, key, body string) *http.Request {
	t.Helper()
	r := request(http.MethodPost, "http://Example.com/v1/solve?wait=1", body)
	if err := signature.Sign(r, s.keys[key], s.now, rand.Text()); err != nil {
		t.Fatal(err)
	}
	return r
}

// again is a request sent once more.
func again(r *http.Request, body string) *http.Request {
	c := r.Clone(context.Background())
	c.Body = io.NopCloser(strings.NewReader(body))
	return c
}

// TestGenuine: a request over a real socket is verified, once, and its body can be read.
func TestGenuine(t *testing.T) {
	s := fresh(t)
	heard := make(chan string, 2)
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		id, err := s.Verify(r)
		body, _ := io.ReadAll(r.Body)
		heard <- fmt.Sprint(id, " ", string(body), " ", err)
	}))
	defer web.Close()
	for _, key := range []string{"mac", "ed"} {
		for _, body := range []string{"", `{"problem":"1+1"}`} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, web.URL+"/a%2Fb//c?x=%20y&x=z", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if err := signature.Sign(r, s.keys[key], s.now, rand.Text()); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{key + " " + body + " <nil>", " " + body + " request refused: its nonce was used before"} {
				r.Body = io.NopCloser(strings.NewReader(body))
				reply, err := web.Client().Do(r)
				if err != nil {
					t.Fatal(err)
				}
				_ = reply.Body.Close()
				if got := <-heard; got != want {
					t.Errorf("%s, %q: %s; want %s", key, body, got, want)
				}
			}
		}
	}
}

// TestRefused: anything but what Sign wrote is refused, and uses up no nonce: the genuine
// request passes afterwards.
func TestRefused(t *testing.T) {
	replace := func(header, from, to string) func(*http.Request) {
		return func(r *http.Request) {
			text := r.Header.Get(header)
			if !strings.Contains(text, from) {
				panic(header + " has no " + from)
			}
			r.Header.Set(header, strings.Replace(text, from, to, 1))
		}
	}
	const input, value, digest = "Signature-Input", "Signature", "Content-Digest"
	for _, c := range []struct {
		name   string
		change func(*http.Request)
		why    string
	}{
		{"method", func(r *http.Request) { r.Method = http.MethodPut }, "does not fit"},
		{"host", func(r *http.Request) { r.Host = "example.org" }, "does not fit"},
		{"port", func(r *http.Request) { r.Host = "example.com:8080" }, "does not fit"},
		{"path", func(r *http.Request) { r.URL.Path = "/v1/Solve" }, "does not fit"},
		{"two slashes", func(r *http.Request) { r.URL.Path = "/v1//solve" }, "does not fit"},
		{"escaped slash", func(r *http.Request) { r.URL.RawPath = "/v1%2Fsolve" }, "does not fit"},
		{"query", func(r *http.Request) { r.URL.RawQuery = "wait=2" }, "does not fit"},
		{"body", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(`{"problem":"1+2"}`)) }, "its body is not"},
		{"no body", func(r *http.Request) { r.Body = nil }, "its body is not"},
		{"no digest", func(r *http.Request) { r.Header.Del(digest) }, "0 headers"},
		{"two digests", func(r *http.Request) { r.Header.Add(digest, r.Header.Get(digest)) }, "2 headers"},
		{"another digest", replace(digest, "sha-256", "sha-512"), "does not fit"},
		{"two signatures", func(r *http.Request) { r.Header.Add(value, r.Header.Get(value)) }, "2 headers"},
		{"two signatures in one", func(r *http.Request) { r.Header.Set(value, r.Header.Get(value)+", "+r.Header.Get(value)) }, "nothing else"},
		{"two inputs in one", func(r *http.Request) { r.Header.Set(input, "x=1, "+r.Header.Get(input)) }, "nothing else"},
		{"another label", replace(input, "aimo3=", "sig1="), "nothing else"},
		{"spaces", replace(input, `" "`, `"  "`), "nothing else"},
		{"no signature", func(r *http.Request) { r.Header.Del(value) }, "0 headers"},
		{"half a signature", replace(value, "=:", "=:AAAA"), "does not fit"},
		{"a parameter of the signature", func(r *http.Request) { r.Header.Set(value, r.Header.Get(value)+";a=1") }, "not bytes alone"},
		{"text as a signature", func(r *http.Request) { r.Header.Set(value, `aimo3="x"`) }, "not bytes alone"},
		{"one item as input", func(r *http.Request) { r.Header.Set(input, `aimo3="@method"`) }, "no list"},
		{"no dictionary", func(r *http.Request) { r.Header.Set(input, `(`) }, "its header Signature-Input"},
		{"fewer components", replace(input, ` "content-digest"`, ``), "it covers"},
		{"more components", replace(input, `"content-digest"`, `"content-digest" "date"`), "it covers"},
		{"another order", replace(input, `"@method" "@authority"`, `"@authority" "@method"`), "it covers"},
		{"a component's parameter", replace(input, `"@method"`, `"@method";req`), "not a name alone"},
		{"a token as component", replace(input, `"@method"`, `method`), "it covers"},
		{"an unknown parameter", replace(input, `;nonce`, `;tag="x";nonce`), "its parameters"},
		{"an algorithm", replace(input, `;keyid`, `;alg="hmac-sha256";keyid`), "its parameters"},
		{"no nonce", func(r *http.Request) { replace(input, `;nonce="`+nonceOf(r)+`"`, ``)(r) }, "its parameters"},
		{"a short nonce", func(r *http.Request) { replace(input, nonceOf(r), `short`)(r) }, "too short"},
		{"another nonce", func(r *http.Request) { replace(input, nonceOf(r), `0123456789abcdef0`)(r) }, "does not fit"},
		{"no text as nonce", func(r *http.Request) { replace(input, `"`+nonceOf(r)+`"`, `1`)(r) }, "another type"},
		{"another key", replace(input, `keyid="mac"`, `keyid="must"`), "does not fit"},
		{"no such key", replace(input, `keyid="mac"`, `keyid="none"`), "no such key"},
		{"expires later", replace(input, `expires=1795780860`, `expires=1795780900`), "does not fit"},
		{"expires in a year", replace(input, `expires=1795780860`, `expires=1827316860`), "to be good for"},
		{"expired", replace(input, `expires=1795780860`, `expires=1795780800`), "to be good for"},
		{"created a minute earlier", replace(input, `created=1795780800`, `created=1795780740`), "does not fit"},
		{"created two minutes earlier", replace(input, `created=1795780800`, `created=1795780680`), "2m0s ago"},
	} {
		t.Run(c.name, func(t *testing.T) { refusedOnly(t, c.change, c.why) })
	}
}

// refusedOnly: a request that was changed is refused, and then the genuine one passes.
func refusedOnly(t *testing.T, change func(*http.Request), why string) {
	t.Helper()
	const body = `{"problem":"1+1"}`
	s := fresh(t)
	genuine := s.signed(t, "mac", body)
	wrong := again(genuine, body)
	change(wrong)
	id, err := s.Verify(wrong)
	var refused *signature.Refusal
	if !errors.As(err, &refused) || id != "" || !strings.Contains(err.Error(), why) {
		t.Errorf("%q, %v; want it refused: %s", id, err, why)
	}
	if id, err := s.Verify(again(genuine, body)); id != "mac" || err != nil {
		t.Errorf("the genuine one: %q, %v", id, err)
	}
}

// nonceOf is the nonce of a request.
func nonceOf(r *http.Request) string {
	_, rest, _ := strings.Cut(r.Header.Get("Signature-Input"), `nonce="`)
	nonce, _, _ := strings.Cut(rest, `"`)
	return nonce
}

// TestTooLarge: a body beyond the bound is an error of its own, signed or verified.
func TestTooLarge(t *testing.T) {
	s := fresh(t)
	large := strings.Repeat("x", signature.MaxBody+1)
	tooLarge := new(*http.MaxBytesError)
	if err := signature.Sign(request(http.MethodPost, "/", large), s.keys["mac"], s.now, rand.Text()); !errors.As(err, tooLarge) {
		t.Errorf("signed: %v", err)
	}
	r := s.signed(t, "mac", large[1:])
	if _, err := s.Verify(again(r, large)); !errors.As(err, tooLarge) {
		t.Errorf("verified: %v", err)
	}
	if id, err := s.Verify(r); id != "mac" || err != nil {
		t.Errorf("of the bound: %q, %v", id, err)
	}
}

// TestRefusedKey: that a key lets nobody in is told to who can sign by it, and uses up no
// nonce; what cannot be read of keys is no refusal.
func TestRefusedKey(t *testing.T) {
	s := fresh(t)
	k := s.keys["mac"]
	k.Refused = "revoked"
	s.keys["mac"], s.keys["must"] = k, k
	genuine := s.signed(t, "mac", "")
	forged := again(genuine, "")
	forged.Method = http.MethodPut
	for want, r := range map[string]*http.Request{"request refused: its key is revoked": genuine, "does not fit": forged} {
		if _, err := s.Verify(again(r, "")); !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	k.Refused = ""
	s.keys["mac"] = k
	if _, err := s.Verify(again(genuine, "")); err != nil {
		t.Error(err)
	}
	broken := errors.New("disk I/O error")
	s.Keys = func(context.Context, string) (signature.Key, bool, error) { return k, true, broken }
	if _, err := s.Verify(s.signed(t, "mac", "")); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// TestOneOfMany: of many who send one request at once, to two programs that share a
// database, one passes.
func TestOneOfMany(t *testing.T) {
	one := fresh(t)
	other := newServer(t, one.path)
	other.keys = one.keys
	r := one.signed(t, "ed", "x")
	var passed atomic.Int64
	var wg sync.WaitGroup
	for i := range 40 {
		s := []*server{one, other}[i%2]
		wg.Go(func() {
			switch id, err := s.Verify(again(r, "x")); {
			case err == nil && id == "ed":
				passed.Add(1)
			case !errors.As(err, new(*signature.Refusal)):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if passed.Load() != 1 {
		t.Errorf("%d passed", passed.Load())
	}
}

const pemKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
`

// TestKeys: what can be a key, and that it does not print its secret.
func TestKeys(t *testing.T) {
	secret := strings.Repeat("s", 43) // as long as that of an API key
	k, err := signature.ParseKey("id", " "+secret+"\n")
	within := struct{ k signature.Key }{signature.HMAC("id", []byte(secret))}
	if err != nil || strings.Contains(fmt.Sprintf("%v %+v %#v %s", k, k, &k, k), "sss") || strings.Contains(fmt.Sprintf("%v %+v", within, &within), "115 115") || fmt.Sprint(k) != "id" {
		t.Errorf("%v, %v, %v", k, within, err)
	}
	for _, text := range []string{
		"", secret[1:], secret + "s", secret[2:] + "+=", secret[1:] + " s", "-----BEGIN", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
		"\ufeff" + pemKey, pemKey[1:], "key:\n" + pemKey, pemKey + pemKey, pemKey[:len(pemKey)-20], strings.ReplaceAll(pemKey, "\n", ""), strings.ReplaceAll(pemKey, "\n", " "),
		strings.Split(pemKey, "\n")[1],
	} {
		if _, err := signature.ParseKey("id", text); err == nil || strings.Contains(err.Error(), "sss") {
			t.Errorf("%q is a key: %v", text, err)
		}
	}
	for _, c := range []struct{ id, nonce string }{{"", rand.Text()}, {strings.Repeat("i", 65), rand.Text()}, {"id", "short"}, {"id", strings.Repeat("n", 65)}, {"id", "with a line\nbreak"}} {
		if err := signature.Sign(request(http.MethodGet, "/", ""), signature.HMAC(c.id, []byte(secret)), begun, c.nonce); err == nil {
			t.Errorf("signed by %q with %q", c.id, c.nonce)
		}
	}
	if err := signature.Sign(request(http.MethodGet, "/", ""), signature.Ed25519Public("id", make(ed25519.PublicKey, 32)), begun, rand.Text()); err == nil {
		t.Error("a public key signed")
	}
}
