package ollama_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// told are the lines that a logger took, by what they say. It is read when nobody
// logs any more.
type told struct{ bytes.Buffer }

func (l *told) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

func (l *told) said(t *testing.T) string {
	t.Helper()
	var all []string
	for line := range strings.Lines(l.String()) {
		var said struct{ Msg string }
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		all = append(all, said.Msg)
	}
	return strings.Join(all, ", ")
}

// TestServersThatComeAndGoAreLogged once each, however often one looks, and without
// what gives access to them.
func TestServersThatComeAndGoAreLogged(t *testing.T) {
	var log told
	srv := fake.NewServer(t)
	f := newFinder(t, &ollama.Finder{Host: strings.Replace(srv.URL, "://", "://me:sEcret@", 1) + "/?sEcret", Explicit: true, Logger: log.logger()})
	look := func() {
		for range 3 {
			f.Server(t.Context())
		}
	}
	look()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	f.Server(gone) // says nothing of the server
	srv.Close()
	look()
	if got := log.said(t); got != "server found, server lost" || strings.Contains(log.String(), "sEcret") || !strings.Contains(log.String(), `"class":"unreachable","what":"no server answers at ***`) {
		t.Errorf("logged %s:\n%s", got, &log)
	}
	var other told
	nobody := newFinder(t, &ollama.Finder{Host: closedPort(t), Explicit: true, Logger: other.logger()})
	if s := nobody.Server(t.Context()); engine.ClassOf(s.Fault) != engine.Unreachable || other.said(t) != "no server" {
		t.Errorf("%v: logged\n%s", s.Fault, &other)
	}
}

func TestTheLifeOfAServerOfOurOwnIsLogged(t *testing.T) {
	var log told
	l := ownServer(t)
	l.Logger = log.logger()
	host, err := l.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if got := log.said(t); got != "ollama started, ollama ended" || strings.Count(log.String(), `"host":"`+host+`"`) != 2 {
		t.Errorf("logged %s:\n%s", got, &log)
	}
}
