package prompt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

// split are the candidates of a split vote.
var split = []engine.Candidate{
	{Answer: "42", Votes: 2, Text: "Twice 21 is 42, so \\boxed{42}."},
	{Answer: `\frac{21}{2}`, Votes: 1, Text: "Half of it:\n\n\\boxed{\\frac{21}{2}}"},
	{Answer: "10.5", Votes: 1},
}

// strategy is one by its name.
func strategy(t *testing.T, name string) engine.Strategy {
	t.Helper()
	s, ok := prompt.Strategy(name)
	if !ok || s.Name != name {
		t.Fatalf("there is no way of choosing %q, but %+v", name, s)
	}
	return s
}

// tally has the votes of so many samples for each answer, and some without one.
func tally(silent int, votes ...int) engine.Tally {
	var all engine.Tally
	at := 0
	for answer, n := range votes {
		for range n {
			all = all.Add(at, engine.Answer(fmt.Sprint(answer)))
			at++
		}
	}
	for range silent {
		all = all.Add(at, "")
		at++
	}
	return all
}

// TestStrategies: each is found by its name, as the command line reads it, and
// whoever misspells one is told of all.
func TestStrategies(t *testing.T) {
	var names []string
	for _, s := range prompt.Strategies() {
		names = append(names, s.Name)
	}
	got, err := engine.ParseChoose(" "+strings.ToUpper(strings.Join(names, " , "))+",none,,"+names[0], prompt.Strategy)
	if err != nil || len(names) == 0 || !reflect.DeepEqual(got, names) {
		t.Errorf("of %q are read %q, %v", names, got, err)
	}
	if got, err := engine.ParseChoose("none", prompt.Strategy); got != nil || err != nil {
		t.Errorf("of none are read %q, %v", got, err)
	}
	_, err = engine.ParseChoose("select,guess", prompt.Strategy)
	for _, want := range append(names, "guess", "none") {
		if !strings.Contains(engine.Hint(err), want) {
			t.Errorf("told %q, without %q", engine.Hint(err), want)
		}
	}
	for _, name := range names {
		s := strategy(t, name)
		if s.When == nil || s.How == nil {
			t.Errorf("%+v does nothing", s)
		}
	}
}

// TestWhen: votes as they fall, and which way of choosing is for them.
func TestWhen(t *testing.T) {
	for _, c := range []struct {
		silent int
		votes  []int
		want   string
	}{
		{0, []int{1, 1}, "verify select second-round"},
		{0, []int{2, 1}, "verify second-round"},
		{1, []int{2, 1}, "verify select second-round"},
		{0, []int{2, 2, 1}, "verify select second-round"},
		{0, []int{3, 3}, "verify select"},
		{2, []int{3, 1}, "verify select"},
		{0, []int{5, 3}, "verify"},
		{0, []int{3}, ""},
	} {
		var got []string
		for _, s := range prompt.Strategies() {
			if s.When(tally(c.silent, c.votes...)) {
				got = append(got, s.Name)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v and %d without an answer: for %q, want %q", c.votes, c.silent, s, c.want)
		}
	}
}

// told are turns as the goldens show them.
func told(turns []engine.Turn) string {
	var all strings.Builder
	for _, turn := range turns {
		fmt.Fprintf(&all, "---- %s\n%s\n", turn.Role, turn.Text)
	}
	return all.String()
}

// golden compares what is told with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is told\n%s\nwant\n%s", name, got, want)
	}
}
