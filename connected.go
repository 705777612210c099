package main

import (
	"context"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/screen"
)

// requestTimeout is for one request to a server that a person waits for.
const requestTimeout = 20 * time.Second

// connected shows the app on a server of this program, whose attempts go on when it is
// left.
func connected(ctx context.Context, s cli.Screen, styles theme.Styles, keys screen.Keys) error {
	ctx, cancel := context.WithCancel(ctx)
	var looking sync.WaitGroup
	defer looking.Wait()
	defer cancel()
	looking.Go(func() { s.Remote.Run(ctx) })
	o := remoteScreens(ctx, s)
	withSettings(&o.Env, s)
	o.Env.Styles, o.Env.NoMouse, o.Env.Keys = styles, s.NoMouse, keys
	o.Announce = s.Announce
	return shown(ctx, o, s.Plain)
}

// remoteScreens are the app on a server, before it has colours.
func remoteScreens(ctx context.Context, s cli.Screen) tui.Options {
	feed, c := tui.NewFeed(), s.Remote
	soon := func(do func(context.Context) error) error {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		return do(ctx)
	}
	return tui.Options{
		Feed: feed, Log: s.Logger, Server: c.Server, Health: c.HealthWatch(), Link: c.LinkWatch(), Create: c.Create, More: c.Extend,
		Watch: func(ctx context.Context, id engine.AttemptID) (bool, error) { return c.Watch(ctx, id, feed.Put) },
		Env: screen.Env{
			Keys: screen.NewKeys(), Plan: s.Plan, Now: time.Now, Library: c, Mark: c.Mark, Passage: c.Passage, Connect: s.Server.String(), Export: s.Exports(c.Events),
			Stop: func(id engine.AttemptID, sample int) error {
				return soon(func(ctx context.Context) error { return c.Stop(ctx, id, sample) })
			},
			Hint: func(id engine.AttemptID, sample int, text string) error {
				return soon(func(ctx context.Context) error { return c.Hint(ctx, id, sample, text) })
			},
			ChangeRule: func(id engine.AttemptID, rule engine.StopRule) error {
				return soon(func(ctx context.Context) error { return c.ChangeRule(ctx, id, rule) })
			},
			AddSamples: func(id engine.AttemptID, n int) error {
				return soon(func(ctx context.Context) error { return c.AddSamples(ctx, id, n) })
			},
			Check: func(bool) (found []engine.Finding) {
				_ = soon(func(ctx context.Context) error { found = c.Check(ctx); return nil })
				return found
			},
		},
	}
}
