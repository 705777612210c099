// Command aimo3 solves olympiad mathematics with a local language model.
package main

import (
	"cmp"
	"context"
	"errors"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache/redis"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
	"github.com/aimo3/aimo3/engine/compute/python/embedded"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/ollama"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/cli/logbook"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

const seats = 4 // replies that a server of our own gives at once

func main() {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	// Nobody receives it: a write to a broken pipe is now an error like others.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	p := program()
	log.SetFlags(0)
	log.SetOutput(logbook.Std(p.Log.Log())) // net/http would write across the screens
	return cli.Run(ctx, p, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// program is what the commands stand on.
func program() cli.Program {
	book, metrics := logbook.New(), observe.New(observe.Options{})
	l := logging{book, book.Log(), metrics}
	return cli.Program{
		Connect: l.connect, Open: l.open, OpenToRead: openToRead, Look: monitor.Look, Engines: engines, App: app, Getenv: os.Getenv, Now: time.Now,
		Tools: python.Version(), Redis: sharedCache, Unreadable: store.Unreadable, PutAside: store.PutAside, Recover: recovered, ShowHost: ollama.ShowHost,
		Environ: os.Environ, Log: book, Metrics: metrics,
	}
}

// engines are what can run code, the fullest first.
func engines(unsafePython bool, say func(string)) []compute.Engine {
	level := map[bool]launcher.Level{true: launcher.None}[unsafePython] // else the best there is
	return []compute.Engine{
		&python.Engine{NeedSymPy: true, Level: level}, embedded.Engine(level, say), &python.Engine{Level: level},
	}
}

// app shows the screens until they are left.
func app(ctx context.Context, s cli.Screen) error {
	palette, err := theme.Choose(s.Theme, os.Getenv, func() bool { return theme.OnDark(os.Getenv) })
	if err != nil {
		return &engine.Fault{Class: engine.Invalid, What: err.Error()}
	}
	f, notebooks := find(s.Host).logs(s.Logger), &compute.Notebooks{Engines: engines(s.Unsafe, nil)}
	defer func() { _ = errors.Join(notebooks.Close(), f.Close()) }()
	var room atomic.Uint64 // for models, by the latest reading
	o := screens(s, f, notebooks, &room)
	o.Env.Styles = theme.New(theme.Renderer(os.Stdout, palette), palette)
	m := monitor.New(f.Machine(s.DB))
	o.Machine = func(ctx context.Context) (monitor.Reading, bool) {
		r, more := m.Next(ctx)
		room.Store(r.Room())
		return r, more
	}
	ctx, cancel := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	reading.Go(func() { m.Run(ctx) })
	err = tui.Run(ctx, o)
	if p := new(tui.Panic); errors.As(err, &p) {
		s.Logger.Error("panic", "stack", string(p.Stack))
	}
	return err
}

// screens are the app before it has colours and a machine to read.
func screens(s cli.Screen, f server, notebooks *compute.Notebooks, room *atomic.Uint64) tui.Options {
	feed, with := tui.NewFeed(), desk.Options{Server: f, Notebook: notebooks.For, Room: func(context.Context) uint64 { return room.Load() }, Log: s.Logger, Listen: s.Listen, Looked: s.Looked}
	o := tui.Options{Feed: feed, Server: f.Server, Log: s.Logger, Env: screen.Env{
		Keys: screen.NewKeys(), Plan: s.Plan, Now: time.Now,
		Pull: f.Pull, Recommend: func() (string, int64) { return f.Recommended(room.Load()) },
	}}
	if s.Store != nil {
		o.Env.Library, o.Tell, with.Record, with.Resume, with.Cache = s.Store, s.Store.Tell, s.Store.Record, s.Store.Resume, s.Cache
		o.Env.Unfinished = s.Store.Unfinished
	}
	if s.Replay != nil {
		o.First = func(env screen.Env) screen.Screen { return live.Replay(env, *s.Replay, s.Speed) }
	}
	d := desk.New(with)
	if s.Cache != nil && s.Store != nil {
		o.Env.Cached = d.Cached
	}
	o.Health = d.HealthWatch()
	o.Env.Stop = func(id engine.AttemptID, sample int) { d.Stop(id, sample) }
	o.Solve = func(ctx context.Context, id engine.AttemptID, problem engine.Problem, plan engine.Plan) error {
		_, err := d.Attempt(ctx, id, problem, plan, feed.Put)
		return err
	}
	o.Resume = func(ctx context.Context, id engine.AttemptID) error {
		_, err := d.Resume(ctx, id, feed.Put)
		return err
	}
	o.Env.Close = func(id engine.AttemptID) error {
		_, err := d.Close(context.Background(), id, feed.Put)
		return err
	}
	return o
}

func sharedCache(address string) (cli.SharedCache, error) { return redis.New(address) }

func recovered(ctx context.Context, path, to string) (cli.Recovered, error) {
	found, err := store.Recover(ctx, path, to)
	return cli.Recovered(found), err
}

// server is whichever model server is there.
type server struct{ *ollama.Finder }

// find looks for a server at host, else where OLLAMA_HOST says, else at the
// usual place; if nobody chose one, it may start one of our own.
func find(host string) server {
	host = cmp.Or(host, os.Getenv("OLLAMA_HOST"))
	own := &ollama.Local{Parallel: seats}
	if dir := cli.Dir(os.Getenv); dir != "" && os.MkdirAll(dir, 0o700) == nil {
		own.Dirs, own.Log = []string{filepath.Join(dir, "bin")}, filepath.Join(dir, "ollama.log")
	}
	return server{&ollama.Finder{Host: host, Explicit: host != "", Own: own}}
}

// logs is s, which logs from now on; it must not have been used before.
func (s server) logs(to *slog.Logger) server {
	s.Logger, s.Own.Logger = to, to
	return s
}

func (l logging) connect(ctx context.Context, host string) (cli.Server, error) {
	s := find(host).logs(l.log)
	if _, err := s.Ensure(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s server) Show(ctx context.Context, name string) (engine.Model, error) {
	card, err := s.Finder.Show(ctx, name)
	return card.Model, err
}

// Machine says how to read the machine on which the server runs, if it is this one.
func (s server) Machine(disk string) monitor.Options {
	u, err := ollama.ParseHost(s.Host)
	remote := err == nil && !ollama.IsLocal(u)
	return monitor.Options{DiskOf: disk, Remote: func() bool { return remote }, Load: func(ctx context.Context) ([]monitor.Loaded, error) {
		held, err := s.Loaded(ctx)
		all := make([]monitor.Loaded, 0, len(held))
		for _, m := range held {
			all = append(all, monitor.Loaded(m))
		}
		return all, err
	}}
}
