package cli

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/remote"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// root is the table of commands. Called bare, the program shows its screen.
func (s *shell) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "aimo3",
		Short: "Solve olympiad mathematics with a local language model",
		Long: "Solve olympiad mathematics with a local language model: several samples\n" +
			"run in parallel and vote. Without a command, the terminal app opens.\n\n" +
			"Every flag can also be set in the environment, --num-ctx as AIMO3_NUM_CTX, and\n" +
			"settings in files: see `aimo3 config --help`.",
		SilenceErrors: true, SilenceUsage: true,
		Args:              knownCommand,
		PersistentPreRunE: s.settle,
		RunE:              s.app,
	}
	f := root.Flags()
	s.planFlags(f)
	s.hostFlag(f)
	s.connectFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.noSaveFlag(f)
	s.cacheFlags(f)
	s.newDBFlag(f)
	s.screenFlags(f)
	s.plainFlag(f)
	s.observeFlags(f)
	s.logFlags(f)
	s.envFileFlag(root)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetIn(s.in)
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(s.solveCommand(), s.batchCommand(), s.historyCommand(), s.cacheCommand(), s.dbCommand(), s.auditCommand(), s.signCommand(), s.modelsCommand(), s.runCommand(), s.drawCommand(), s.datasetCommand(), s.reportCommand(), s.serveCommand(), s.gradeCommand(), s.doctorCommand(), s.metricsCommand(), s.logCommand(), s.configCommand(), s.authCommand(), s.versionCommand())
	strict(root)
	s.completes(root)
	return root
}

// strict has the commands that cobra adds refuse what they do not know, as
// ours do.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = knownTopic
		case "completion":
			c.Args, c.RunE = knownCommand, showHelp
			for _, shell := range c.Commands() {
				shell.Args = exactly(0, "no arguments")
			}
		}
	}
}

func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// knownTopic refuses words after help that name no command.
func knownTopic(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil {
		return usage("see `"+cmd.Root().CommandPath()+" --help`", "%s", err)
	}
	return knownCommand(found, rest)
}

func (s *shell) app(cmd *cobra.Command, _ []string) error {
	if err := s.drawable(); err != nil && !s.set.Plain {
		return err
	}
	if err := s.checkRivals(cmd); err != nil {
		return err
	}
	if s.set.Plain {
		return s.start(cmd)
	}
	if s.set.Log == logOnErr && s.Terminal(s.err) {
		return usage("send standard error elsewhere, as with 2>aimo3.log", "the app draws on the terminal, so nothing can be logged there")
	}
	if s.set.Checkpoints == logOnErr && s.Terminal(s.err) {
		return usage("name a file with --checkpoints", "the app draws on the terminal, so no checkpoints can be written there")
	}
	return s.start(cmd)
}

// start shows the app.
func (s *shell) start(cmd *cobra.Command) error {
	if err := s.openLog(cmd); err != nil {
		return err
	}
	if s.lastFault != nil {
		s.Log.Log().Warn("what was used last is left out", "why", engine.Hint(s.lastFault))
	}
	s.frontEnd = byApp
	if s.set.Server != (remote.Address{}) {
		return s.connected(cmd)
	}
	end, err := s.observed()
	if err != nil {
		return err
	}
	defer end()
	if s.set.NoSave {
		return s.App(cmd.Context(), Screen{Settings: s.set, Config: s.config(cmd.Flags()), Logger: s.Log.Log(), Listen: s.listen, Looked: s.Metrics.Looked, Measured: s.Metrics.Machine, Check: s.checkWith(nil)})
	}
	open := func(ctx context.Context, path string, say func(string)) (Store, error) {
		return s.openOrPutAside(ctx, path, say, s.putsAside)
	}
	return s.withStore(cmd, open, func(ctx context.Context, store Store) error {
		return s.App(ctx, Screen{Settings: s.set, Config: s.config(cmd.Flags()), Store: store, Audit: s.audit, Cache: s.caching(ctx, store, nil), Logger: s.Log.Log(), Listen: s.listen, Looked: s.Metrics.Looked, Measured: s.Metrics.Machine, Check: s.checkWith(store)})
	})
}

// drawable says why the app cannot be shown: it needs a terminal on both ends
// that can draw.
func (s *shell) drawable() error {
	if !s.Terminal(s.out.to) || !s.Terminal(s.in) {
		return usage("use `aimo3 --plain`, `aimo3 solve` or `aimo3 history show` where there is none", "the app needs a terminal")
	}
	return s.canDraw()
}

// canDraw says why lines cannot be drawn over on the terminal.
func (s *shell) canDraw() error {
	what := ""
	switch term := s.Getenv("TERM"); term {
	case "":
		what = "not set"
	case "dumb", "unknown":
		what = term
	default:
		return nil
	}
	return usage("use `aimo3 --plain` or the other commands, or set TERM to what this terminal is", "the app needs a terminal that can draw, and TERM is %s", what)
}

// group is a command that only holds others.
func group(use, short string, children ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: knownCommand, RunE: showHelp}
	c.AddCommand(children...)
	return c
}

// knownCommand refuses an argument where a command's name is wanted.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	todo := "see `" + cmd.CommandPath() + " --help`"
	if !cmd.HasParent() && strings.ContainsFunc(args[0], unicode.IsSpace) {
		return usage("did you mean `"+cmd.CommandPath()+" solve "+quoted(args[0])+"`?", "%s is no command", form.Short(form.Line(args[0]), maxMeant))
	}
	if near := engine.Near(args[0], names); len(near) > 0 {
		todo = "did you mean `" + cmd.CommandPath() + " " + strings.Join(near, "` or `"+cmd.CommandPath()+" ") + "`?"
	}
	return usage(todo, "unknown command %q", args[0])
}

// maxMeant is how many characters of a problem are repeated where it was no command.
const maxMeant = 40

// quoted is text as a shell reads it as one word, or as much of it as is repeated.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(form.Short(form.Line(text), maxMeant), "'", `'\''`) + "'"
}

// atMost refuses more than n arguments, and exactly other than n of them.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("quote it if it has spaces", "%s takes %s; it was given %s", cmd.CommandPath(), what, form.Count(len(args), "argument"))
		}
		return nil
	}
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("see `"+cmd.CommandPath()+" --help`", "%s takes %s; it was given %s", cmd.CommandPath(), what, form.Count(len(args), "argument"))
		}
		return nil
	}
}

// wrongFlag turns what cobra says of a flag into one line with what to do.
func wrongFlag(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	todo := "see `" + cmd.CommandPath() + " --help`"
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown, todo)
	case errors.As(err, &value):
		return wrongValue("--"+value.GetFlag().Name, value.Unwrap())
	}
	return usage(todo, "%s", err)
}

func unknownFlag(cmd *cobra.Command, err *pflag.NotExistError, todo string) error {
	if short := err.GetSpecifiedShortnames(); short != "" {
		if cmd.Name() == "solve" {
			todo = "put -- before a problem that begins with a dash"
		}
		return usage(todo, "unknown flag -%s", short)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := engine.Near(err.GetSpecifiedName(), names); len(near) > 0 {
		todo = "did you mean --" + strings.Join(near, " or --") + "?"
	}
	return usage(todo, "unknown flag --%s", err.GetSpecifiedName())
}
