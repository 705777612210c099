package cli

import (
	"cmp"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/tui/cli/form"
)

// versions are what the program was built of, as the Go tool recorded it.
type versions struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
	System  string `json:"system"`
	SQLite  string `json:"sqlite"` // of its driver, which holds it
	Ollama  string `json:"ollama"` // of the client
}

func (s *shell) versionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what it is built from",
		Args:  exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			v := built()
			if s.json {
				return s.printJSON(v)
			}
			return form.WriteTable(s.out, "", [][]string{
				{"aimo3", v.Version},
				{"commit", v.Commit},
				{"go", v.Go},
				{"system", v.System},
				{"go-sqlite3", v.SQLite},
				{"ollama client", v.Ollama},
			})
		},
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

func built() versions {
	v := versions{Version: "unknown", Commit: "unknown", Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, SQLite: "unknown", Ollama: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Version = cmp.Or(info.Main.Version, v.Version)
	for _, set := range info.Settings {
		switch {
		case set.Key == "vcs.revision":
			v.Commit = set.Value
		case set.Key == "vcs.modified" && set.Value == "true":
			v.Commit += " (modified)"
		}
	}
	for _, m := range info.Deps {
		switch m.Path {
		case "github.com/mattn/go-sqlite3":
			v.SQLite = m.Version
		case "github.com/ollama/ollama":
			v.Ollama = m.Version
		}
	}
	return v
}
