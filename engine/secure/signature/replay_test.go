package signature_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine/secure/signature"
)

// attack is what becomes of a genuine request on its way. Each is of a request that was
// not received yet, but for those that send one again.
type attack struct {
	name  string
	after bool // the genuine one was received before
	do    func(t *rapid.T, s *server, r *http.Request, body string)
}

func attacks() []attack {
	nothing := func(*rapid.T, *server, *http.Request, string) {}
	input := func(from, to string) func(*rapid.T, *server, *http.Request, string) {
		return func(_ *rapid.T, _ *server, r *http.Request, _ string) {
			r.Header.Set("Signature-Input", strings.Replace(r.Header.Get("Signature-Input"), from, to, 1))
		}
	}
	return []attack{
		{"sent again", true, nothing},
		{"sent again later in the window", true, func(t *rapid.T, s *server, _ *http.Request, _ string) {
			s.now = s.now.Add(time.Duration(rapid.IntRange(0, 59).Draw(t, "later")) * time.Second)
		}},
		{"sent again with other headers in another order", true, func(_ *rapid.T, _ *server, r *http.Request, _ string) {
			h := http.Header{"X-First": {"1"}}
			for _, name := range []string{"Signature", "Content-Digest", "Signature-Input", "Content-Type"} {
				h[name] = r.Header[name]
			}
			r.Header = h
		}},
		{"61 s late", false, func(t *rapid.T, s *server, r *http.Request, _ string) {
			s.now = created(r).Add(time.Duration(rapid.IntRange(61, 600).Draw(t, "late")) * time.Second)
		}},
		{"61 s early", false, func(t *rapid.T, s *server, r *http.Request, _ string) {
			s.now = created(r).Add(-time.Duration(rapid.IntRange(61, 600).Draw(t, "early")) * time.Second)
		}},
		{"another body", false, func(t *rapid.T, _ *server, r *http.Request, body string) {
			other := rapid.StringN(0, 40, -1).Filter(func(s string) bool { return s != body }).Draw(t, "other")
			r.Body = io.NopCloser(strings.NewReader(other))
		}},
		{"another body with its digest", false, func(_ *rapid.T, s *server, r *http.Request, body string) {
			other := request(r.Method, "http://example.com/", body+" ")
			_ = signature.Sign(other, s.keys["mac"], s.now, rand.Text())
			r.Header["Content-Digest"], r.Body = other.Header["Content-Digest"], other.Body
		}},
		{"components in another order", false, input(`"@method" "@authority"`, `"@authority" "@method"`)},
		{"parameters in another order", false, input(`;nonce=`, `;x=1;nonce=`)},
		{"another key's ID", false, func(_ *rapid.T, _ *server, r *http.Request, _ string) {
			text := r.Header.Get("Signature-Input")
			at := strings.Index(text, `keyid="`) + len(`keyid="`)
			r.Header.Set("Signature-Input", text[:at]+"other"+text[strings.LastIndexByte(text, '"'):])
		}},
		{"the key was rotated", false, func(t *rapid.T, s *server, r *http.Request, _ string) { s.rotate(t, r) }},
		{"a bit of the signature", false, func(t *rapid.T, _ *server, r *http.Request, _ string) {
			text := strings.TrimSuffix(strings.TrimPrefix(r.Header.Get("Signature"), "aimo3=:"), ":")
			value, _ := base64.StdEncoding.DecodeString(text)
			value[rapid.IntRange(0, len(value)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			r.Header.Set("Signature", "aimo3=:"+base64.StdEncoding.EncodeToString(value)+":")
		}},
		{"another method", false, func(_ *rapid.T, _ *server, r *http.Request, _ string) { r.Method += "X" }},
		{"another host", false, func(_ *rapid.T, _ *server, r *http.Request, _ string) { r.Host += "m" }},
		{"another path", false, func(_ *rapid.T, _ *server, r *http.Request, _ string) { r.URL.Path += "/" }},
		{"another query", false, func(_ *rapid.T, _ *server, r *http.Request, _ string) { r.URL.RawQuery += "&" }},
	}
}

// created is when a request was signed.
func created(r *http.Request) time.Time {
	var at int64
	_, rest, _ := strings.Cut(r.Header.Get("Signature-Input"), "created=")
	for _, digit := range rest[:strings.IndexByte(rest, ';')] {
		at = 10*at + int64(digit-'0')
	}
	return time.Unix(at, 0)
}

// rotate gives the key that signed a request another secret.
func (s *server) rotate(t *rapid.T, r *http.Request) {
	_, rest, _ := strings.Cut(r.Header.Get("Signature-Input"), `keyid="`)
	id := strings.TrimSuffix(rest, `"`)
	if id == "ed" {
		seed := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed")
		s.keys[id] = signature.Ed25519(id, ed25519.NewKeyFromSeed(seed))
		return
	}
	s.keys[id] = signature.HMAC(id, append(bytes.Repeat([]byte("n"), 32), rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "secret")...))
}

// TestOnlyTheGenuineFirstRequestPasses: ten thousand requests, signed by clocks that are
// up to a minute wrong, are changed on their way, sent again, or both, also after the
// program was started again. Each that was is refused; each genuine one passes once.
func TestOnlyTheGenuineFirstRequestPasses(t *testing.T) {
	s := fresh(t)
	const batch = 100
	cases, restarts := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		for i := range batch {
			c := rapid.SampledFrom(attacks()).Draw(rt, "attack")
			s.attacked(rt, c, func() {
				if i%50 == 0 {
					s.restart(t)
					restarts++
				}
			})
			cases++
		}
	})
	if cases < 10_000 || restarts < 100 {
		t.Errorf("%d cases, %d restarts", cases, restarts)
	}
	t.Logf("%d cases, %d restarts", cases, restarts)
}

// attacked has one request pass once, and refused as it was changed.
func (s *server) attacked(t *rapid.T, c attack, between func()) {
	s.now = begun.Add(time.Duration(rapid.IntRange(0, 1e6).Draw(t, "now")) * time.Second)
	key := s.keys[rapid.SampledFrom([]string{"mac", "ed", "must"}).Draw(t, "key")]
	body := rapid.StringN(0, 40, -1).Draw(t, "body")
	r := request(rapid.SampledFrom([]string{"GET", "POST", "DELETE"}).Draw(t, "method"), "http://example.com/v1/"+rapid.StringMatching(`[a-z%2F/]{0,8}`).Filter(escaped).Draw(t, "path")+"?x=1", body)
	skew := time.Duration(rapid.IntRange(-60, 59).Draw(t, "skew")) * time.Second // -60 s and 60 s: see below
	if err := signature.Sign(r, key, s.now.Add(skew), rand.Text()); err != nil {
		t.Fatal(err)
	}
	now, keys := s.now, s.keys[key.ID]
	if skew == -signature.Window { // it expires just now
		if _, err := s.Verify(again(r, body)); !refused(err) {
			t.Fatalf("%s: one that expired passed: %v", c.name, err)
		}
		return
	}
	genuine := func() {
		if id, err := s.Verify(again(r, body)); id != key.ID || err != nil {
			t.Fatalf("%s: the genuine one: %q, %v", c.name, id, err)
		}
	}
	if c.after {
		genuine()
		between()
	}
	wrong := again(r, body)
	c.do(t, s, wrong, body)
	if id, err := s.Verify(wrong); !refused(err) {
		t.Fatalf("%s: %q, %v", c.name, id, err)
	}
	s.now, s.keys[key.ID] = now, keys
	if !c.after {
		between()
		genuine()
	}
	if id, err := s.Verify(again(r, body)); !refused(err) {
		t.Fatalf("%s, sent again: %q, %v", c.name, id, err)
	}
}

func refused(err error) bool { return errors.As(err, new(*signature.Refusal)) }

// escaped says whether a path can stand in a URL.
func escaped(path string) bool {
	for at := strings.IndexByte(path, '%'); at >= 0; at = strings.IndexByte(path, '%') {
		if !strings.HasPrefix(path[at:], "%2F") {
			return false
		}
		path = path[at+3:]
	}
	return true
}

// BenchmarkVerify is what a signed request costs more than another: a body of 1 KB, nonces
// in a database on the disk.
func BenchmarkVerify(b *testing.B) {
	s := newServer(b, b.TempDir()+"/aimo3.db")
	body := strings.Repeat("x", 1000)
	for _, key := range []string{"mac", "ed"} {
		b.Run(key, func(b *testing.B) {
			all := make([]*http.Request, b.N)
			for i := range all {
				all[i] = s.signed(b, key, body)
			}
			b.ResetTimer()
			for _, r := range all {
				if _, err := s.Verify(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
