package cli

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/secure/vault"
)

var update = flag.Bool("update", false, "write .env.example anew")

// example is the text of .env.example: every variable that the program reads.
func example(s *shell) string {
	var b strings.Builder
	listed := map[string]bool{"help": true}
	section := func(about string) { fmt.Fprintf(&b, "\n# %s\n", about) }
	flagLine := func(f *pflag.Flag) {
		if !listed[f.Name] {
			listed[f.Name] = true
			_, usage := pflag.UnquoteUsage(f)
			fmt.Fprintf(&b, "\n# %s\n#%s=%s\n", usage, variable(f.Name), cmp.Or(map[bool]string{true: f.DefValue}[f.DefValue != "[]"], ""))
		}
	}
	b.WriteString("# Every variable of aimo3, at its default. Copy what you need into a file that you alone\n" +
		"# can read (chmod 600) and name that with --env-file; no file is read by itself.\n")
	section("Secrets: the variable, or with _FILE the file that holds one. Better kept by `aimo3 auth set`.")
	for _, c := range vault.All() {
		fmt.Fprintf(&b, "\n# %s\n#%s=\n#%s=\n", c.About(), c.Variable(), c.FileVariable())
	}
	fmt.Fprintf(&b, "\n# secret part of the API key that aimo3 sign signs with\n#%s=\n#%s_FILE=\n", signingKey, signingKey)
	section("Settings; what is set here counts more than a file of settings.")
	s.settings().VisitAll(flagLine)
	section("Variables of other programs that are read too.")
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for _, other := range borrowed {
			if !yield(other.variable) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "#%s=\n", name)
	}
	section("Flags of single commands: better given there.")
	var below func(*cobra.Command)
	below = func(c *cobra.Command) {
		c.LocalFlags().VisitAll(flagLine)
		for _, sub := range c.Commands() {
			below(sub)
		}
	}
	below(s.root())
	section("Of scripts and for a way back; see the documents.")
	b.WriteString("#AIMO3_OFFLINE=\n#AIMO3_OLD_FILTER=\n")
	return b.String()
}

// TestExample: .env.example names every variable that the program knows, with what it is
// for, and sets none. With -update it is written anew.
func TestExample(t *testing.T) {
	const path = "../../.env.example"
	s := newShell(newBench(t).program(), nil, nil, nil, nil)
	want := example(s)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil { //nolint:gosec // for all to read
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != want {
		t.Errorf("%v: .env.example is not what the program knows; `go test ./tui/cli -run Example -update` writes it anew", err)
	}
	for _, name := range knownVariables(s.root()) {
		if !regexp.MustCompile(`(?m)^#` + prefix + name + `=`).Match(text) {
			t.Errorf("it lacks %s%s", prefix, name)
		}
	}
	if set := regexp.MustCompile(`(?m)^[^#\n].*`).FindString(string(text)); set != "" {
		t.Errorf("it sets %s", set)
	}
}
