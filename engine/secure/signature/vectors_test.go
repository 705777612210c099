package signature

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"strings"
	"testing"

	"github.com/dunglas/httpsfv"
)

// vectors are those of RFC 9421, appendix B.2, that use our algorithms. Both algorithms
// give the same signature every time.
func vectors(t *testing.T) []struct {
	section, input, base, value string
	key                         Key
} {
	secret, err := base64.StdEncoding.DecodeString("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")
	if err != nil {
		t.Fatal(err)
	}
	private, err := ParseKey("test-key-ed25519", `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
`)
	if err != nil {
		t.Fatal(err)
	}
	return []struct {
		section, input, base, value string
		key                         Key
	}{
		{
			"B.2.5", `("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"`,
			`"date": Tue, 20 Apr 2021 02:07:55 GMT
"@authority": example.com
"content-type": application/json
"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"`,
			"pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=", HMAC("test-shared-secret", secret),
		},
		{
			"B.2.6", `("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
			`"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
			"wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==", private,
		},
	}
}

// vectorRequest is the request of appendix B.2.
func vectorRequest(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://example.com/foo?param=Value&Pet=dog", strings.NewReader(`{"hello": "world"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{
		"Date": {"Tue, 20 Apr 2021 02:07:55 GMT"}, "Content-Type": {"application/json"}, "Content-Length": {"18"},
		"Content-Digest": {"sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"},
	}
	return r
}

// TestVectors: base and signature of the RFC's examples are made, byte for byte, and
// verified; one bit more or less is not.
func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		list, err := httpsfv.UnmarshalList([]string{v.input})
		if err != nil {
			t.Fatal(err)
		}
		input, ok := list[0].(httpsfv.InnerList)
		if !ok {
			t.Fatalf("%s: not a list", v.section)
		}
		text, err := base(vectorRequest(t), input, v.input)
		if err != nil || text != v.base {
			t.Errorf("%s: base %q, %v; want %q", v.section, text, err, v.base)
		}
		value, err := v.key.sign(text)
		if got := base64.StdEncoding.EncodeToString(value); err != nil || got != v.value {
			t.Errorf("%s: signature %s, %v; want %s", v.section, got, err, v.value)
		}
		if !v.key.verify(text, value) {
			t.Errorf("%s: its own signature does not fit", v.section)
		}
		value[0] ^= 1
		if v.key.verify(text, value) || v.key.verify(text, nil) {
			t.Errorf("%s: another signature fits", v.section)
		}
	}
}

// TestVectorsPublicKey: the public key that the RFC prints is that of its private key.
func TestVectorsPublicKey(t *testing.T) {
	block, _ := pem.Decode([]byte("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n"))
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	public, ok := parsed.(ed25519.PublicKey)
	if err != nil || !ok {
		t.Fatalf("%T, %v", parsed, err)
	}
	v := vectors(t)[1]
	value, err := base64.StdEncoding.DecodeString(v.value)
	if err != nil || !Ed25519Public("x", public).verify(v.base, value) {
		t.Errorf("the RFC's public key does not verify B.2.6: %v", err)
	}
	if _, err := Ed25519Public("x", public).sign(v.base); err == nil {
		t.Error("a public key signs")
	}
}

// TestDerived: components as RFC 9421, section 2.2, has them.
func TestDerived(t *testing.T) {
	for _, c := range []struct{ url, name, want string }{
		{"https://www.Example.com:443/path", "@authority", "www.example.com"},
		{"http://example.com:80", "@authority", "example.com"},
		{"http://example.com:443", "@authority", "example.com:443"},
		{"https://example.com", "@path", "/"},
		{"https://example.com/a%2Fb/%61//c/../d", "@path", "/a%2Fb/%61//c/../d"},
		{"https://example.com/path", "@query", "?"},
		{"https://example.com/path?param=value&foo=bar&baz=bat%2Dman", "@query", "?param=value&foo=bar&baz=bat%2Dman"},
		{"https://example.com/path?queryString", "@query", "?queryString"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := component(r, c.name); err != nil || got != c.want {
			t.Errorf("%s of %s is %q, %v; want %q", c.name, c.url, got, err, c.want)
		}
	}
	r := vectorRequest(t)
	r.Header["X-Two"] = []string{" a ", "b"}
	r.Header["X-Lines"] = []string{"a\nb"}
	if got, err := component(r, "x-two"); err != nil || got != "a, b" {
		t.Errorf("two values are %q, %v", got, err)
	}
	for _, name := range []string{"x-none", "X-Two", "@status", "x-lines"} {
		if got, err := component(r, name); err == nil {
			t.Errorf("%s is %q", name, got)
		}
	}
}
