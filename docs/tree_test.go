package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

const module = "github.com/aimo3/aimo3"

// source is one parsed Go file.
type source struct {
	path  string // from the root, with slashes
	dir   string // of path; "." is the root
	test  bool   // its name ends in _test.go
	lines int
	set   *token.FileSet
	file  *ast.File
}

// line is the line that pos stands on.
func (s source) line(pos token.Pos) int { return s.set.Position(pos).Line }

// sources parses every Go file of the module, as the go tool finds them.
func sources(root fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		switch name := path.Base(p); {
		case err != nil:
			return err
		case d.IsDir() && p != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".go":
			return nil
		}
		text, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, p, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, source{
			path: p, dir: path.Dir(p), test: strings.HasSuffix(p, "_test.go"),
			lines: strings.Count(string(text), "\n"), set: set, file: file,
		})
		return nil
	})
	return all, err
}

// code is sources without test files.
func code(root fs.FS) ([]source, error) {
	all, err := sources(root)
	var kept []source
	for _, s := range all {
		if !s.test {
			kept = append(kept, s)
		}
	}
	return kept, err
}

// documents are the Markdown files of the root and of docs.
func documents(root fs.FS) (map[string]string, error) {
	texts := map[string]string{}
	for _, glob := range []string{"*.md", "docs/*.md"} {
		names, err := fs.Glob(root, glob)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(root, name)
			if err != nil {
				return nil, err
			}
			texts[name] = string(text)
		}
	}
	return texts, nil
}

// table returns the rows of the Markdown table whose header begins with head,
// without code marks; nil if there is none.
func table(root fs.FS, name string, head ...string) [][]string {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return nil
	}
	var rows [][]string
	inside := false
	for line := range strings.Lines(string(text)) {
		cells := cellsOf(line)
		switch {
		case len(cells) < len(head):
			inside = false
		case inside && strings.Trim(cells[0], "-: ") != "":
			rows = append(rows, cells)
		case !inside:
			inside = strings.Join(cells[:len(head)], "|") == strings.Join(head, "|")
		}
	}
	return rows
}

func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil
	}
	cells := strings.Split(strings.ReplaceAll(line[1:len(line)-1], "`", ""), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// under says whether dir is what pattern means to the go tool: itself, or with
// "/..." at its end also all below.
func under(pattern, dir string) bool {
	stem, deep := strings.CutSuffix(pattern, "/...")
	return dir == stem || deep && strings.HasPrefix(dir, stem+"/")
}
