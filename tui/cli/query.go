package cli

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// queryHelp says which terms a query may have.
func queryHelp() string {
	var b strings.Builder
	_ = form.WriteTable(&b, "  ", [][]string{ // a Builder takes all
		{"is:TRAIT", strings.Join(engine.Traits()[:4], ", ") + ","},
		{"", strings.Join(engine.Traits()[4:], ", ")},
		{"verdict:ANSWER", "that is the answer; " + engine.NoAnswer + ": it ended without one"},
		{"model:NAME", "the name of the model holds that"},
		{"source:NAME", "so does the file, or what else the problem came from"},
		{"tag:TAG", "it is tagged so"},
		{"after:DAY", "begun on that day, as 2026-01-02, today, yesterday, or later"},
		{"before:DAY", "begun before it; both also take 2026-01-02T15:04"},
	})
	return strings.TrimRight(b.String(), "\n")
}
