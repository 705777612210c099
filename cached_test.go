package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache/redis"
	"github.com/aimo3/aimo3/engine/cache/redis/redistest"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/tui/cli"
)

// process runs the program in a process of its own, in an empty environment but for
// what is given.
func process(t *testing.T, env []string, args ...string) (out, said string, code int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...) //nolint:gosec // this program
	cmd.Env = append(env, programming+"=1", "HOME="+t.TempDir())
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// counted is a server of one model that always finds 4, and how often it was asked.
func counted(t *testing.T) (url string, asked func() int) {
	t.Helper()
	srv := fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()})
	srv.Install(fake.Model{Name: "able:1b", Shape: map[string]any{"general.architecture": "able", "able.context_length": 40960}})
	return srv.URL, func() int { return len(srv.Asked()) }
}

// TestProgramsShareTheCache: of two programs with databases of their own, the second
// has its verdict from Redis; once Redis is killed both go on, and say so once.
func TestProgramsShareTheCache(t *testing.T) {
	s := redistest.Start(t)
	host, asked := counted(t)
	solve := func(db string, args ...string) (wire.Attempt, string) {
		t.Helper()
		args = append([]string{"solve", "What is 2+2?", "--json", "--samples", "1", "--tools", "off", "--host", host, "--db", db, "--cache-redis", s.URL}, args...)
		out, said, code := process(t, nil, args...)
		var f wire.Attempt
		if err := json.Unmarshal([]byte(out), &f); err != nil || code != 0 || f.Verdict == nil || f.Verdict.Answer != "4" {
			t.Fatalf("exit code %d, %v\n%s\n%s", code, err, out, said)
		}
		return f, said
	}
	one, other := filepath.Join(t.TempDir(), "one.db"), filepath.Join(t.TempDir(), "other.db")
	first, _ := solve(one)
	second, said := solve(other)
	if first.Cached != nil || second.Cached == nil || second.Cached.Here || second.Attempt != first.Attempt || asked() != 1 {
		t.Errorf("first %+v, second %+v of attempt %s after %d requests", first.Cached, second.Cached, second.Attempt, asked())
	}
	if !strings.HasPrefix(second.Cached.Tier, "Redis at 127.0.0.1:") || !strings.Contains(said, "cached just now elsewhere") || len(second.Samples) != 1 {
		t.Errorf("from %s with %d samples; said %s", second.Cached.Tier, len(second.Samples), said)
	}
	s.Kill()
	for db, want := range map[string]bool{one: true, other: false} { // what one solved itself its database has too
		f, said := solve(db)
		if (f.Cached != nil) != want {
			t.Errorf("%s without Redis: cached %+v", filepath.Base(db), f.Cached)
		}
		if n := strings.Count(said, "the cache in Redis at"); n != map[bool]int{false: 1}[want] {
			t.Errorf("%s: warned %d times\n%s", filepath.Base(db), n, said)
		}
	}
	if asked() != 2 {
		t.Errorf("%d requests, want 2", asked())
	}
	if _, said, code := process(t, nil, "cache", "clear", "--db", one, "--cache-redis", s.URL); code != 3 || !strings.Contains(said, "cannot clear the cache in Redis at 127.0.0.1:") {
		t.Errorf("cache clear without Redis: exit code %d, %s", code, said)
	}
}

// TestBentCache: a cached verdict that was damaged in the database is solved anew, and
// the database is sound.
func TestBentCache(t *testing.T) {
	host, asked := counted(t)
	path := filepath.Join(t.TempDir(), "aimo3.db")
	solve := []string{"solve", "What is 2+2?", "--samples", "1", "--tools", "off", "--host", host, "--db", path}
	process(t, nil, solve...)
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, bytes.ReplaceAll(text, []byte(`"attempt":{"id"`), []byte(`"attempt":{"Id"`)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, said, code := process(t, nil, solve...)
	if asked() != 2 || code != 0 || strings.Contains(said, "cached") {
		t.Errorf("%d requests, exit code %d\n%s\n%s", asked(), code, out, said)
	}
	if _, said, _ = process(t, nil, solve...); asked() != 2 || !strings.Contains(said, "cached just now") {
		t.Errorf("%d requests after it was solved anew\n%s", asked(), said)
	}
	if out, said, code := process(t, nil, "history", "list", "--db", path); code != 0 {
		t.Errorf("exit code %d\n%s\n%s", code, out, said)
	}
}

// TestTheAppAsksTheCache: what the command solved the app shows, and the other way
// round.
func TestTheAppAsksTheCache(t *testing.T) {
	host, asked := counted(t)
	path := filepath.Join(t.TempDir(), "aimo3.db")
	process(t, nil, "solve", "What is 2+2?", "--samples", "1", "--tools", "off", "--host", host, "--db", path)
	db, err := store.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	servers, notebooks := find([]string{host}, nil), &compute.Notebooks{}
	defer func() { _ = closeAll(servers) }()
	p := program()
	k, plan := kept{db}, engine.Plan{Samples: 1, Tools: engine.ToolsOff}
	s := cli.Screen{Settings: cli.Settings{Plan: plan}, Store: k, Cache: &desk.Caching{Tiers: nil, Stored: k.Stored, Tools: p.Tools}}
	s.Cache.Tiers = append(s.Cache.Tiers, k.Cache())
	o := screens(s, servers, notebooks, new(atomic.Uint64))
	problem, _ := engine.NewProblem("typed", "What is 2+2?")
	hit, ok := o.Env.Cached(t.Context(), problem, plan)
	if !ok || !hit.Here || hit.Attempt.Verdict.Answer != "4" || asked() != 1 {
		t.Errorf("%+v, %v after %d requests", hit, ok, asked())
	}
	other, _ := engine.NewProblem("typed", "What is 1+3?")
	if err := o.Solve(t.Context(), engine.NewAttemptID(time.Now()), other, plan); err != nil {
		t.Fatal(err)
	}
	if _, said, _ := process(t, nil, "solve", "What is 1+3?", "--samples", "1", "--tools", "off", "--host", host, "--db", path); !strings.Contains(said, "cached just now") || asked() != 2 {
		t.Errorf("%d requests; said %s", asked(), said)
	}
}

// BenchmarkTiers reads a value of 10 kB from the database and from Redis.
func BenchmarkTiers(b *testing.B) {
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "aimo3.db"), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	shared, err := redis.New(redistest.Start(b).URL, secure.Secret{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = shared.Close() }()
	value, until := bytes.Repeat([]byte("x"), 10_000), time.Now().Add(time.Hour)
	for _, t := range []cli.SharedCache{shared, closing{db.Cache()}} {
		if err := t.Put(b.Context(), "k", value, "", until); err != nil {
			b.Fatal(err)
		}
		b.Run(strings.Fields(t.Name())[0], func(b *testing.B) {
			for b.Loop() {
				if v, err := t.Get(context.Background(), "k"); v == nil || err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// closing is the database's cache, which the database closes.
type closing struct{ *store.Cache }

func (closing) Close() error { return nil }
