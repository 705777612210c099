package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fact is one type with the method kind.
type fact struct {
	kind     string
	ofSample bool // it has a field Sample
}

// facts are the types with the method kind, by name.
func facts(t *testing.T) map[string]fact {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all, ofSample := map[string]fact{}, map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				s, ok := n.Type.(*ast.StructType)
				ofSample[n.Name.Name] = ok && slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool {
					return len(f.Names) == 1 && f.Names[0].Name == "Sample"
				})
			case *ast.FuncDecl:
				if of, kind, ok := kindOf(n); ok {
					all[of] = fact{kind: kind}
				}
			}
			return true
		})
	}
	for name, f := range all {
		f.ofSample = ofSample[name]
		all[name] = f
	}
	return all
}

// kindOf is what a method kind is of, and what it says.
func kindOf(f *ast.FuncDecl) (of, kind string, ok bool) {
	if f.Name.Name != "kind" || f.Recv == nil {
		return "", "", false
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			if name, is := n.Type.(*ast.Ident); is && of == "" {
				of = name.Name
			}
		case *ast.BasicLit:
			kind = strings.Trim(n.Value, `"`)
		}
		return true
	})
	return of, kind, true
}

// TestEveryFactHasItsPlaces: a fact that was forgotten somewhere would be lost
// there in silence.
func TestEveryFactHasItsPlaces(t *testing.T) {
	all := facts(t)
	if len(all) < 19 {
		t.Fatalf("only %d facts were found: %v", len(all), slices.Sorted(maps.Keys(all)))
	}
	read := func(path string) string {
		text, err := os.ReadFile(filepath.FromSlash(path))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	places := []struct {
		name, text, is string // is has NAME and KIND
		only           func(fact) bool
	}{
		{"kinds", read("event.go"), `decode\[NAME\]`, nil},
		{"Progress.Apply", read("progress.go") + read("sample.go"), `case (?:\w+, )*NAME\b`, nil},
		{"SampleOf", read("fact.go"), `case NAME:\n\t\treturn f\.Sample`, func(f fact) bool { return f.ofSample }},
		{"the logs of the laws", read("progress_test.go"), `engine\.NAME\{`, nil},
		{"the story that the store keeps", read("../store/story_test.go"), `engine\.NAME\{`, nil},
		{"docs/ARCHITECTURE.md", read("../docs/ARCHITECTURE.md"), "\\| `KIND` \\|", nil},
	}
	for name, f := range all {
		for _, p := range places {
			is := strings.NewReplacer("NAME", name, "KIND", f.kind).Replace(p.is)
			if (p.only == nil || p.only(f)) && !regexp.MustCompile(is).MatchString(p.text) {
				t.Errorf("%s is not in %s", name, p.name)
			}
		}
	}
}
