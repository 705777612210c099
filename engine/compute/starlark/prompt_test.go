package starlark

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPrompt holds the prompt to what there is, both ways.
func TestPrompt(t *testing.T) {
	_, listed, _ := strings.Cut(Prompt, "Every function below")
	words := regexp.MustCompile(`[A-Za-z_]\w*`).FindAllString(Prompt, -1)
	have := predeclared()
	for name := range have {
		if strings.HasPrefix(name, "__") || name == "None" || name == "True" || name == "False" {
			continue
		}
		if !slices.Contains(words, name) {
			t.Errorf("the prompt does not tell of %s", name)
		}
	}
	for _, called := range regexp.MustCompile(`(?:^|[^.\w])([A-Za-z_]\w*)\(`).FindAllStringSubmatch(listed, -1) {
		if _, ok := have[called[1]]; !ok && called[1] != "p" {
			t.Errorf("the prompt tells of %s, which is not there", called[1])
		}
	}
	for _, line := range strings.Split(listed, "\n") {
		kind, names, _ := strings.Cut(line, ": ")
		if !strings.HasPrefix(kind, "- ") || strings.Contains(kind, "(") || strings.HasPrefix(kind, "- Exact fractions") {
			continue
		}
		for _, item := range strings.Split(regexp.MustCompile(`\([^()]*\)`).ReplaceAllString(names, ""), ", ") {
			name := regexp.MustCompile(`^\w+`).FindString(item)
			if _, ok := have[name]; !ok {
				t.Errorf("the prompt lists %q, which is not there", name)
			}
		}
	}
	for _, m := range regexp.MustCompile(`\b([Mp])\.([a-zA-Z]\w*)`).FindAllStringSubmatch(Prompt, -1) {
		code := map[string]string{"M": "Matrix([[1]])", "p": "Poly([1])"}[m[1]] + "." + m[2]
		if out := runCell(t, testInterpreter(), code); strings.Contains(out, "Error") {
			t.Errorf("the prompt tells of %s: %s", m[0], out)
		}
	}
	for _, table := range []map[string]function{matrixMethods, polyMethods} {
		for name := range table {
			if !slices.Contains(words, name) {
				t.Errorf("the prompt does not tell of .%s()", name)
			}
		}
	}
}
