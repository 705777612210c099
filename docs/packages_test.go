package docs_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"slices"
	"strings"
)

// packages keeps ARCHITECTURE.md to every package of the tree: it is named there in full.
func packages(root fs.FS) ([]string, error) {
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(root, "docs/ARCHITECTURE.md")
	if err != nil {
		return nil, err
	}
	missing := map[string]bool{}
	for _, f := range files {
		if f.dir != "." && !strings.Contains(string(text), "`"+f.dir+"`") {
			missing[f.dir] = true
		}
	}
	var wrong []string
	for dir := range missing {
		wrong = append(wrong, "docs/ARCHITECTURE.md does not say what `"+dir+"` is for")
	}
	return wrong, nil
}

// bounds keeps constants to names that say what they bound: max, min or default, and of what.
func bounds(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		ast.Inspect(f.file, func(n ast.Node) bool {
			d, ok := n.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				return true
			}
			for _, s := range d.Specs {
				value, ok := s.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for _, name := range value.Names {
					if slices.Contains([]string{"most", "least", "usual"}, name.Name) {
						wrong = append(wrong, fmt.Sprintf("%s:%d: const %s; say max, min or default, and of what", f.path, f.line(name.Pos()), name.Name))
					}
				}
			}
			return true
		})
	}
	return wrong, nil
}
