package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// otherVariables are variables that no command reads, but other parts of the program
// do, or its scripts and tests. One that ends in "_" stands for all that begin so.
var otherVariables = []string{
	"AIMO3_OLD_FILTER", signingKey, signingKey + "_FILE", "AIMO3_OFFLINE", "AIMO3_BIN", "AIMO3_SHARED", "AIMO3_SHARED_", "AIMO3_SANDBOXES", "AIMO3_STRACE",
	"AIMO3_TEST_", "AIMO3_CELLS_", "AIMO3_REPLAY", "AIMO3_REPLAY_", "AIMO3_CHAOS", "AIMO3_STORM", "AIMO3_ATTACKS", "AIMO3_SOAK", "AIMO3_SEARCHED", "AIMO3_OLLAMA", "AIMO3_OLLAMA_", "AIMO3_PYTHON", "AIMO3_PYTHONS",
}

// misspelt warns of variables that begin as ours do, but that nothing reads.
func (s *shell) misspelt(root *cobra.Command, fromFiles []config.Value) {
	known := knownVariables(root)
	var unknown []string
	look := func(name, where string) {
		if word, ours := strings.CutPrefix(name, prefix); ours && !slices.Contains(known, word) && !isOld(name) {
			unknown = append(unknown, where+" is not a variable of aimo3"+meant(word, known, prefix))
		}
	}
	if s.Environ != nil {
		all := s.Environ()
		slices.Sort(all)
		for _, one := range all {
			if name, _, _ := strings.Cut(one, "="); !isOther(name) {
				look(name, name)
			}
		}
	}
	for _, v := range fromFiles {
		look(v.Key, v.Where())
	}
	s.warn(unknown)
}

// knownVariables are those of all flags and credentials, without the prefix.
func knownVariables(root *cobra.Command) []string {
	known := variables(root)
	for _, c := range vault.All() {
		known = append(known, strings.TrimPrefix(c.Variable(), prefix), strings.TrimPrefix(c.FileVariable(), prefix))
	}
	return known
}

// isOld says that a variable is the earlier one of a flag.
func isOld(name string) bool {
	for _, old := range oldNames {
		if name == variable(old) {
			return true
		}
	}
	return false
}

func isOther(name string) bool {
	return slices.ContainsFunc(otherVariables, func(one string) bool {
		return name == one || strings.HasSuffix(one, "_") && strings.HasPrefix(name, one)
	})
}

// variables are the variables of all flags of a command and of those below it,
// without the prefix.
func variables(cmd *cobra.Command) []string {
	var all []string
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if name := strings.TrimPrefix(variable(f.Name), prefix); f.Name != "help" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	})
	for _, c := range cmd.Commands() {
		for _, name := range variables(c) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// warn says what a person should know, at most five lines of it: a hostile file
// may hold thousands of unknown keys.
func (s *shell) warn(lines []string) {
	const maxShown = 5
	for _, line := range lines[:min(len(lines), maxShown)] {
		s.say("warning: %s", line)
	}
	if rest := len(lines) - maxShown; rest > 0 {
		s.say("warning: and %d more", rest)
	}
}
