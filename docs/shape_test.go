package docs_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The most that a file, a function and a package may have; lines of a function
// are those between its braces.
const (
	maxFile     = 250
	maxTestFile = 400
	maxFunc     = 40
	maxTestFunc = 70
)

// sizes keeps things small enough to read at once.
func sizes(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		longest, most := maxTestFile, maxTestFunc
		if !f.test {
			longest, most = maxFile, maxFunc
		}
		if f.lines > longest {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines; at most %d", f.path, f.lines, longest))
		}
		for _, d := range f.file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				if n := f.line(fn.Body.Rbrace) - f.line(fn.Body.Lbrace) - 1; n > most {
					wrong = append(wrong, fmt.Sprintf("%s:%d: %s has %d lines; at most %d", f.path, f.line(fn.Pos()), fn.Name.Name, n, most))
				}
			}
		}
	}
	return wrong, nil
}

// habits forbids what no reader expects: work at package start, and an exit
// from anywhere but main.go and a TestMain.
func habits(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		for _, d := range f.file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				wrong = append(wrong, fmt.Sprintf("%s:%d: init; make it a function that somebody calls", f.path, f.line(fn.Pos())))
			}
			if f.path == "main.go" || fn.Name.Name == "TestMain" {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if call := exit(n); call != "" {
					wrong = append(wrong, fmt.Sprintf("%s:%d: %s outside main.go", f.path, f.line(n.Pos()), call))
				}
				return true
			})
		}
		wrong = append(wrong, vague(f)...)
	}
	return wrong, nil
}

// exit is the name of the call at n that ends the program; "" if none.
func exit(n ast.Node) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	call := pkg.Name + "." + s.Sel.Name
	if slices.Contains([]string{"os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln"}, call) {
		return call
	}
	return ""
}

// vague complains of a file whose name says nothing of what it holds.
func vague(f source) []string {
	stem, _, _ := strings.Cut(strings.TrimSuffix(path.Base(f.path), ".go"), "_")
	if slices.Contains([]string{"types", "consts", "constants", "interfaces", "misc", "shared", "utils", "helpers"}, stem) {
		return []string{f.path + ": name it after the one idea it holds"}
	}
	return nil
}
