package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

func (s *shell) modelsCommand() *cobra.Command {
	return group("models", "List, show, get and import language models",
		s.modelsListCommand(), s.modelsShowCommand(), s.pullCommand(), s.importCommand())
}

// withServer runs a command on the model server that answers, the first of several.
func (s *shell) withServer(cmd *cobra.Command, do func(context.Context, Server, engine.Server) error) error {
	servers, err := s.Connect(cmd.Context(), s.set.Hosts)
	if err != nil {
		return err
	}
	defer closeAll(servers)
	server := servers[0]
	seen := server.Server(cmd.Context())
	if seen.Fault != nil {
		return seen.Fault
	}
	return do(cmd.Context(), server, seen)
}

func (s *shell) modelsListCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "List installed models; * marks the one used by default",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withServer(cmd, func(_ context.Context, _ Server, seen engine.Server) error { return s.printModels(seen) })
		},
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	s.hostFlag(c.Flags())
	return c
}

func (s *shell) printModels(seen engine.Server) error {
	usual, _ := engine.Choose(seen.Models, "")
	if s.json {
		return s.printJSON(struct {
			Version int            `json:"version"`
			Host    string         `json:"host"`
			Default string         `json:"default"`
			Models  []engine.Model `json:"models"`
		}{wire.Version, seen.Host, usual.Name, append([]engine.Model{}, seen.Models...)})
	}
	if len(seen.Models) == 0 {
		s.say("no models are installed at %s · get one with `aimo3 models pull`", seen.Host)
		return nil
	}
	rows := [][]string{{"", "NAME", "SIZE", "PARAMETERS", "QUANTIZATION", "FAMILY", "CHANGED"}}
	for _, m := range seen.Models {
		mark := map[bool]string{true: "*"}[m.Name == usual.Name]
		rows = append(rows, []string{mark, m.Name, form.Size(m.Size), m.Parameters, m.Quantization, m.Family, m.Modified.Local().Format("2006-01-02")})
	}
	return form.WriteTable(s.out, "", rows)
}

func (s *shell) modelsShowCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "Show what an installed model is and can do",
		Args:  exactly(1, "one model's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := nameGiven(args); err != nil {
				return err
			}
			return s.withServer(cmd, func(ctx context.Context, server Server, seen engine.Server) error {
				m, err := engine.Find(seen.Models, args[0])
				if err != nil {
					return err
				}
				full, err := server.Show(ctx, m.Name)
				if err != nil {
					return err
				}
				return s.printModel(full, server.Window(ctx, full.Name, 0, s.room(ctx, server)))
			})
		},
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	s.hostFlag(c.Flags())
	return c
}

func (s *shell) printModel(m engine.Model, window int) error {
	if s.json {
		return s.printJSON(struct {
			Version int          `json:"version"`
			Model   engine.Model `json:"model"`
			Window  int          `json:"window"` // that would be asked for on this machine
		}{wire.Version, m, window})
	}
	longest := "unknown"
	if m.Context > 0 {
		longest = form.Count(m.Context, "token")
	}
	return form.WriteTable(s.out, "", [][]string{
		{"name", m.Name},
		{"size", form.Size(m.Size)},
		{"family", m.Family},
		{"parameters", m.Parameters},
		{"quantization", m.Quantization},
		{"largest context", longest},
		{"context used here", form.Count(window, "token")},
		{"capabilities", strings.Join(m.Capabilities, ", ")},
		{"digest", m.Digest},
	})
}

func (s *shell) pullCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "pull [NAME]",
		Short: "Get a model; without a name, the one recommended for this machine",
		Args:  atMost(1, "one model's name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := nameGiven(args); err != nil {
				return err
			}
			return s.withServer(cmd, func(ctx context.Context, server Server, _ engine.Server) error {
				name := strings.Join(args, "")
				if name == "" {
					var bytes int64
					name, bytes = server.Recommended(s.room(ctx, server))
					if err := s.confirm(ctx, yes, fmt.Sprintf("Get %s, a download of %s, recommended for this machine?", name, form.Size(bytes))); err != nil {
						return err
					}
				}
				return s.did(ctx, "", audit.PullModel, name,
					s.follow("getting "+name, func(tell func(engine.Pull)) error { return server.Pull(ctx, name, tell) }))
			})
		},
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask for confirmation")
	s.hostFlag(c.Flags())
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	s.plainFlag(c.Flags())
	return c
}

// nameGiven refuses an empty name, as an unset variable gives: it would stand for
// the usual model.
func nameGiven(args []string) error {
	if len(args) > 0 && strings.TrimSpace(args[0]) == "" {
		return usage("`aimo3 models list` shows those installed", "the model's name is empty")
	}
	return nil
}

func (s *shell) importCommand() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:     "import FILE.gguf",
		Short:   "Make a model from a GGUF file",
		Example: "  aimo3 models import ./model.gguf --name small",
		Args:    exactly(1, "one GGUF file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(name) == "" {
				return usage("add --name NAME", "the model needs a name")
			}
			return s.withServer(cmd, func(ctx context.Context, server Server, _ engine.Server) error {
				return s.did(ctx, "", audit.ImportModel, name,
					s.follow("importing "+name, func(tell func(engine.Pull)) error { return server.Import(ctx, args[0], name, tell) }))
			})
		},
	}
	c.Flags().StringVar(&name, "name", "", "name for the model")
	s.hostFlag(c.Flags())
	s.dbFlag(c.Flags())
	s.checkpointsFlag(c.Flags())
	s.plainFlag(c.Flags())
	return c
}

// confirm asks a yes-or-no question whose default is no.
func (s *shell) confirm(ctx context.Context, yes bool, question string) error {
	if yes {
		s.say("%s yes", question)
		return nil
	}
	if !s.Terminal(s.in) {
		return usage("add --yes to agree", "%s There is no terminal to ask in", question)
	}
	fmt.Fprintf(s.err, "%s [y/N] ", form.Line(question))
	line, err := awaited(ctx, func() (string, error) { return bufio.NewReader(s.in).ReadString('\n') })
	if err != nil && line == "" {
		return fault(err, "no answer was given", "answer y or n")
	}
	if a := strings.ToLower(strings.TrimSpace(line)); a != "y" && a != "yes" {
		return usage("nothing was downloaded", "declined")
	}
	return nil
}
