// Package redistest starts real Redis servers for tests.
package redistest

import (
	"context"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Server is a redis-server of a test's own, on loopback.
type Server struct {
	URL   string
	t     testing.TB
	port  string
	cmd   *exec.Cmd
	ended chan struct{} // closed once it has
}

// Start starts a server that keeps nothing on disk, and ends it with the test. A test
// is skipped where there is no redis-server; with CI set, it fails.
func Start(t testing.TB) *Server {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no redis-server: .ci/run installs it")
		}
		t.Skip("SKIPPED: there is no redis-server; apt-get install redis-server")
	}
	for range 5 { // another program may take the port meanwhile
		s := &Server{t: t, port: freePort(t)}
		s.URL = "redis://127.0.0.1:" + s.port
		s.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), program, "--port", s.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir()) //nolint:gosec // a test's own
		if err := s.cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			s.Kill()
			<-s.ended // no process of it is left
		})
		if s.up() {
			return s
		}
		s.Kill()
	}
	t.Fatal("redis-server does not start")
	return nil
}

// up waits until the server answers; false if it ended.
func (s *Server) up() bool {
	ended, cmd := make(chan struct{}), s.cmd
	s.ended = ended
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	for range 3000 {
		if s.ask("PING") == "PONG" {
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
	return false
}

// Restart starts the server again at its address, empty, once it was killed.
func (s *Server) Restart() {
	s.t.Helper()
	<-s.ended
	s.cmd = exec.CommandContext(context.WithoutCancel(s.t.Context()), s.cmd.Path, s.cmd.Args[1:]...) //nolint:gosec // a test's own
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	if !s.up() {
		s.t.Fatal("redis-server does not start again")
	}
}

// Kill ends the server at once. It may be called again.
func (s *Server) Kill() { _ = s.cmd.Process.Kill() }

// Do sends a command and returns what redis-cli prints of the reply.
func (s *Server) Do(args ...string) string {
	s.t.Helper()
	return s.ask(args...)
}

func (s *Server) ask(args ...string) string {
	out, _ := exec.CommandContext(context.WithoutCancel(s.t.Context()), "redis-cli", append([]string{"-p", s.port}, args...)...).Output() //nolint:gosec // a test's own
	return strings.TrimSpace(string(out))
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
