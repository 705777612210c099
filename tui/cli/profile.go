package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/timing"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/phrase"
)

func (s *shell) profileCommand() *cobra.Command {
	var otlp bool
	c := &cobra.Command{
		Use:   "profile ID",
		Short: "Show where the time of a stored attempt went: every stage of every sample",
		Long: "Show where the time of a stored attempt went, a line for each stage: how each\n" +
			"sample waited, had its model loaded, read the prompt, thought, answered and ran\n" +
			"cells, and when the votes were counted and an answer chosen.",
		Args: exactly(1, "one attempt: its ID, the beginning of it, or last"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.reading(cmd, func(ctx context.Context, store Store) error {
				a, err := store.Attempt(ctx, args[0])
				if err != nil {
					return err
				}
				p := timing.Profile{ID: a.ID}
				if err := eachEvent(ctx, store, a.ID, func(e engine.Event) error { p.Apply(e); return nil }); err != nil {
					return err
				}
				return s.printProfile(&p, otlp)
			})
		},
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object; samples count from 0 in JSON")
	c.Flags().BoolVar(&otlp, "traces", false, "print what a collector of OpenTelemetry is sent")
	s.dbFlag(c.Flags())
	return c
}

func (s *shell) printProfile(p *timing.Profile, otlp bool) error {
	spans := p.Spans()
	switch {
	case otlp:
		return s.printJSON(observe.Traces(p.ID, spans))
	case s.json:
		return s.printJSON(struct {
			Version int              `json:"version"`
			Attempt engine.AttemptID `json:"attempt"`
			Spans   []timing.Span    `json:"spans"`
		}{wire.Version, p.ID, append([]timing.Span{}, spans...)})
	case len(spans) == 0:
		s.say("attempt %s has no events that tell of a stage", p.ID)
		return nil
	}
	return writeWaterfall(s.out, spans, s.columns())
}

// writeWaterfall writes spans, children below their parents, each with a bar of when it
// was, so that no line is wider than width.
func writeWaterfall(w io.Writer, spans []timing.Span, width int) error {
	f := phrase.NewWaterfall(spans, width)
	for i := range f.Len() {
		if _, err := io.WriteString(w, f.Line(i)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// columns is the width of standard output, 80 where it is no terminal.
func (s *shell) columns() int {
	if f, ok := s.out.to.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// observeFlags are where spans go, and where the program's own profile does.
func (s *shell) observeFlags(f *pflag.FlagSet) {
	s.otlpFlag(f)
	f.StringVar(&s.set.Pprof, "pprof", "", "directory for profiles of this program's own processor time and memory")
}

func (s *shell) otlpFlag(f *pflag.FlagSet) {
	f.Var(&parsed[string]{"", "URL", &s.set.OTLP, collector}, "otlp", "collector of OpenTelemetry to send the stages of each attempt to, by https or to this machine (default: none)")
}

func collector(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	return observe.ParseCollector(address)
}

// observed has attempts listened to, and the program itself measured if that is wished,
// until end is called. The Listen that it sets is for a desk.
func (s *shell) observed() (end func(), err error) {
	stop, err := s.ownProfile()
	if err != nil {
		return nil, err
	}
	s.listen = s.Metrics.Attempt
	if s.set.OTLP == "" {
		return stop, nil
	}
	x := observe.NewExporter(s.set.OTLP, func(err error) { s.Log.Log().Warn("spans not sent", "what", engine.HideSecrets(err.Error())) })
	s.listen = func() engine.Sink { return engine.Tee(s.Metrics.Attempt(), x.Attempt()) }
	return func() {
		x.Close()
		stop()
	}, nil
}

// ownProfile measures the program's processor time until stop is called, and then its
// memory. What cannot be written then is said, and fails nothing.
func (s *shell) ownProfile() (stop func(), err error) {
	dir := s.set.Pprof
	if dir == "" {
		return func() {}, nil
	}
	cpu, err := os.OpenFile(filepath.Join(dir, "cpu.pprof"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err == nil {
		err = pprof.StartCPUProfile(cpu)
	}
	if err != nil {
		return nil, fault(bare(err), "cannot write profiles to "+dir, "name a directory that is there, and that you may write to, with --pprof")
	}
	return func() {
		pprof.StopCPUProfile()
		err := cpu.Close()
		if err == nil {
			err = writeHeap(filepath.Join(dir, "heap.pprof"))
		}
		if err != nil {
			s.say("warning: cannot write profiles to %s: %s", dir, bare(err))
			return
		}
		s.say("wrote cpu.pprof and heap.pprof to %s · read them with `go tool pprof`", dir)
	}, nil
}

func writeHeap(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	runtime.GC() // so that what is shown is what is held
	if err := pprof.WriteHeapProfile(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
