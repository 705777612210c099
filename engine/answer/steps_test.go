package answer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The environment of a process in which a step is switched off. A step is a function of
// this package or of value that may decide a comparison, or that rewrites an answer
// before it is decided.
const (
	offEnv    = "ANSWER_ABLATION_OFF" // the step that does nothing
	resultEnv = "ANSWER_ABLATION_OUT" // where the process of one step writes its result
)

// frame are the functions by which all others are reached: without one of them
// nothing is compared.
var frame = []string{
	"Equal", "equalWithin", "mathematics", "nodes", "kinds", "special", "Compare", "compare",
	"equal", "different", "unknown", "unlike", "also", "lenient", "best",
}

// withSwitches builds this test with a switch at the head of every step, the
// source as it is being left alone.
func withSwitches(t *testing.T) (program string, steps []string) {
	t.Helper()
	dir, replace := t.TempDir(), map[string]string{}
	for _, file := range sources(t) {
		source, found := switched(t, file)
		steps = append(steps, found...)
		whole, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		replace[whole] = filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		write(t, replace[whole], source)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	write(t, list, overlay)
	program = filepath.Join(dir, "ablation")
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", list, "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program, steps
}

// sources are the files of this package and of value.
func sources(t *testing.T) []string {
	t.Helper()
	here, err := filepath.Glob("*.go")
	below, errBelow := filepath.Glob("value/*.go")
	all := slices.DeleteFunc(append(here, below...), func(file string) bool { return strings.HasSuffix(file, "_test.go") })
	if err != nil || errBelow != nil || len(all) == 0 {
		t.Fatalf("no source: %v %v", err, errBelow)
	}
	return all
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// switched is the source of a file with a switch in each of its steps.
func switched(t *testing.T, file string) ([]byte, []string) {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, file, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var found []string
	at := 0
	for _, d := range tree.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || slices.Contains(frame, f.Name.Name) {
			continue
		}
		off := leaving(f)
		if off == "" {
			continue
		}
		name := strings.TrimSuffix(file, ".go") + "." + f.Name.Name
		found = append(found, name)
		head := files.Position(f.Body.Lbrace).Offset + 1
		out.Write(source[at:head])
		fmt.Fprintf(&out, " if ablationOff == %q { %s };", name, off)
		at = head
	}
	out.Write(source[at:])
	if len(found) == 0 {
		return source, nil
	}
	// Each file has the switch under a name of its own.
	off := "ablationOff" + strings.NewReplacer("/", "", ".", "").Replace(file)
	text := strings.ReplaceAll(out.String(), "ablationOff", off)
	pkg := "package " + tree.Name.Name
	text = strings.Replace(text, pkg+"\n", pkg+"\n\nimport ablationOS \"os\"\n", 1)
	return fmt.Appendf(nil, "%s\nvar %s = ablationOS.Getenv(%q)\n", text, off, offEnv), found
}

// leaving is the statement by which a step says that it does not know, or leaves
// what it was given as it is; "" if f is no step.
func leaving(f *ast.FuncDecl) string {
	if f.Type.Results == nil || f.Body == nil {
		return ""
	}
	var results []string
	for _, r := range f.Type.Results.List {
		for range max(1, len(r.Names)) {
			results = append(results, typeName(r.Type))
		}
	}
	var first string
	params := f.Type.Params.List
	if len(params) > 0 && len(params[0].Names) == 1 && typeName(params[0].Type) == "*tex.Node" {
		first = params[0].Names[0].Name
	}
	isStep := f.Recv != nil && typeName(f.Recv.List[0].Type) == "*comparison"
	switch what := strings.Join(results, ","); {
	case what == "value.Judgement,bool":
		return "return value.Judgement{}, false"
	case what == "value.Judgement":
		return "return value.Judgement{}"
	case what == "Judgement":
		return "return Judgement{}"
	case what == "*tex.Node" && first != "" && first != "_" && isStep:
		return "return " + first
	}
	return ""
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "*" + typeName(e.X)
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}
