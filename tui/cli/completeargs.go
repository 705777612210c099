package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
)

// argumentsOf are the words by which the usage of a command names its arguments, as in
// "compare A B", without the brackets of those that may be left out.
func argumentsOf(cmd *cobra.Command) []string {
	words := strings.Fields(cmd.Use)
	for i, w := range words {
		words[i] = strings.Trim(w, "[]")
	}
	return words[min(1, len(words)):]
}

// ofAttempts is whether the arguments of a command are stored attempts.
func ofAttempts(cmd *cobra.Command) bool {
	p, args := cmd.Parent(), argumentsOf(cmd)
	return p != nil && p.Name() == "history" && len(args) > 0 && (args[0] == "ID" || args[0] == "A")
}

// completesArguments has shells complete the arguments of a command: files if its usage says
// FILE or FOLDER, attempts, models, or nothing where none of these is meant.
func (s *shell) completesArguments(cmd *cobra.Command) {
	args := argumentsOf(cmd)
	if cmd.ValidArgsFunction != nil || slices.ContainsFunc(args, func(a string) bool { return strings.Contains(a, "FILE") || strings.Contains(a, "FOLDER") }) {
		return
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, before []string, begun string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
		switch {
		case len(before) >= len(args):
		case ofAttempts(cmd):
			all = s.attemptsFor(cmd.Context(), begun, onlyThose(cmd))
		case args[len(before)] == "METHOD":
			all = []cobra.Completion{"GET", "POST", "PUT", "DELETE"}
		case cmd.Parent() != nil && cmd.Parent().Name() == "models":
			all = s.valuesFor(cmd.Context(), "model", begun)
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// onlyThose is which attempts a command is for: "" means all that there are.
func onlyThose(cmd *cobra.Command) engine.Trait {
	switch cmd.Name() {
	case "restore":
		return engine.TraitDeleted
	case "resume", "close":
		return engine.TraitUnfinished
	}
	return ""
}

// completeQuery completes the key of a term, and the values that can be named.
func (s *shell) completeQuery(cmd *cobra.Command, _ []string, typed string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
	const only = cobra.ShellCompDirectiveNoFileComp
	if key, _, isTerm := strings.Cut(typed, ":"); isTerm {
		values := engine.FilterValues(key)
		if key == engine.KeyModel {
			values = s.installed(cmd.Context())
		}
		for _, v := range values {
			all = append(all, key+":"+v)
		}
		return all, only
	}
	for _, key := range engine.FilterKeys() {
		all = append(all, key+":")
	}
	return all, only | cobra.ShellCompDirectiveNoSpace
}
