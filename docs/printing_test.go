package docs_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"slices"
	"strings"
)

// terminals are the files that know the terminal itself, and why. All others are given
// somewhere to write.
var terminals = map[string]string{
	"main.go":                             "it hands the streams to the commands",
	"tui/output.go":                       "it hands frames to the terminal, and what is sent to the clipboard",
	"engine/compute/launcher/launcher.go": "the sandbox tells its own fault, before any code of a model runs",
}

// cleaned are the files of the front ends, and the functions of others, that print what
// no call on the same line makes safe, and why they may.
var cleaned = map[string]string{
	"tui/termsafe/json.go":              "it is what cleans",
	"tui/cli/form/notebook.go":          "a document, cleaned part by part; tui/cli/hostile_test.go prints hostile ones",
	"tui/cli/form/report.go":            "as above",
	"tui/cli/form/table.go":             "its cells are cleaned before their width is taken",
	"tui/export/markdown.go":            "a document, cleaned part by part; its tests and tui/cli/hostile_test.go write hostile ones",
	"tui/export/latex.go":               "as above",
	"tui/export/latexblock.go":          "as above",
	"tui/export/html.go":                "as above",
	"tui/export/htmlblock.go":           "as above",
	"tui/export/report.go":              "as above",
	"tui/export/chart.go":               "numbers and words of ours, and names that are cleaned where they are put in",
	"tui/cli/form/sheet.go":             "its titles are cleaned above, its cells by the table",
	"tui/cli/profile.go writeWaterfall": "lines whose titles are cleaned as they are made",
	"tui/cli/config/write.go":           "a file of settings with our own words",
	"tui/cli/logbook/file.go":           "lines that logbook.go cleaned",
	"tui/announce.go send":              "sequences with a title that was cleaned when it was put in",
	"tui/clipboard.go send":             "cleaned two lines above",
	"tui/repaint/writer.go":             "parts of what Bubble Tea writes to the terminal",
	"tui/cli/configfile.go replaceFile": "a file, not a terminal",
	"tui/cli/authkey.go printKey":       "a key that we made of letters and digits",
	"tui/cli/grade.go switches":         "our own words, for the help",
	"tui/cli/record.go second":          "a checkpoint, whose form the audit log checked",
	"tui/cli/run.go printCell":          "cleaned two lines above",
	"tui/cli/shell.go Write":            "the stream itself",
	"tui/cli/sign.go sign":              "a line for a shell, which quotes every argument",
	"tui/cli/board.go draw":             "cleaned at its top",
	"tui/cli/transfer.go step":          "cleaned at its top",
}

// printing keeps untrusted text from the terminal, unless tui/termsafe made it safe:
// the streams are known to few files, and in the front ends each argument of what prints
// is a literal or comes from a function that cleans.
func printing(root fs.FS) ([]string, error) {
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		if f.test || strings.HasSuffix(f.dir, "test") {
			continue
		}
		for _, d := range f.file.Decls {
			wrong = append(wrong, f.printed(d)...)
		}
	}
	return wrong, nil
}

func (s source) printed(d ast.Decl) (wrong []string) {
	in := ""
	if fn, ok := d.(*ast.FuncDecl); ok {
		in = fn.Name.Name
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if what := stream(n); what != "" && terminals[s.path] == "" {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s; write to what the caller gives", s.path, s.line(n.Pos()), what))
		}
		if call, ok := n.(*ast.CallExpr); ok && under("tui/...", s.dir) && cleaned[s.path] == "" && cleaned[s.path+" "+in] == "" {
			for _, arg := range told(call) {
				if !safe(arg) {
					wrong = append(wrong, fmt.Sprintf("%s:%d: %s prints what tui/termsafe has not made safe", s.path, s.line(arg.Pos()), in))
				}
			}
		}
		return true
	})
	return wrong
}

// stream is how n reaches the terminal without being given it; "" if it does not.
func stream(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && (x.Name == "os" && (n.Sel.Name == "Stdout" || n.Sel.Name == "Stderr") || x.Name == "fmt" && strings.HasPrefix(n.Sel.Name, "Print")) {
			return x.Name + "." + n.Sel.Name
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
			return f.Name
		}
	}
	return ""
}

// told are the arguments of a call that it prints.
func told(call *ast.CallExpr) []ast.Expr {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	switch name := nameOf(f); {
	case strings.HasPrefix(name, "fmt.Fprint"), name == "io.WriteString", name == "io.Copy":
		return call.Args[1:]
	case f.Sel.Name == "Write" && slices.Contains([]string{"out", "err", "to"}, lastOf(f.X)):
		return call.Args
	}
	return nil
}

// safe says whether nothing of an expression is a model's or a file's, as far as it
// stands there: literals, what cleans, and what puts these together.
func safe(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return safe(e.X)
	case *ast.BinaryExpr:
		return safe(e.X) && safe(e.Y)
	case *ast.CallExpr:
		if _, is := e.Fun.(*ast.ArrayType); is && len(e.Args) == 1 { // []byte(text)
			return safe(e.Args[0])
		}
		f, ok := e.Fun.(*ast.SelectorExpr)
		return ok && (nameOf(f) == "form.Line" || strings.HasPrefix(nameOf(f), "termsafe."))
	}
	return false
}

// nameOf is pkg.Name of a selector of a package; "" of any other.
func nameOf(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return ""
}

// lastOf is the last name of x.y.z.
func lastOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
