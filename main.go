// Command aimo3 solves olympiad mathematics with a local language model.
package main

import (
	"context"
	"errors"
	"log"
	"os"
	"os/signal"
	"strings"
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
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/cli/logbook"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

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
		Tools: python.Version(), Redis: sharedCache, Unreadable: store.Unreadable, PutAside: store.PutAside, Recover: recovered, SplitHosts: ollama.SplitHosts, ShowHost: ollama.ShowHost,
		Environ: os.Environ, Log: book, Metrics: metrics, Keyring: &vault.Keyring{}, Keymap: keymap,
	}
}

// engines are what can run code, the fullest first.
func engines(unsafePython bool, say func(string)) []compute.Engine {
	return enginesOf(nil, unsafePython, say)
}

// enginesOf is engines whose processes are children of a program that counts them.
func enginesOf(children *launcher.Children, unsafePython bool, say func(string)) []compute.Engine {
	level := map[bool]launcher.Level{true: launcher.None}[unsafePython] // else the best there is
	unpacked := embedded.Engine(level, say)
	unpacked.Children = children
	return []compute.Engine{
		&python.Engine{NeedSymPy: true, Level: level, Children: children}, unpacked, &python.Engine{Level: level, Children: children},
	}
}

// palette are the colours of the screens; text has none, and asks the terminal nothing.
func palette(s cli.Screen) (theme.Palette, error) {
	if s.Plain {
		return theme.Find("mono")
	}
	if s.Theme != "" && !strings.EqualFold(s.Theme, "auto") {
		return theme.FindIn(cli.Themes(os.Getenv), s.Theme)
	}
	return theme.Choose("", os.Getenv, func() bool { return theme.OnDark(os.Getenv) })
}

// app shows the screens until they are left, or the app as text.
func app(ctx context.Context, s cli.Screen) error {
	palette, err := palette(s)
	if err != nil {
		return &engine.Fault{Class: engine.Invalid, What: err.Error()}
	}
	styles := theme.New(theme.Renderer(os.Stdout, palette), palette)
	mapped, err := tui.ParseKeymap(s.Keys)
	switch {
	case err != nil:
		return err
	case s.Remote != nil:
		return connected(ctx, s, styles, mapped.Keys(nil))
	}
	children := new(launcher.Children)
	servers, notebooks := find(s.Hosts, s.Logger), &compute.Notebooks{Engines: enginesOf(children, s.Unsafe, nil)}
	defer func() { _ = errors.Join(notebooks.Close(), closeAll(servers)) }()
	room := new(atomic.Uint64) // for models, by the latest reading
	o := screens(s, servers, notebooks, room)
	withSettings(&o.Env, s)
	o.Env.Styles, o.Env.NoMouse, o.Env.Keys = styles, s.NoMouse, mapped.Keys(nil)
	o.Announce, o.Env.NoEmbedded = s.Announce, !embedded.Present
	m := monitor.New(watched(servers, s.DB, children))
	o.Env.Processes = monitor.NewProcesses(children.PIDs).Read
	o.Machine = func(ctx context.Context) (monitor.Reading, bool) {
		r, more := m.Next(ctx)
		room.Store(r.Room())
		if more && s.Measured != nil {
			s.Measured(r)
		}
		return r, more
	}
	ctx, cancel := context.WithCancel(ctx)
	if s.Check != nil {
		o.Env.Check = func(whole bool) []engine.Finding { return s.Check(ctx, atCLI(servers), whole) }
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	reading.Go(func() { m.Run(ctx) })
	return shown(ctx, o, s.Plain)
}

// watched is the machine on which the first server runs, or that answers for it.
func watched(servers []server, db string, children *launcher.Children) monitor.Options {
	m := servers[0].Machine(db)
	m.Children, m.Traffic = children.PIDs, traffic(servers)
	return m
}

// keymap reads which keys do what, and returns what all keys do then.
func keymap(said string) ([]cli.KeyAction, error) {
	m, err := tui.ParseKeymap(said)
	if err != nil {
		return nil, err
	}
	var all []cli.KeyAction
	for _, b := range tui.Bounds(m) {
		all = append(all, cli.KeyAction{Screen: b.Screen, Action: b.Does, Keys: tui.WrittenKeys(b.Keys), Fixed: b.Fixed})
	}
	return all, nil
}

// keepTyped has the app keep the problem that is being written, and filters by their names.
func keepTyped(env *screen.Env, s cli.Screen) {
	if d := s.Drafts(os.Getenv); d != nil {
		env.Drafts = d
	}
	if f := s.Filters(os.Getenv); f != nil {
		env.SavedFilters, env.SaveFilter = f.Saved, f.Save
	}
}

// shown shows the app, as text if it is to be plain, and logs what it threw.
func shown(ctx context.Context, o tui.Options, plain bool) error {
	if plain {
		return tui.RunPlain(ctx, o)
	}
	if o.Announce == nil {
		o.Announce = tui.Announced(os.Getenv)
	}
	err := tui.Run(ctx, o)
	if p := new(tui.Panic); errors.As(err, &p) {
		o.Log.Error("panic", "stack", string(p.Stack))
	}
	return err
}

// screens are the app before it has colours and a machine to read.
func screens(s cli.Screen, servers []server, notebooks *compute.Notebooks, room *atomic.Uint64) tui.Options {
	feed, with := tui.NewFeed(), desk.Options{Servers: atDesk(servers), Notebook: notebooks.For, Room: func(context.Context) uint64 { return room.Load() }, Log: s.Logger, Audit: s.Audit, Listen: s.Listen, Looked: s.Looked}
	o := tui.Options{Feed: feed, Log: s.Logger, Env: screen.Env{
		Keys: screen.NewKeys(), Plan: s.Plan, LastModel: s.LastModel, Now: time.Now,
		Pull: s.Pulls(servers[0].Pull), Unload: s.Unloads(servers[0].Unload), Recommend: func() (string, int64) { return servers[0].Recommended(room.Load()) },
		Delete: s.Deletes(servers[0].Delete), Show: servers[0].Show, Offers: func() []engine.Offer { return servers[0].Offers(room.Load()) },
	}}
	if s.Store != nil {
		o.Env.Library, o.Tell, with.Record, with.Resume, with.Kept, with.Cache = s.Store, s.Store.Tell, s.Store.Record, s.Store.Resume, cli.Kept(s.Store), s.Cache
		o.Env.Unfinished, o.Env.StoreSize, o.Env.Measures, o.Env.Log = s.Store.Unfinished, s.Store.Size, s.Store.Measures, s.Store.Log
		o.Env.Alive, o.Env.Passage, o.Env.Mark, o.Env.Changes, o.Env.Export = s.Store.Alive, s.Store.Passage, s.Store.Mark, s.Store.Changes, s.Exports(s.Store.Events)
	}
	d := desk.New(with)
	if s.Store != nil {
		o.Extend = extends(d, feed.Put)
	}
	if s.Replay != nil {
		o.First = func(env screen.Env) screen.Screen { return live.Replay(env, *s.Replay, s.Speed) }
	}
	if s.Cache != nil && s.Store != nil {
		o.Env.Cached, o.Env.CacheFigures = d.Cached, d.CacheFigures
	}
	o.Server, o.Health, o.Env.TryNow = d.Server, d.HealthWatch(), d.TryNow
	o.Env.Stop = func(id engine.AttemptID, sample int) error {
		d.Stop(id, sample)
		return nil
	}
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
	o.Env.Hint, o.Env.ChangeRule, o.Env.AddSamples = d.Hint, d.ChangeRule, d.AddSamples
	return o
}

// withSettings has screens show and change the settings, and what is typed and used
// remembered if anything is kept.
func withSettings(env *screen.Env, s cli.Screen) {
	keepTyped(env, s)
	c := s.Config
	if c == nil {
		return
	}
	env.Settings, env.SetSetting, env.UnsetSetting, env.UndoSetting = c.List, c.Set, c.Unset, c.Undo
	if s.Store != nil {
		env.Use = c.Use
	}
}

// extends adds samples to attempts that are kept.
func extends(d *desk.Desk, listen engine.Sink) func(ctx context.Context, id, parent engine.AttemptID, samples int) error {
	return func(ctx context.Context, id, parent engine.AttemptID, samples int) error {
		_, err := d.Extend(ctx, id, parent, samples, listen)
		return err
	}
}

func sharedCache(address string, password secure.Secret) (cli.SharedCache, error) {
	return redis.New(address, password)
}
