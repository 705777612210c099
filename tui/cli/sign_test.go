package cli

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/secure/signature"
)

// TestSignedByCurl: the line that is printed is run as it is, by a shell and curl, and what
// arrives is verified, once.
func TestSignedByCurl(t *testing.T) {
	for _, program := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("NOT TESTED: there is no %s", program)
		}
	}
	b := newBench(t)
	secret := strings.Repeat("s3cret", 8)[:43]
	v := signature.Verifier{
		Keys: func(_ context.Context, id string) (signature.Key, bool, error) {
			return signature.FromDigest(id, sha256.Sum256([]byte(secret))), id == "k1", nil
		},
		Nonces: b.db().Nonces(), Now: b.program().Now,
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, err := v.Verify(r)
		body, _ := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = io.WriteString(w, strings.Join([]string{id, r.Method, r.RequestURI, r.Header.Get("Content-Type"), string(body)}, " "))
	}))
	defer web.Close()
	body := filepath.Join(t.TempDir(), "it's $HOME `x`.json")
	key := filepath.Join(t.TempDir(), "key")
	for path, text := range map[string]string{body: `{"x":"'1+1'"}`, key: secret + "\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.env["AIMO3_SIGNING_KEY_FILE"] = key
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"POST", web.URL + "/v1/a%2Fb/../c[1-3]?q='$(x)'&y={z}", "--body", body}, `k1 POST /v1/a%2Fb/../c[1-3]?q='$(x)'&y={z} application/json {"x":"'1+1'"}`},
		{[]string{"GET", web.URL}, "k1 GET /  "},
		{[]string{"DELETE", web.URL + "/x"}, "k1 DELETE /x  "},
	} {
		b.wantCode(b.run(append([]string{"sign", "--key-id", "k1"}, c.args...)...), 0)
		line := b.out.String()
		if strings.Contains(line, "s3cret") || strings.Count(line, "\n") != 1 {
			t.Errorf("printed %s", line)
		}
		if got := runLine(t, line); got != c.want {
			t.Errorf("%s\narrived as %q, want %q", line, got, c.want)
		}
		if got := runLine(t, line); strings.HasPrefix(got, "k1") {
			t.Errorf("sent again it passed: %s", got)
		}
	}
}

func runLine(t *testing.T, line string) string {
	t.Helper()
	out, err := exec.CommandContext(context.WithoutCancel(t.Context()), "sh", "-c", strings.TrimSpace(line)+" --silent --show-error --noproxy '*'").Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return string(out)
}

// TestSignRefuses: what cannot be signed is said, without the secret.
func TestSignRefuses(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, make([]byte, signature.MaxBody+1), 0o600); err != nil {
		t.Fatal(err)
	}
	secret := strings.Repeat("s3cret", 8)[:43]
	wide := filepath.Join(t.TempDir(), "wide")
	if err := errors.Join(os.WriteFile(wide, []byte(secret), 0o600), os.Chmod(wide, 0o640)); err != nil {
		t.Fatal(err)
	}
	whole := "aimo3_0123456789_" + secret
	for _, c := range []struct {
		name, secret, file string
		args               []string
		want               string
	}{
		{"no key ID", secret, "", []string{"GET", "http://a/"}, "--key-id"},
		{"no secret", "", "", []string{"GET", "http://a/", "--key-id", "k"}, "AIMO3_SIGNING_KEY"},
		{"two secrets", secret, large, []string{"GET", "http://a/", "--key-id", "k"}, "set one of them"},
		{"a short secret", secret[1:], "", []string{"GET", "http://a/", "--key-id", "k"}, "neither the secret of an API key nor"},
		{"a long secret", secret + "s", "", []string{"GET", "http://a/", "--key-id", "k"}, "neither the secret of an API key nor"},
		{"half a key", whole[:50], "", []string{"GET", "http://a/", "--key-id", "k"}, "neither the secret of an API key nor"},
		{"another ID than the key's", whole, "", []string{"GET", "http://a/", "--key-id", "k"}, "the key is 0123456789, not k"},
		{"PEM that is cut off", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI s3cret", "", []string{"GET", "http://a/", "--key-id", "k"}, "the PEM is not whole"},
		{"PEM without its first dash", "----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----", "", []string{"GET", "http://a/", "--key-id", "k"}, "the PEM is not whole"},
		{"the inside of PEM", "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF", "", []string{"GET", "http://a/", "--key-id", "k"}, "neither the secret of an API key nor"},
		{"no file of the secret", "", large + "x", []string{"GET", "http://a/", "--key-id", "k"}, "cannot read the secret in"},
		{"a large secret", "", large, []string{"GET", "http://a/", "--key-id", "k"}, "larger than"},
		{"a secret that others can read", "", wide, []string{"GET", "http://a/", "--key-id", "k"}, "can be read by others: its mode is 0640"},
		{"a large body", secret, "", []string{"POST", "http://a/", "--key-id", "k", "--body", large}, "larger than"},
		{"a folder as body", secret, "", []string{"POST", "http://a/", "--key-id", "k", "--body", filepath.Dir(large)}, "not a file"},
		{"no host", secret, "", []string{"GET", "/v1", "--key-id", "k"}, "cannot sign"},
		{"a file", secret, "", []string{"GET", "file:///etc/passwd", "--key-id", "k"}, "cannot sign"},
		{"a password", secret, "", []string{"GET", "http://a:b@c/", "--key-id", "k"}, "cannot sign"},
		{"no method", secret, "", []string{"G T", "http://a/", "--key-id", "k"}, "cannot sign"},
		{"a long key ID", secret, "", []string{"GET", "http://a/", "--key-id", strings.Repeat("k", 65)}, "cannot sign"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.env["AIMO3_SIGNING_KEY"], b.env["AIMO3_SIGNING_KEY_FILE"] = c.secret, c.file
			b.wantCode(b.run(append([]string{"sign"}, c.args...)...), 2)
			if said := b.err.String(); !strings.Contains(said, c.want) || strings.Contains(said, "s3cret") || b.out.Len() > 0 {
				t.Errorf("said %s, printed %s", said, &b.out)
			}
		})
	}
}
