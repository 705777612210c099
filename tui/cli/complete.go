package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/theme"
)

const (
	completionTimeout = 2 * time.Second // of what a shell waits for while a person types
	maxCompletions    = 50              // stored attempts that are offered
)

// ofFiles are the flags whose values are files or folders, which the shell completes. Of
// all others it would offer files that mean nothing there.
var ofFiles = []string{"db", "log", "checkpoints", "checkpoint", "output", "file", "env-file", "pprof", "tls-cert", "tls-key", "public-key", "body", "html", "problems", "queue-db"}

// choices are the values of flags that have few.
var choices = map[string][]string{
	"think":     {"auto", "on", "off", "low", "medium", "high"},
	"tools":     {"auto", "python", "embedded", "off"},
	"engine":    {"auto", "python", "embedded"},
	"stop":      {"four-agree", "uncatchable", "none", "asc:", "esc:", "deepconf:"},
	"choose":    {"none", "verify", "select", "second-round"},
	"budget":    {"5m", "15m", "1h", "none"},
	"answer":    {"integer:0..99999", "integer", "any"},
	"announce":  {"auto", "none", "title", "progress", "bell", "notify"},
	"log-level": {"debug", "info", "warn", "error"},
	"level":     {"info", "warn", "error"},
	"reader":    {"recorded", "stated", "boxed", "guessed", "after:"},
	"voter":     {"count", "confidence", "first"},
	"rule":      {"four-agree", "uncatchable", "none", "asc:", "esc:"},
	"format":    {"md", "html", "tex", "json", "jsonl"},
	"scope":     {"solve", "batch", "admin", "metrics"},
	// of dataset, whose flag has a name that another command gives to another
	"source format": {"csv", "json", "text"},
}

// completes has shells complete the values of flags and arguments below cmd: models that
// are installed, attempts that are stored, and the values of settings.
func (s *shell) completes(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if slices.Contains(ofFiles, f.Name) || f.Value.Type() == "bool" {
			return
		}
		name := f.Name
		if cmd.Name() == "dataset" && name == "format" {
			name = "source format"
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, func(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return s.valuesFor(cmd.Context(), name, begun), cobra.ShellCompDirectiveNoFileComp
		}) // it fails where there is one already
	})
	s.completesArguments(cmd)
	for _, c := range cmd.Commands() {
		s.completes(c)
	}
}

// valuesFor are the values that a flag or a setting may have, as far as they can be named.
// Of a list the last one is completed, with what is not in it yet.
func (s *shell) valuesFor(ctx context.Context, name, begun string) []cobra.Completion {
	before := begun[:strings.LastIndexByte(begun, ',')+1]
	all := choices[name]
	switch name {
	case "model", "judge", "fallback":
		all = s.installed(ctx)
	case "theme":
		all = []string{"auto"}
		for _, p := range theme.Palettes() {
			all = append(all, p.Name)
		}
		all = append(all, theme.Own(Themes(s.Getenv))...)
	case keysName:
		all = s.actions()
	case "policy":
		for _, one := range answer.Switches() {
			all = append(all, one[0])
		}
	}
	there := strings.Split(before, ",")
	var values []cobra.Completion
	for _, one := range all {
		if !slices.Contains(there, one) {
			values = append(values, before+one)
		}
	}
	return values
}

// installed are the models of the servers that answer at once; none if none does.
func (s *shell) installed(ctx context.Context) []string {
	ctx, cancel := context.WithTimeout(ctx, completionTimeout)
	defer cancel()
	hosts, _ := s.SplitHosts(s.setting("host", strings.Join(s.set.Hosts, ",")))
	servers, err := s.Connect(ctx, hosts)
	if err != nil {
		return nil
	}
	defer closeAll(servers)
	var names []string
	for _, server := range servers {
		for _, m := range server.Server(ctx).Models {
			if !slices.Contains(names, m.Name) {
				names = append(names, m.Name)
			}
		}
	}
	return names
}

// attemptsFor are the latest stored attempts that are so, each with its problem.
func (s *shell) attemptsFor(ctx context.Context, begun string, are engine.Trait) []cobra.Completion {
	ctx, cancel := context.WithTimeout(ctx, completionTimeout)
	defer cancel()
	s.set.DB = s.setting("db", s.set.DB)
	if s.kept() != nil {
		return nil
	}
	store, err := s.OpenToRead(ctx, s.set.DB, func(string) {})
	if err != nil {
		return nil
	}
	defer func() { _ = store.Close() }()
	f := engine.Filter{Words: begun, Limit: maxCompletions}
	if are != "" {
		f.Terms = []engine.Term{{Key: engine.KeyIs, Value: string(are)}}
	}
	found, err := store.Attempts(ctx, f)
	if err != nil || len(found) == 0 {
		return nil
	}
	var all []cobra.Completion
	if are == "" {
		all = append(all, cobra.CompletionWithDesc("last", "the latest attempt"))
	}
	for _, a := range found {
		all = append(all, cobra.CompletionWithDesc(string(a.ID), described(a.Problem.Title(60))))
	}
	return all
}

// described is a text as a shell may show it, and never as it would obey it.
func described(text string) string { return strings.Map(printable, text) }

func printable(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return ' '
	}
	return r
}
