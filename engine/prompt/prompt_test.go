package prompt_test

import (
	"flag"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

var update = flag.Bool("update", false, "rewrite what the families are told; read the diff")

const statement = "Find $x$ with \\frac{x}{2} = 21.\n\nGive $x \\bmod 10^5$."

// models has one of each family.
var models = map[prompt.Family]string{
	prompt.GPTOSS: "gpt-oss:20b", prompt.Qwen: "qwen3:8b", prompt.DeepSeekR1: "deepseek-r1:14b", prompt.Phi: "phi4-reasoning",
	prompt.OpenMath: "openmath-nemotron:14b", prompt.Nemotron: "nemotron-3-nano", prompt.Generic: "mistral",
}

// ways are the ways in which a model can have code run, in the order of the goldens.
var ways = []struct {
	name string
	code engine.Code
}{
	{"no code", engine.Code{}},
	{"calls", engine.Code{Engine: "python", Calls: true, SymPy: true}},
	{"fences", engine.Code{Engine: "python", Caps: engine.Caps{Cells: 7, CellTimeout: 1500 * time.Millisecond, TotalTimeout: time.Minute, OutputChars: 900}}},
}

func brief(model string, code engine.Code) engine.Brief {
	return engine.Brief{Problem: engine.Problem{Statement: statement}, Plan: engine.Plan{Model: model}, Model: engine.Model{Name: model}, Code: code}
}

// TestGolden: what each family is told can be read in testdata.
func TestGolden(t *testing.T) {
	for family, model := range models {
		if got := prompt.FamilyOf(engine.Model{Name: model}); got != family {
			t.Errorf("%s is of the family %s, want %s", model, got, family)
		}
		var all strings.Builder
		for _, way := range ways {
			fmt.Fprintf(&all, "######## %s\n", way.name)
			all.WriteString(told(prompt.For(brief(model, way.code))))
		}
		golden(t, string(family), all.String())
	}
}

// TestTold: whatever the family and whatever runs code, no verb is left unfilled
// and no gap where nothing is said, the caps that are told are those that hold,
// the text is short, and a model without code is told of none.
func TestTold(t *testing.T) {
	const maxChars = 1500 // characters, statement apart
	for family, model := range models {
		for _, way := range ways {
			turns := prompt.For(brief(model, way.code))
			var all strings.Builder
			for _, turn := range turns {
				all.WriteString(turn.Text + "\n")
			}
			told := strings.TrimSpace(strings.ReplaceAll(all.String(), statement, ""))
			at := string(family) + ", " + way.name
			for _, mark := range []string{"%!", "%d", "%s", "\n\n\n", " \n"} {
				if strings.Contains(told, mark) {
					t.Errorf("%s: %q is left in\n%s", at, mark, told)
				}
			}
			if n := len(told); n > maxChars {
				t.Errorf("%s: %d characters, want no more than %d", at, n, maxChars)
			}
			if strings.Count(told, `\boxed{}`) == 0 {
				t.Errorf("%s: nothing of a box", at)
			}
			checkCode(t, at, told, way.code)
		}
	}
}

func checkCode(t *testing.T, at, told string, code engine.Code) {
	t.Helper()
	if code.Engine == "" {
		if m := regexp.MustCompile("(?i)code|cell|python|sympy|notebook|```").FindString(told); m != "" {
			t.Errorf("%s: it is told of %q", at, m)
		}
		return
	}
	caps := code.Caps.WithDefaults()
	cell := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", caps.CellTimeout.Seconds()), "0"), ".")
	for _, want := range []string{fmt.Sprintf("%d cells of at most %s s each", caps.Cells, cell), fmt.Sprintf("up to %d characters", caps.OutputChars)} {
		if !strings.Contains(told, want) {
			t.Errorf("%s: it is not told %q", at, want)
		}
	}
	if got, want := strings.Contains(told, "```python\n"), !code.Calls; got != want {
		t.Errorf("%s: told of a fence is %v, want %v", at, got, want)
	}
	if got := strings.Contains(told, "SymPy are there"); got && !code.SymPy || !got && strings.Contains(told, "and SymPy") {
		t.Errorf("%s: told of SymPy is %v", at, got)
	}
}

// TestStatementIsLast: whatever the statement, the model and the code, the last
// turn is the user's and ends with the statement as it is; turns take turns.
func TestStatementIsLast(t *testing.T) {
	all := append([]string{"smollm2:135m"}, "llama-3.1-nemotron-nano:8b")
	for _, model := range models {
		all = append(all, model)
	}
	law := func(statement string, model, way uint8) bool {
		b := brief(all[int(model)%len(all)], ways[int(way)%len(ways)].code)
		b.Problem.Statement = statement
		turns := prompt.For(b)
		if turns[0].Role == "system" {
			turns = turns[1:]
		}
		for i, turn := range turns {
			if turn.Role != []string{"user", "assistant"}[i%2] {
				return false
			}
		}
		last := turns[len(turns)-1]
		return last.Role == "user" && strings.HasSuffix(last.Text, statement)
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
	if !law("%d %!s(MISSING) {{.Cells}} ```python\n1\n```", 3, 2) {
		t.Error("a statement with marks is changed")
	}
}

func TestTiny(t *testing.T) {
	for model, worked := range map[string]bool{
		"smollm2-135m": true, "smollm2:135m-instruct-q4_1": true, "gemma3:270M": true,
		"qwen3:8b": false, "gpt-oss:120b": false, "mistral": false, "m5m:7b": false, "some-1350m": false, "": false,
	} {
		for _, way := range ways {
			b := brief(model, way.code)
			if got := reflect.DeepEqual(prompt.For(b), prompt.Worked(b)); got != worked {
				t.Errorf("%q, %s: shown worked examples is %v, want %v", model, way.name, got, worked)
			}
		}
	}
}

// TestWorkedCode: the examples show a block and its output as the model will
// write and get them, and only to one that is to write blocks.
func TestWorkedCode(t *testing.T) {
	for _, way := range ways {
		var all strings.Builder
		for _, turn := range prompt.Worked(brief("smollm2:135m", way.code)) {
			all.WriteString(turn.Text + "\n")
		}
		want := way.code.Engine != "" && !way.code.Calls
		if got := strings.Contains(all.String(), "```python\n2 + 6\n```\n```output\n8\n```\n"); got != want {
			t.Errorf("%s: a block is shown is %v, want %v:\n%s", way.name, got, want, all.String())
		}
	}
}
