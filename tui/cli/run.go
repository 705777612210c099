package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// errCell ends a command one of whose cells failed; what was wrong has been
// printed as its output.
var errCell = errors.New("a cell failed")

// runFlags are what only run takes.
type runFlags struct {
	engine engine.Tools
	cell   time.Duration
}

func (s *shell) runCommand() *cobra.Command {
	var flags runFlags
	c := &cobra.Command{
		Use:   "run [FILE|-]",
		Short: "Run code as a model's code runs: as a notebook, in a sandbox",
		Long: "Run code as a model's code runs: in a sandbox, and as a notebook, which shows the\n" +
			"value of a cell's last expression and keeps variables from one cell to the next.\n" +
			"Lines that begin with # %% split the code into cells.",
		Args: atMost(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.runCode(cmd.Context(), args, flags) },
	}
	f := c.Flags()
	f.Var(&parsed[engine.Tools]{string(engine.ToolsAuto), "WHAT", &flags.engine, runner}, "engine", "what runs it: auto, python, embedded")
	f.Var(&parsed[time.Duration]{engine.DefaultCellTimeout.String(), "TIME", &flags.cell, positive}, "cell", "time limit for one cell")
	s.unsafeFlag(f)
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

// runner reads what is to run code; here nothing cannot be asked for.
func runner(s string) (engine.Tools, error) {
	t, err := engine.ParseTools(s)
	if err != nil || t == engine.ToolsOff || t.Retired() {
		return "", fmt.Errorf("%q is not auto, python or embedded", s)
	}
	return t, nil
}

func (s *shell) runCode(ctx context.Context, args []string, flags runFlags) error {
	code, err := s.code(ctx, args)
	if err != nil {
		return err
	}
	e, err := (&compute.Notebooks{Engines: s.Engines(s.set.Unsafe, s.tell)}).Engine(ctx, flags.engine)
	if err != nil {
		return err
	}
	session, err := e.Open(ctx, compute.Limits{Cell: flags.cell})
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	var cells []engine.Cell
	failed := false
	for _, text := range parted(code) {
		cell, err := session.Run(ctx, text)
		if err != nil {
			return errors.Join(err, s.printCells(e, cells))
		}
		cells = append(cells, cell)
		failed = failed || cell.Err != ""
		if err := s.printCell(cell); err != nil {
			return err
		}
	}
	if err := s.printCells(e, cells); err != nil || !failed {
		return err
	}
	return errCell
}

// code reads the program from where the command line says.
func (s *shell) code(ctx context.Context, args []string) (string, error) {
	if len(args) == 0 && s.Terminal(s.in) {
		return "", usage("give a file, or the code on standard input", "no code was given")
	}
	from := s.in
	if len(args) == 1 && args[0] != "-" {
		f, err := opened(ctx, args[0])
		if err != nil {
			return "", fault(bare(err), "cannot open "+args[0], "check the file's name and permissions")
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	text, err := awaited(ctx, func() (string, error) {
		text, err := io.ReadAll(io.LimitReader(from, maxInput+1))
		return string(text), err
	})
	switch {
	case err != nil:
		return "", fault(bare(err), "cannot read the code", "give a text file")
	case len(text) > maxInput:
		return "", usage("split it into files", "the code is larger than 1 MB")
	}
	return text, nil
}

// parted is the cells of a program. Lines are kept, so that an error's line is
// that of its cell.
func parted(code string) []string {
	var cells []string
	var cell strings.Builder
	for line := range strings.Lines(code) {
		if strings.HasPrefix(line, "# %%") {
			cells = append(cells, cell.String())
			cell.Reset()
			continue
		}
		cell.WriteString(line)
	}
	var filled []string
	for _, c := range append(cells, cell.String()) {
		if strings.TrimSpace(c) != "" {
			filled = append(filled, c)
		}
	}
	return filled
}

// printCell prints what a person or a pipe wants of a cell.
func (s *shell) printCell(c engine.Cell) error {
	if s.json {
		return nil
	}
	if !c.Kept {
		s.say("the session was restarted: variables of earlier cells are lost")
	}
	if text := termsafe.Clean(c.Text()); text != "" {
		_, err := fmt.Fprintln(s.out, strings.TrimSuffix(text, "\n"))
		return err
	}
	return nil
}

func (s *shell) printCells(e compute.Engine, cells []engine.Cell) error {
	if !s.json {
		return nil
	}
	return s.printJSON(struct {
		Version int           `json:"version"`
		Engine  string        `json:"engine"`
		Cells   []engine.Cell `json:"cells"`
	}{wire.Version, e.Name(), append([]engine.Cell{}, cells...)})
}
