package serve

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// certified writes a certificate of that name and its key.
func certified(t *testing.T, dir, name string) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	cert, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})
	for path, text := range map[string][]byte{certFile: text, keyFile: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return certFile, keyFile, pool
}

// secured runs a server with TLS and is its address.
func secured(t *testing.T, certFile, keyFile string) string {
	t.Helper()
	r := start(t, nil, replies("42"))
	s := newServer(r.with, r.bounds)
	ctx, cancel := context.WithCancel(t.Context())
	at, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() {
		done <- s.Run(ctx, Listening{Address: "127.0.0.1:0", CertFile: certFile, KeyFile: keyFile}, func(a net.Addr) { at <- a })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	select {
	case a := <-at:
		return a.String()
	case err := <-done:
		done <- nil
		t.Fatal(err)
	}
	return ""
}

// status asks for /readyz under a name.
func status(t *testing.T, address, host string, config *tls.Config) (int, string, error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: config, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		},
	}}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+host+"/readyz", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Proto, nil
}

// TestTLS: it is 1.3, its certificate's names are those of the server, and a new
// certificate is taken without a start.
func TestTLS(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile, pool := certified(t, dir, "aimo3.test")
	address := secured(t, certFile, keyFile)
	if got, proto, err := status(t, address, "aimo3.test", &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}); got != 200 || proto != "HTTP/2.0" || err != nil {
		t.Errorf("%d %s %v", got, proto, err)
	}
	if got, _, err := status(t, address, "other.test", &tls.Config{RootCAs: pool, ServerName: "aimo3.test", MinVersion: tls.VersionTLS13}); got != http.StatusMisdirectedRequest {
		t.Errorf("another name: %d %v", got, err)
	}
	if _, _, err := status(t, address, "aimo3.test", &tls.Config{RootCAs: pool, MaxVersion: tls.VersionTLS12}); err == nil { //nolint:gosec // it is refused
		t.Error("TLS 1.2 is spoken")
	}
	_, _, renewed := certified(t, dir, "aimo3.test")
	if err := os.Chtimes(certFile, time.Now(), time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if got, _, err := status(t, address, "aimo3.test", &tls.Config{RootCAs: renewed, MinVersion: tls.VersionTLS13}); got != 200 {
		t.Errorf("renewed: %d %v", got, err)
	}
}

// TestResets: a client that begins streams and resets them at once harms nobody.
func TestResets(t *testing.T) {
	certFile, keyFile, pool := certified(t, t.TempDir(), "aimo3.test")
	address := secured(t, certFile, keyFile)
	config := &tls.Config{RootCAs: pool, ServerName: "aimo3.test", NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS13}
	c, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	go func() { _, _ = io.Copy(io.Discard, c) }()
	_, _ = io.WriteString(c, http2.ClientPreface)
	f := http2.NewFramer(c, nil)
	_ = f.WriteSettings()
	var block bytes.Buffer
	encode := hpack.NewEncoder(&block)
	for _, h := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "aimo3.test"}, {":path", "/v1/attempts"}} {
		_ = encode.WriteField(hpack.HeaderField{Name: h[0], Value: h[1]})
	}
	for stream := uint32(1); stream < 20_000; stream += 2 {
		if f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block.Bytes(), EndStream: true, EndHeaders: true}) != nil ||
			f.WriteRSTStream(stream, http2.ErrCodeCancel) != nil {
			break // it was cut off, which is right
		}
		block.Reset() // the rest is known by its index
		for i := range 4 {
			block.WriteByte(0x80 | byte(62+3-i))
		}
	}
	if got, _, err := status(t, address, "aimo3.test", &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}); got != 200 {
		t.Errorf("another: %d %v", got, err)
	}
}

// TestGate: of connections beyond the bounds each is closed at once, and those that
// leave make room.
func TestGate(t *testing.T) {
	g := newGate(nil, 3, 2)
	for i, from := range []string{"192.0.2.1", "192.0.2.1", "192.0.2.1", "127.0.0.1", "192.0.2.2"} {
		if got, want := g.enter(from), i != 2 && i != 4; got != want {
			t.Errorf("connection %d of %s: %v, want %v", i, from, got, want)
		}
	}
	s := newServer(Options{}, bounds{conns: 9, perAddress: 2})
	g6 := newGate(nil, 9, s.connsOfOne())
	for i, from := range []string{"2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1", "::1", "::1", "::1"} {
		if got, want := g6.enter(from), i != 2; got != want {
			t.Errorf("connection %d of %s: %v, want %v", i, from, got, want)
		}
	}
	if s.proxied = true; s.connsOfOne() != 9 {
		t.Error("the address of a proxy is bounded")
	}
	g.leave("192.0.2.1")
	if !g.enter("192.0.2.2") || g.enter("127.0.0.1") || len(g.from) != 3 {
		t.Errorf("after one has left: %v", g.from)
	}
}
