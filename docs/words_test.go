package docs_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// exported lists the exported identifiers that files declare, as
// "engine.Plan" and "engine.Plan.Seed", each with a place it stands at.
func exported(files []source) map[string]source {
	found := map[string]source{}
	for _, f := range files {
		add := func(parts ...string) {
			if !slices.ContainsFunc(parts, func(p string) bool { return !ast.IsExported(p) }) {
				found[f.file.Name.Name+"."+strings.Join(parts, ".")] = f
			}
		}
		for _, d := range f.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				add(append(receiver(d), d.Name.Name)...)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					specNames(spec, add)
				}
			}
		}
	}
	return found
}

func receiver(d *ast.FuncDecl) []string {
	if d.Recv == nil {
		return nil
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr: // of a generic type
			t = x.X
		case *ast.Ident:
			return []string{x.Name}
		default:
			return nil
		}
	}
}

func specNames(spec ast.Spec, add func(...string)) {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		for _, n := range s.Names {
			add(n.Name)
		}
	case *ast.TypeSpec:
		add(s.Name.Name)
		var fields *ast.FieldList
		switch t := s.Type.(type) {
		case *ast.StructType:
			fields = t.Fields
		case *ast.InterfaceType:
			fields = t.Methods
		default:
			return
		}
		for _, field := range fields.List {
			for _, n := range field.Names {
				add(s.Name.Name, n.Name)
			}
		}
	}
}

// vocabulary keeps the words that GLOSSARY.md rules out from exported names and
// package names.
func vocabulary(root fs.FS) ([]string, error) {
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	banned := table(root, "docs/GLOSSARY.md", "not used", "say", "may stand in")
	if len(banned) == 0 {
		return []string{"docs/GLOSSARY.md has no table of words not used"}, nil
	}
	declared := exported(files)
	for _, f := range files {
		declared[f.file.Name.Name] = f
	}
	var wrong []string
	for name, f := range declared {
		words := wordsOf(name)
		for _, cells := range banned {
			free := slices.ContainsFunc(list(cells[2]), func(p string) bool { return under(p, f.dir) })
			if !free && slices.ContainsFunc(list(cells[0]), func(w string) bool { return words[w] || words[w+"s"] }) {
				wrong = append(wrong, fmt.Sprintf("%s: %s says %q; say %s", f.path, name, cells[0], cells[1]))
			}
		}
	}
	return wrong, nil
}

// wordsOf parts "engine.HTTPStatus_id" into engine, http, status and id. The
// package's name counts only where it stands alone: it is judged once.
func wordsOf(name string) map[string]bool {
	if _, rest, ok := strings.Cut(name, "."); ok {
		name = rest[strings.LastIndexByte(rest, '.')+1:]
	}
	words := map[string]bool{}
	r := []rune(name)
	for start, i := 0, 1; i <= len(r); i++ {
		ends := i == len(r) || r[i] == '_' || unicode.IsUpper(r[i]) &&
			(!unicode.IsUpper(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1]))
		if ends {
			words[strings.ToLower(strings.Trim(string(r[start:i]), "_"))] = true
			start = i
		}
	}
	return words
}

// glossary keeps the glossary's words in order and to names that exist.
func glossary(root fs.FS) ([]string, error) {
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	declared := exported(files)
	rows := table(root, "docs/GLOSSARY.md", "word", "in the code", "meaning")
	if len(rows) == 0 {
		return []string{"docs/GLOSSARY.md has no table of words"}, nil
	}
	var wrong []string
	for i, cells := range rows {
		for _, name := range list(cells[1]) {
			if _, ok := declared[name]; !ok {
				wrong = append(wrong, fmt.Sprintf("docs/GLOSSARY.md: %s: there is no %s", cells[0], name))
			}
		}
		if i > 0 && strings.ToLower(rows[i-1][0]) >= strings.ToLower(cells[0]) {
			wrong = append(wrong, fmt.Sprintf("docs/GLOSSARY.md: %s stands after %s", cells[0], rows[i-1][0]))
		}
	}
	return wrong, nil
}

var inlineName = regexp.MustCompile("`([a-z]+)((?:\\.[A-Z]\\w*)+)(?:\\([^`]*\\))?`")

// names holds `engine.Plan` and the like in every document to the code.
func names(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	texts, err := documents(root)
	if err != nil {
		return nil, err
	}
	declared, ours := exported(files), map[string]bool{}
	for _, f := range files {
		ours[f.file.Name.Name] = true
	}
	var wrong []string
	for _, doc := range slices.Sorted(maps.Keys(texts)) {
		for _, m := range inlineName.FindAllStringSubmatch(texts[doc], -1) {
			if _, ok := declared[m[1]+m[2]]; ours[m[1]] && !ok {
				wrong = append(wrong, fmt.Sprintf("%s: there is no %s", doc, m[1]+m[2]))
			}
		}
	}
	return wrong, nil
}
