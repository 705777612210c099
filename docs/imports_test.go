package docs_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// row is one row of the import table.
type row struct {
	pattern      string
	ours, others []string
	met          bool // some file is under it
}

// imports holds every import to the table in ARCHITECTURE.md, and the table to
// packages that exist.
func imports(root fs.FS) ([]string, error) {
	rows := importRows(root)
	if len(rows) == 0 {
		return []string{"docs/ARCHITECTURE.md has no import table"}, nil
	}
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		r := rowOf(rows, f)
		if r == nil {
			wrong = append(wrong, fmt.Sprintf("%s: the import table has no row for it", f.path))
			continue
		}
		r.met = true
		for _, spec := range f.file.Imports {
			if why := r.forbids(strings.Trim(spec.Path.Value, `"`), isForTests(f.file.Name.Name)); why != "" {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %s %s", f.path, f.line(spec.Pos()), r.pattern, why))
			}
		}
	}
	for _, r := range rows {
		if !r.met {
			wrong = append(wrong, fmt.Sprintf("the import table's row %s is of nothing", r.pattern))
		}
	}
	return wrong, nil
}

func importRows(root fs.FS) []*row {
	var rows []*row
	for _, cells := range table(root, "docs/ARCHITECTURE.md", "package", "of ours", "of others") {
		rows = append(rows, &row{pattern: cells[0], ours: list(cells[1]), others: list(cells[2])})
	}
	return rows
}

// list is what a cell lists; "-" is nothing.
func list(cell string) []string {
	if cell == "-" {
		return nil
	}
	return strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ',' })
}

// rowOf is the row with the longest pattern that f is under.
func rowOf(rows []*row, f source) *row {
	var best *row
	for _, r := range rows {
		fits := f.path == r.pattern || under(r.pattern, f.dir)
		if fits && (best == nil || len(r.stem()) > len(best.stem())) {
			best = r
		}
	}
	return best
}

func (r *row) stem() string { return strings.TrimSuffix(r.pattern, "/...") }

// forbids says why a package of the row may not import path; "" if it may.
func (r *row) forbids(path string, forTests bool) string {
	dir, mine := strings.CutPrefix(path, module+"/")
	name := path[strings.LastIndexByte(path, '/')+1:]
	switch {
	case (mine && isForTests(name) || path == "testing") && !forTests:
		return "may not import " + path + ", which is for tests"
	case mine && !under(r.pattern, dir) && !slices.ContainsFunc(r.ours, func(p string) bool { return under(p, dir) }):
		return "may not import " + dir
	case path == "text/template" || path == "html/template":
		return "may not import " + path + ", for which the linker keeps every method"
	case !mine && isForeign(path) && !slices.ContainsFunc(r.others, func(p string) bool { return under(p+"/...", path) }):
		return "may not import " + path
	}
	return ""
}

func isForTests(pkg string) bool { return strings.HasSuffix(pkg, "test") }

// isForeign tells other modules from the standard library, whose first path
// elements have no dot.
func isForeign(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}
