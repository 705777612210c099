package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// finding is what doctor says of one component.
type finding = engine.Finding

const (
	pass = engine.Pass
	warn = engine.Warn
	fail = engine.Fail
)

func (s *shell) doctorCommand() *cobra.Command {
	var live bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check every component, and say what to do",
		Long:  "Check every component, and say what to do. Nothing is sent anywhere but to the\nmodel server.\n\nExit codes: 0 all is well, 3 no model server or model, 5 the store fails.",
		Args:  exactly(0, "no arguments"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return s.doctor(cmd.Context(), live) },
	}
	f := c.Flags()
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	f.BoolVar(&live, "live", false, "print nothing and run only quick checks, as for a container")
	f.StringVar(&s.set.Plan.Model, "model", "", "model to look for (default: the best that is installed)")
	s.hostFlag(f)
	s.dbFlag(f)
	s.redisFlag(f)
	s.logFlag(f)
	return c
}

// errUnwell ends doctor once its findings are printed.
type errUnwell struct{ error }

func (s *shell) doctor(ctx context.Context, live bool) error {
	found := observe.RunChecks(ctx, s.checks(live, looked{}))
	if err := ctx.Err(); err != nil {
		return err
	}
	if !live {
		if err := s.printFindings(found); err != nil {
			return err
		}
	}
	var unwell error
	for _, f := range found {
		if f.State == fail {
			unwell = errors.Join(unwell, f.Err)
		}
	}
	if unwell != nil {
		return errUnwell{unwell}
	}
	return nil
}

func (e errUnwell) Unwrap() error { return e.error }

func (s *shell) printFindings(found []finding) error {
	if s.json {
		return s.printJSON(struct {
			Version    int       `json:"version"`
			Components []finding `json:"components"`
		}{wire.Version, found})
	}
	var rows [][]string
	for _, f := range found {
		rows = append(rows, []string{string(f.State), f.Component, f.What})
		if f.Todo != "" { // on a line of its own: 80 columns seldom hold both
			rows = append(rows, []string{"", "", f.Todo})
		}
	}
	return form.WriteTable(s.out, "", rows)
}

func failed(component string, err error) finding {
	f := finding{Component: component, State: fail, What: failureOf(err).What, Todo: failureOf(err).Todo, Err: err}
	return f
}

func (s *shell) checkServer(ctx context.Context, servers []Server) []finding {
	if servers == nil {
		var err error
		if servers, err = s.Connect(ctx, s.set.Hosts); err != nil {
			return []finding{failed("server", err), {Component: "model", State: warn, What: "not checked: no server"}}
		}
		defer closeAll(servers)
	}
	var found []finding
	all := desk.Look(ctx, atDesk(servers))
	for _, one := range all {
		found = append(found, serverFound(one, len(all) > 1))
	}
	seen := desk.Together(all)
	if seen.Fault != nil {
		return append(found, finding{Component: "model", State: warn, What: "not checked: no server"})
	}
	return append(found, modelsFound(seen.Models, s.set.Plan)...)
}

// modelsFound is what is said of each model that a plan names.
func modelsFound(installed []engine.Model, plan engine.Plan) (found []finding) {
	names := append([]string{plan.Model}, plan.Fallback...)
	if plan.Judge != "" {
		names = append(names, plan.Judge)
	}
	for _, name := range names {
		m, err := engine.Choose(installed, name)
		if err != nil {
			found = append(found, failed("model", err))
			continue
		}
		found = append(found, finding{Component: "model", State: pass, What: fmt.Sprintf("%s, %s, %d installed", m.Name, form.Size(m.Size), len(installed))})
	}
	return found
}

// serverFound is what is said of one host. One of several that fails is done without.
func serverFound(seen engine.Server, several bool) finding {
	if f := seen.Fault; f != nil && several {
		return finding{Component: "server", State: warn, What: f.Error(), Todo: f.Todo}
	} else if f != nil {
		return failed("server", f)
	}
	up := finding{Component: "server", State: pass, What: fmt.Sprintf("%s %s at %s", seen.Name, seen.Version, seen.Host)}
	if seen.Own {
		up.What += ", started for this check"
	}
	return up
}

// checkStore opens the store only if it is there already: a check leaves no
// files.
func (s *shell) checkStore(ctx context.Context, live bool, store Store) finding {
	if store != nil {
		return s.storeFound(ctx, live, store)
	}
	if err := s.place(); err != nil {
		f := failed("database", err)
		f.Err = &engine.Fault{Class: engine.Storage, Err: err}
		return f
	}
	if _, err := os.Lstat(s.set.DB); errors.Is(err, os.ErrNotExist) {
		return willBeMade(s.set.DB)
	}
	var known []string // what a person should know
	store, err := s.Open(ctx, s.set.DB, func(line string) { known = append(known, line) })
	if err != nil {
		return failed("database", stored(err))
	}
	defer func() { _ = store.Close() }()
	f := s.storeFound(ctx, live, store)
	if f.State == pass && len(known) > 0 {
		f.State, f.Todo = warn, strings.Join(known, "; ")
	}
	return f
}

func (s *shell) storeFound(ctx context.Context, live bool, store Store) finding {
	look := store.Check
	if live {
		look = func(context.Context) error { return store.Damage() }
	}
	if err := look(ctx); err != nil {
		return failed("database", stored(err))
	}
	return finding{Component: "database", State: pass, What: s.set.DB + ", undamaged"}
}

// willBeMade says whether a database that is not there can be made: whether the
// nearest directory that is there takes anything.
func willBeMade(path string) finding {
	dir := filepath.Dir(path)
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			break
		}
		dir = filepath.Dir(dir)
	}
	tried, err := os.MkdirTemp(dir, ".aimo3-*")
	if err != nil {
		return failed("database", &engine.Fault{
			Class: engine.Storage, What: path + " cannot be created in " + dir, Err: bare(err),
			Todo: "make that directory writable, or name another file with --db",
		})
	}
	_ = os.Remove(tried)
	return finding{Component: "database", State: pass, What: path + " will be created with the first attempt"}
}

// stored makes an error of the store one that exits as such.
func stored(err error) error {
	if engine.ClassOf(err) != engine.Unknown {
		return err
	}
	return &engine.Fault{Class: engine.Storage, What: "the store fails", Todo: "check the path and its permissions", Err: err}
}

// checkCode says which engine would run code, and how to get a fuller one.
func (s *shell) checkCode(ctx context.Context) finding {
	engines := s.Engines(false, s.tell)
	best, err := compute.Auto(ctx, engines...)
	if err != nil {
		return finding{Component: "code", State: warn, What: "cannot run, so models work without it: " + failureOf(err).What, Todo: failureOf(err).Todo}
	}
	f := finding{Component: "code", State: pass, What: "runs in " + best.Name() + ", sandboxed"}
	if best == engines[0] || best.Code(ctx).SymPy {
		return f
	}
	var todo []string
	for _, fuller := range engines {
		if fuller == best {
			break
		}
		if err := fuller.Available(ctx); err != nil && !slices.Contains(todo, failureOf(err).Todo) {
			todo = append(todo, failureOf(err).Todo)
		}
	}
	f.State, f.What, f.Todo = warn, f.What+", without SymPy", strings.Join(todo, "; or ")
	return f
}

func (s *shell) checkTerminal() finding {
	f := finding{Component: "terminal", State: pass, What: "TERM=" + s.Getenv("TERM")}
	if !s.Terminal(s.out.to) {
		f.State, f.What, f.Todo = warn, "standard output is not a terminal", "the app needs one; the other commands do not"
	} else if err := s.canDraw(); err != nil {
		f.State, f.What, f.Todo = warn, failureOf(err).What, failureOf(err).Todo
	}
	return f
}
