package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// personal are the settings that a file in the current folder must not change,
// because the folder may be a stranger's: they decide whether the sandbox holds,
// who reads the problems or answers them, how much a server lets others ask, where attempts
// and the log are written, and what a key does that a person knows.
var personal = []string{"unsafe-python", "host", "connect", "cache-redis", "otlp", "db", "checkpoints", "rate", "log", "log-level", "debug", keysName}

// borrowed are variables that other programs read too. If a setting's own variable
// is not set, the borrowed one sets it: to the value here or, if that is "", to
// its own.
var borrowed = map[string]struct{ variable, value string }{
	"host":  {"OLLAMA_HOST", ""},
	"theme": {"NO_COLOR", "mono"},
	"plain": {"ACCESSIBLE", "true"},
}

// prefix is what the variables of this program begin with.
const prefix = "AIMO3_"

// variable is the name that a flag has in the environment.
func variable(flag string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// sources reads what the files and the environment say about a command's flags. The
// files are read only if one of the flags is a setting.
func (s *shell) sources(cmd *cobra.Command) (*config.Settings, error) {
	settings := s.settings()
	takes := false
	cmd.Flags().VisitAll(func(f *pflag.Flag) { takes = takes || settings.Lookup(f.Name) != nil })
	fromEnvFiles, err := s.envFiles(cmd)
	if err != nil {
		return nil, err
	}
	s.fromFiles = fromEnvFiles
	if !takes {
		said := config.New()
		return said, said.Add(s.environment(cmd.Flags()))
	}
	s.misspelt(cmd.Root(), fromEnvFiles)
	return s.saidOf(cmd.Flags(), settings)
}

// saidOf is what the files of settings and the environment say about flags.
func (s *shell) saidOf(flags, settings *pflag.FlagSet) (*config.Settings, error) {
	said := config.New()
	for _, path := range s.files() {
		values, err := s.valuesOf(path, settings)
		if err != nil {
			return nil, err
		}
		if err := said.Add(values); err != nil {
			return nil, err
		}
	}
	return said, said.Add(s.environment(flags))
}

// files are the paths of the files of settings; of two that set the same, the last
// counts.
func (s *shell) files() []string {
	if mine := config.User(s.Getenv); mine != "" {
		return []string{mine, config.Project}
	}
	return []string{config.Project}
}

// valuesOf reads the settings in a file. Keys that are none are left out, with a
// warning.
func (s *shell) valuesOf(path string, settings *pflag.FlagSet) ([]config.Value, error) {
	values, err := config.Read(path)
	if err != nil {
		return nil, err
	}
	var known []config.Value
	var unknown []string
	for _, v := range values {
		f := settings.Lookup(v.Key)
		switch {
		case f == nil:
			unknown = append(unknown, v.Where()+" is not a setting"+meant(v.Key, names(settings), ""))
		case path == config.Project && slices.Contains(personal, v.Key):
			return nil, usage("remove the line; set it in your own file, which `aimo3 config path` names, or by flag", "%s may not be set by a file in the current folder", v.Where())
		case f.Name != v.Key: // its earlier name, over which the present one counts
			v.Key = f.Name
			known = slices.Insert(known, 0, v)
		default:
			known = append(known, v)
		}
	}
	s.warn(unknown)
	return known, nil
}

// envFiles are the variables that the files of --env-file set. If one is set twice,
// the last counts.
func (s *shell) envFiles(cmd *cobra.Command) ([]config.Value, error) {
	paths, _ := cmd.Flags().GetStringArray(envFileFlag) // every command has the flag
	if one := s.Getenv(variable(envFileFlag)); len(paths) == 0 && one != "" {
		paths = []string{one}
	}
	var all []config.Value
	for _, path := range paths {
		values, err := config.ReadEnv(path)
		if err != nil {
			return nil, err
		}
		all = append(all, values...)
	}
	return all, nil
}

// environment is what variables say about a command's flags.
func (s *shell) environment(flags *pflag.FlagSet) []config.Value {
	find := func(name string) config.Value {
		if text := s.Getenv(name); text != "" {
			return config.Value{Text: text, From: config.Origin{Source: config.Environment, Variable: name}}
		}
		for _, v := range slices.Backward(s.fromFiles) {
			if v.Key == name {
				return v
			}
		}
		return config.Value{}
	}
	var said []config.Value
	flags.VisitAll(func(f *pflag.Flag) {
		v := find(variable(f.Name))
		if old := oldNames[f.Name]; old != "" && v.Text == "" {
			v = find(variable(old))
		}
		if other, ok := borrowed[f.Name]; ok && v.Text == "" {
			if v = find(other.variable); v.Text != "" && other.value != "" {
				v.Text = other.value
			}
		}
		if v.Key = f.Name; v.Text != "" && f.Name != "help" && f.Name != envFileFlag {
			said = append(said, v)
		}
	})
	return said
}

func names(f *pflag.FlagSet) []string {
	var all []string
	f.VisitAll(func(f *pflag.Flag) { all = append(all, f.Name) })
	return all
}

// meant ends a line about an unknown word: it names those of words that a person
// may have meant, each with prefix before it.
func meant(word string, words []string, prefix string) string {
	if near := engine.Near(word, words); len(near) > 0 {
		return " · did you mean " + prefix + strings.Join(near, " or "+prefix) + "?"
	}
	return " · see `aimo3 config show` for all settings"
}
