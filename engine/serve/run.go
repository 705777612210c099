package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// closeTimeout is how long connections may take to end once no attempt runs.
const closeTimeout = 5 * time.Second

// Listening says where a server is reached.
type Listening struct {
	Address     string // host and port
	CertFile    string // of TLS, in PEM; read again when it changes
	KeyFile     string
	BehindProxy bool // something in front of the server sees to TLS, and to who may ask
}

// check refuses to be open to a network without a key and without TLS.
func (l Listening) check(keys bool) error {
	host, port, err := net.SplitHostPort(l.Address)
	switch {
	case err != nil, !isPlain(host, ":%"), !isPlain(port, ""): // it is not shown: a password may be in it
		return refused("the address to listen on has no host and port", "give one such as 127.0.0.1:8000")
	case (l.CertFile == "") != (l.KeyFile == ""):
		return refused("TLS needs a certificate and its key", "give both files")
	case isLoopback(host) || l.BehindProxy || keys && l.CertFile != "":
		return nil
	case !keys:
		return refused("there is no key, and "+l.Address+" can be reached from elsewhere", "listen on 127.0.0.1, or make a key, or put a proxy that asks for one in front and say --insecure-behind-proxy")
	}
	return refused("without TLS keys could be read on their way to "+l.Address, "give --tls-cert and --tls-key, or put a proxy with TLS in front and say --insecure-behind-proxy")
}

// isPlain says whether a text has only what names and numbers of hosts and ports have, and,
// if it is an address of IPv6, more.
func isPlain(text, more string) bool {
	if !strings.Contains(text, ":") {
		more = ""
	}
	return strings.IndexFunc(text, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("-._"+more, r)
	}) < 0
}

func refused(what, todo string) error {
	return &engine.Fault{Class: engine.Invalid, What: what, Todo: todo}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Run answers requests until ctx ends, and then for as long as attempts need to end,
// at most Options.Drain; attempts that an earlier server had to leave go on. Ready is
// told where it listens; it may be nil. On loopback no key is needed, unless a proxy may
// have brought the request from elsewhere; one that is shown is checked.
func (s *API) Run(ctx context.Context, l Listening, ready func(net.Addr)) error {
	if err := l.check(s.with.Keyed); err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(l.Address) // it was checked
	s.open, s.proxied = isLoopback(host) && !l.BehindProxy, l.BehindProxy
	defer s.refused.Close()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.Address)
	if err != nil {
		return &engine.Fault{Class: engine.Invalid, What: "cannot listen on " + l.Address, Todo: "choose another address with --listen", Err: err}
	}
	server := s.server()
	if l.CertFile != "" {
		if server.TLSConfig, err = s.secured(l); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	if err := s.hub.goOn(ctx); err != nil {
		s.with.Log.Warn("attempts do not go on", "class", engine.ClassOf(err), "what", engine.Hint(err))
	}
	s.gate = newGate(listener, s.bounds.conns, s.connsOfOne())
	if ready != nil {
		ready(listener.Addr())
	}
	return s.serve(ctx, server, s.gate)
}

// connsOfOne is how many connections one address may have; a proxy's stands for all clients.
func (s *API) connsOfOne() int {
	if s.proxied {
		return s.bounds.conns
	}
	return s.bounds.perAddress
}

func (s *API) server() *http.Server {
	return &http.Server{
		Handler: s.handler, ReadHeaderTimeout: s.bounds.header, ReadTimeout: s.bounds.read, IdleTimeout: s.bounds.idle,
		MaxHeaderBytes: s.bounds.headerBytes, ErrorLog: slog.NewLogLogger(s.with.Log.Handler(), slog.LevelDebug),
		HTTP2: &http.HTTP2Config{MaxConcurrentStreams: 100, WriteByteTimeout: s.bounds.write, SendPingTimeout: s.bounds.keepAlive},
	}
}

// serve serves until ctx ends, and drains.
func (s *API) serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	var work sync.WaitGroup
	failed := make(chan error, 1)
	work.Go(func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	})
	living, stop := context.WithCancel(context.WithoutCancel(ctx))
	work.Go(func() { s.keepAlive(living) })
	work.Go(func() { s.keepLooking(living) })
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		s.with.Log.Info("draining", "timeout_ns", s.with.Drain)
	}
	s.hub.drain(s.with.Drain)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	if server.Shutdown(end) != nil {
		_ = server.Close() // who still takes nothing is cut off
	}
	stop()
	work.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// keepAlive wakes listeners now and then, so that each sends a sign of life, and ends those
// whose key has ended.
func (s *API) keepAlive(ctx context.Context) {
	tick := time.NewTicker(s.bounds.keepAlive)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.endRefused(ctx)
			s.hub.nudge()
			s.tellServing()
		case <-ctx.Done():
			return
		}
	}
}

// secured is TLS 1.3 with the certificate of a file, whose names are names of this
// server.
func (s *API) secured(l Listening) (*tls.Config, error) {
	files := &certificate{cert: l.CertFile, key: l.KeyFile}
	first, err := files.get(nil)
	if err != nil {
		return nil, &engine.Fault{Class: engine.Invalid, What: "cannot use the certificate " + l.CertFile, Todo: "check both files", Err: err}
	}
	s.with.Hosts = append(s.with.Hosts, first.Leaf.DNSNames...)
	for _, ip := range first.Leaf.IPAddresses {
		s.with.Hosts = append(s.with.Hosts, ip.String())
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, GetCertificate: files.get}, nil
}

// certificate is read from its files, again when they have changed.
type certificate struct {
	cert, key string

	mu   sync.Mutex
	at   time.Time
	read *tls.Certificate
}

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, err := os.Stat(c.cert)
	if err == nil && c.read != nil && at.ModTime().Equal(c.at) {
		return c.read, nil
	}
	read, failed := tls.LoadX509KeyPair(c.cert, c.key)
	switch {
	case err == nil && failed == nil:
		c.read, c.at = &read, at.ModTime()
	case c.read == nil:
		return nil, errors.Join(err, failed)
	} // else half of a new pair is there: the old one still serves
	return c.read, nil
}
