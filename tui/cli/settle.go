package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// settle fills what flags left open: from the environment, then from files, then, in the
// app, from what was used last, then by default.
func (s *shell) settle(cmd *cobra.Command, _ []string) error {
	said, err := s.sources(cmd)
	if err != nil {
		return err
	}
	s.said = said
	s.remember(cmd, said)
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		v, ok := s.sayOf(said, f.Name)
		if !ok || f.Changed || rivalChanged(cmd, f.Name) || wrong != nil {
			return
		}
		if err := f.Value.Set(v.Text); err != nil {
			wrong = wrongValue(v.Where(), err)
		}
	})
	if wrong != nil {
		return wrong
	}
	if v, _ := s.sayOf(said, "model"); v.From.Source == config.Remembered && !cmd.Flags().Changed("model") { // it may be gone
		s.set.LastModel, s.set.Plan.Model = s.set.Plan.Model, ""
	}
	return oneForm(cmd)
}

// forms are the flags of which each asks for another form of output.
var forms = []string{"json", "events", "sample"}

// oneForm refuses two forms of output at once.
func oneForm(cmd *cobra.Command) error {
	var given []string
	for _, name := range forms {
		if f := cmd.Flags().Lookup(name); f != nil && f.Value.String() != "" && f.Value.String() != "false" {
			given = append(given, "--"+name)
		}
	}
	if len(given) > 1 {
		return usage("choose one of them", "%s cannot be used together", strings.Join(given, " and "))
	}
	return nil
}

// rivalChanged says whether a flag from the environment gives way to its rival
// on the command line.
func rivalChanged(cmd *cobra.Command, flag string) bool {
	return slices.Contains(forms, flag) && slices.ContainsFunc(forms, cmd.Flags().Changed)
}

func wrongValue(where string, err error) error {
	var f *engine.Fault
	if errors.As(err, &f) {
		return usage(f.Todo, "%s: %s", where, f.What)
	}
	if no := new(strconv.NumError); errors.As(err, &no) { // of a flag that is on or off: the others read for themselves
		return usage("", "%s: %q is not true or false", where, no.Num)
	}
	return usage("", "%s: %s", where, err)
}
