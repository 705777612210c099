package cli

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/config"
	"github.com/aimo3/aimo3/tui/cli/form"
)

const envFileFlag = "env-file"

// envFileFlag gives every command the flag that names env files.
func (s *shell) envFileFlag(root *cobra.Command) {
	root.PersistentFlags().StringArray(envFileFlag, nil, "`FILE` of NAME=VALUE lines to add to the environment; never overrides it")
	_ = root.MarkPersistentFlagFilename(envFileFlag) // fails only if there is no such flag
}

func (s *shell) configCommand() *cobra.Command {
	c := group("config", "Show and change the settings kept in files",
		s.configShowCommand(), s.configPathCommand(), s.configInitCommand(), s.configEditCommand(), s.configSetCommand(), s.configUnsetCommand(), s.configKeysCommand())
	c.Long = "Show and change the settings kept in files.\n\n" +
		"A setting is a flag that says how problems are attempted or shown. Its value\n" +
		"comes from the first of: the flag, the environment (--num-ctx: AIMO3_NUM_CTX),\n" +
		config.Project + ", your own file, the default. A file has lines such as num-ctx: 8192.\n" +
		"One in the current folder may not set " + strings.Join(personal, ", ") + "."
	return c
}

// settingNow is a setting with the value that counts, and where it comes from.
type settingNow struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	config.Origin
}

func (s *shell) configShowCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "show",
		Short: "Show every setting, and where its value comes from",
		Args:  exactly(0, "no arguments"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return s.showSettings(cmd.Flags()) },
	}
	s.settingFlags(c.Flags())
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

func (s *shell) showSettings(flags *pflag.FlagSet) error {
	var all []settingNow
	rows := [][]string{{"SETTING", "VALUE", "FROM"}}
	s.settings().VisitAll(func(f *pflag.Flag) {
		f = flags.Lookup(f.Name)
		value, from := s.valueShown(f), config.Origin{Source: config.Default}
		if v, ok := s.said.Value(f.Name); f.Changed {
			from.Source = config.Flag
		} else if ok {
			from = v.From
		}
		all = append(all, settingNow{f.Name, value, from})
		if value == "" && from.Source == config.Default {
			value = cmp.Or(defaultInWords(f), "-")
		}
		rows = append(rows, []string{f.Name, value, from.String()})
	})
	if s.json {
		return s.printJSON(struct {
			Version  int          `json:"version"`
			Settings []settingNow `json:"settings"`
		}{wire.Version, all})
	}
	return form.WriteTable(s.out, "", rows)
}

// valueShown is a flag's value without passwords and the like.
func (s *shell) valueShown(f *pflag.Flag) string {
	value := f.Value.String()
	if f.Name == "host" && value != "" {
		hosts, _ := s.SplitHosts(value) // the flag's reader has accepted it
		for i := range hosts {
			hosts[i], _ = s.ShowHost(hosts[i])
		}
		value = strings.Join(hosts, ",")
	}
	if f.Name == "cache-redis" && value != "" {
		value = withoutUser(value)
	}
	return engine.HideSecrets(value)
}

// defaultInWords is the default that a flag's usage describes, where it is no fixed
// value; "" if there is none.
func defaultInWords(f *pflag.Flag) string {
	_, words, _ := strings.Cut(f.Usage, "(default: ")
	words, _, _ = strings.Cut(words, ")")
	return words
}

func (s *shell) configPathCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "path",
		Short: "Show which files are read, and which of them exist",
		Long:  "Show which files are read, and which of them exist. Where two set the same, the\nfirst wins.",
		Args:  exactly(0, "no arguments"),
		RunE:  func(*cobra.Command, []string) error { return s.showFiles() },
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

func (s *shell) showFiles() error {
	type file struct {
		Path   string `json:"path"`
		Exists bool   `json:"exists"`
	}
	files := []file{{config.Project, config.Exists(config.Project)}}
	if mine := config.User(s.Getenv); mine != "" {
		files = append(files, file{mine, config.Exists(mine)})
	}
	if s.json {
		return s.printJSON(struct {
			Version int    `json:"version"`
			Files   []file `json:"files"`
		}{wire.Version, files})
	}
	var rows [][]string
	for _, f := range files {
		rows = append(rows, []string{map[bool]string{true: "exists", false: "missing"}[f.Exists], f.Path})
	}
	return form.WriteTable(s.out, "", rows)
}

// ownFile is the path of the user's own file.
func (s *shell) ownFile() (string, error) {
	path := config.User(s.Getenv)
	if path == "" {
		return "", usage("set one of them", "there is no place for your settings: neither HOME nor XDG_CONFIG_HOME is set")
	}
	return path, nil
}

// template is a file with every setting at its default, commented out.
func (s *shell) template() string {
	var entries []config.Entry
	s.settings().VisitAll(func(f *pflag.Flag) {
		entries = append(entries, config.Entry{Key: f.Name, Default: f.DefValue, About: f.Usage})
	})
	head := "Settings of aimo3. Remove the # before a line to set the flag of that name; flags and the environment win over this file. `aimo3 config show` says what is set.\n" +
		"A file aimo3.yaml in the current folder wins over this one, but may not set " + strings.Join(personal, ", ") + "."
	return config.Template(head, entries)
}

// check reads the user's own file as a command would, and says what is wrong with it.
func (s *shell) check(path string) error {
	settings := s.settings()
	values, err := s.valuesOf(path, settings)
	if err != nil {
		return err
	}
	for _, v := range values {
		if err := settings.Lookup(v.Key).Value.Set(v.Text); err != nil {
			return wrongValue(v.Where(), err)
		}
	}
	return nil
}

// ownFault says that the user's own file cannot be written.
func ownFault(path string, err error) error {
	return fault(bare(err), "cannot write "+path, "check its folder and permissions")
}
