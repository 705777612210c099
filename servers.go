package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/ollama"
	"github.com/aimo3/aimo3/tui/cli"
)

const seats = 4 // replies that a server of our own gives at once

// server is whichever model server is there.
type server struct{ *ollama.Finder }

// find looks for servers at hosts, else where OLLAMA_HOST says, else for one at the
// usual place; if nobody chose one, it may start one of our own.
func find(hosts []string, log *slog.Logger) []server {
	if text := os.Getenv("OLLAMA_HOST"); len(hosts) == 0 {
		var err error
		if hosts, err = ollama.SplitHosts(text); err != nil {
			hosts = []string{text} // the server's fault tells of it
		}
	}
	if len(hosts) == 0 {
		own := &ollama.Local{Parallel: seats, Logger: log}
		if dir := cli.Dir(os.Getenv); dir != "" && os.MkdirAll(dir, 0o700) == nil {
			own.Dirs, own.Log = []string{filepath.Join(dir, "bin")}, filepath.Join(dir, "ollama.log")
		}
		return []server{{&ollama.Finder{Own: own, Logger: log}}}
	}
	var all []server
	for _, host := range hosts {
		all = append(all, server{&ollama.Finder{Host: host, Explicit: true, Logger: log}})
	}
	return all
}

func (l logging) connect(ctx context.Context, hosts []string) ([]cli.Server, error) {
	found := find(hosts, l.log)
	if len(found) == 1 {
		if _, err := found[0].Ensure(ctx); err != nil {
			return nil, errors.Join(err, closeAll(found))
		}
		return []cli.Server{found[0]}, nil
	}
	var up, down []cli.Server
	all := desk.Look(ctx, atDesk(found))
	for i, seen := range all {
		if seen.Fault == nil {
			up = append(up, found[i])
		} else {
			down = append(down, found[i])
		}
	}
	if len(up) > 0 {
		return append(up, down...), nil
	}
	return nil, errors.Join(desk.Together(all).Fault, closeAll(found))
}

func atDesk(servers []server) []desk.Server {
	all := make([]desk.Server, 0, len(servers))
	for _, s := range servers {
		all = append(all, s)
	}
	return all
}

func atCLI(servers []server) []cli.Server {
	all := make([]cli.Server, 0, len(servers))
	for _, s := range servers {
		all = append(all, s)
	}
	return all
}

func closeAll(servers []server) error {
	var err error
	for _, s := range servers {
		err = errors.Join(err, s.Close())
	}
	return err
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
		if engine.ClassOf(err) == engine.Unreachable {
			return nil, monitor.ErrNoServer
		}
		all := make([]monitor.Loaded, 0, len(held))
		for _, m := range held {
			all = append(all, monitor.Loaded(m))
		}
		return all, err
	}}
}

// traffic adds up what came from servers and went to them.
func traffic(servers []server) func() (received, sent uint64) {
	return func() (received, sent uint64) {
		for _, s := range servers {
			in, out := s.Traffic()
			received, sent = received+in, sent+out
		}
		return received, sent
	}
}
