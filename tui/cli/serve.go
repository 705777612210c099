package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/caller"
	"github.com/aimo3/aimo3/engine/secure/limit"
	"github.com/aimo3/aimo3/engine/serve"
	"github.com/aimo3/aimo3/tui/export"
)

// serving is one call of `aimo3 serve`.
type serving struct {
	*shell
	where          serve.Listening
	names          []string
	running, queue int
	drain          time.Duration
}

func (s *shell) serveCommand() *cobra.Command {
	run := &serving{shell: s, running: serve.DefaultRunning, queue: serve.DefaultQueue, drain: serve.DefaultDrain}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve attempts over HTTP, and the API of OpenAI",
		Long: "Serve attempts over HTTP until a signal ends it, and the API of OpenAI at /v1.\n" +
			"GET /openapi.json describes all of it. The flags of solve say what a client\n" +
			"leaves open. On loopback no key is needed; a key that is sent is still checked.\n\n" +
			"At the first signal nothing new begins, and running attempts get --drain to finish;\n" +
			"the second ends the program at once. What was cut short goes on at the next start.",
		Example: "  aimo3 serve --samples 4\n" +
			"  curl -s localhost:8000/v1/attempts -H 'Content-Type: application/json' -d '{\"problem\":\"2+2?\"}'\n" +
			"  curl -sN localhost:8000/v1/attempts/ID/events",
		Args: exactly(0, "no arguments"),
		RunE: run.run,
	}
	f := c.Flags()
	f.StringVar(&run.where.Address, "listen", "127.0.0.1:8000", "`ADDRESS` to listen on; others than loopback need a key and TLS")
	f.StringVar(&run.where.CertFile, "tls-cert", "", "`FILE` of the TLS certificate; read again when it changes")
	f.StringVar(&run.where.KeyFile, "tls-key", "", "`FILE` of the key of the TLS certificate")
	f.BoolVar(&run.where.BehindProxy, "insecure-behind-proxy", false, "listen without a key and without TLS: a proxy in front does both")
	f.StringSliceVar(&run.names, "allow-host", nil, "`NAMES` by which clients call this server, beside those of loopback and of the certificate")
	f.Var(&parsed[int]{"2", "N", &run.running, whole(1, 1<<10)}, "attempts", "attempts that run at once")
	f.Var(&parsed[int]{"64", "N", &run.queue, whole(0, 1<<16)}, "queue", "maximum number of attempts that wait")
	f.Var(&parsed[time.Duration]{serve.DefaultDrain.String(), "TIME", &run.drain, positive}, "drain", "time that running attempts get to finish after the first signal")
	s.rateFlag(f)
	s.planFlags(f)
	s.hostFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.cacheFlags(f)
	s.newDBFlag(f)
	s.observeFlags(f)
	s.logFlags(f)
	return c
}

func (r *serving) run(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	r.frontEnd = byServer
	if err := r.openLog(cmd); err != nil {
		return err
	}
	end, err := r.observed()
	if err != nil {
		return err
	}
	defer end()
	store, err := (&solving{shell: r.shell}).keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	servers, err := r.Connect(ctx, r.set.Hosts)
	if err != nil {
		return err
	}
	defer closeAll(servers)
	notebooks := &compute.Notebooks{Engines: r.Engines(r.set.Unsafe, nil)}
	defer func() { _ = notebooks.Close() }()
	d := desk.New(desk.Options{
		Servers: atDesk(servers), Notebook: notebooks.For, Now: r.Now, Log: r.Log.Log(), Record: store.Record, Resume: store.Resume, Kept: Kept(store),
		Cache: r.caching(ctx, store, r.tell), Audit: r.audit, Listen: r.listen, Looked: r.Metrics.Looked,
		Room: func(ctx context.Context) uint64 { return r.room(ctx, servers[0]) },
	})
	options := serve.Options{
		Desk: d, Store: store, Server: d.Server, Checks: r.measuredChecks(looked{servers: servers, store: store}), Plan: r.set.Plan, Markdown: export.WriteMarkdown, Running: r.running, Queue: r.waiting(),
		Drain: r.drain, Hosts: r.names, Version: built().Version, Log: r.Log.Log(), Now: r.Now, Metrics: r.Metrics.Handler(),
		Audit: r.audit, Answered: r.Metrics.Answered, Serving: r.Metrics.Serving, Failed: r.Metrics.Failed,
	}
	r.callers(store, &options)
	if options.Keyed, err = r.keys(store).Any(ctx); err != nil {
		return err
	}
	return serve.New(options).Run(ctx, r.where, func(at net.Addr) {
		r.say("aimo3 serves at %s · end it with ctrl+c", at)
		r.Log.Log().Info("serving", "address", at.String(), "tls", r.where.CertFile != "")
	})
}

// callers lets in who has a key, or needs none, and no more often than is fair.
func (r *serving) callers(store Store, o *serve.Options) {
	callers := caller.New(caller.Options{
		Keys: r.keys(store), Nonces: store.Nonces(), Now: r.Now,
		Used: func(key secure.Key) { r.Log.Log().Info("key used", "key", key.ID, "name", key.Name) },
	})
	o.Check = func(request *http.Request, open bool, body func(*http.Request) ([]byte, error)) (serve.Who, error) {
		key, err := callers.Who(request, open, body)
		if denied := new(caller.Denied); errors.As(err, &denied) {
			err = &serve.Denied{Why: denied.Why}
		}
		who := serve.Who{ID: key.ID}
		for _, s := range key.Scopes {
			who.Scopes = append(who.Scopes, serve.Scope(s))
		}
		return who, err
	}
	o.Valid = func(ctx context.Context, id string) (bool, error) {
		key, found, err := r.keys(store).Find(ctx, id)
		return found && key.Refused(r.Now()) == "", err
	}
	keys, addresses := limit.New(limit.Options{PerMinute: r.set.Rate}), limit.New(limit.Options{PerMinute: r.set.Rate})
	o.Allow = func(who string, cost int) (serve.Limits, bool) { return taken(keys.Take(cost, who)) }
	o.AllowFrom = func(from string, cost int) (serve.Limits, bool) {
		if at, err := netip.ParseAddr(from); err == nil {
			from = limit.Address(at)
		}
		if cost < 0 {
			addresses.Give(-cost, from)
			return serve.Limits{}, true
		}
		return taken(addresses.Take(cost, from))
	}
}

func taken(left limit.State) (serve.Limits, bool) {
	return serve.Limits{Limit: left.Limit, Remaining: left.Remaining, Window: time.Minute, Reset: left.Reset, Retry: left.Retry}, left.OK
}

// waiting is what serve.Options.Queue is for the flag.
func (r *serving) waiting() int {
	if r.queue == 0 {
		return -1
	}
	return r.queue
}
