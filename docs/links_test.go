package docs_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

var (
	link       = regexp.MustCompile(`!?\[[^\]]*\]\(([^)\s]+)\)`)
	fenced     = regexp.MustCompile("(?ms)^```.*?^```$")
	heading    = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	notInSlug  = regexp.MustCompile("[^a-z0-9 _-]")
	inlinePath = regexp.MustCompile("`([\\w.-]+(?:/[\\w.*-]+)+)/?`")
	goOf       = regexp.MustCompile(`\bGo (1\.\d+)`)
	makeCall   = regexp.MustCompile("(?m)(?:^|`)make ([a-z0-9-]+)")
	makeTarget = regexp.MustCompile(`(?m)^([a-z0-9-]+):.* ## `)
)

// links holds relative links, and the headings they name, to what is there.
func links(root fs.FS) ([]string, error) {
	texts, err := documents(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for doc, text := range texts {
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, ":") { // another site
				continue
			}
			to := doc
			if target != "" {
				to = path.Join(path.Dir(doc), target)
			}
			if _, err := fs.Stat(root, to); err != nil {
				wrong = append(wrong, fmt.Sprintf("%s: %s leads nowhere", doc, m[1]))
			} else if anchor != "" && !slices.Contains(anchors(texts[to]), anchor) {
				wrong = append(wrong, fmt.Sprintf("%s: %s has no heading #%s", doc, to, anchor))
			}
		}
	}
	return wrong, nil
}

// anchors are the names by which a document's headings can be linked to.
func anchors(text string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		slug := notInSlug.ReplaceAllString(strings.ToLower(m[1]), "")
		all = append(all, strings.ReplaceAll(slug, " ", "-"))
	}
	return all
}

// paths holds `engine/vote.go` and the like in every document to the tree.
func paths(root fs.FS) ([]string, error) {
	texts, err := documents(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for doc, text := range texts {
		for _, m := range inlinePath.FindAllStringSubmatch(text, -1) {
			first, _, _ := strings.Cut(m[1], "/")
			if _, err := fs.Stat(root, first); err != nil {
				continue // not of this tree
			}
			found, err := fs.Glob(root, strings.TrimSuffix(m[1], "/..."))
			if err != nil || len(found) == 0 {
				wrong = append(wrong, fmt.Sprintf("%s: there is no %s", doc, m[1]))
			}
		}
	}
	return wrong, nil
}

// goVersion holds every Go version in a document to the one that go.mod asks for.
func goVersion(root fs.FS) ([]string, error) {
	mod, err := fs.ReadFile(root, "go.mod")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	texts, docsErr := documents(root)
	if err = errors.Join(err, docsErr); err != nil {
		return nil, err
	}
	var wrong []string
	for doc, text := range texts {
		for _, m := range goOf.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(string(mod), "\ngo "+m[1]) {
				wrong = append(wrong, fmt.Sprintf("%s: go.mod does not ask for %s", doc, m[0]))
			}
		}
	}
	return wrong, nil
}

// commands holds every `make x` in a document to the Makefile's targets.
func commands(root fs.FS) ([]string, error) {
	makefile, err := fs.ReadFile(root, "Makefile")
	if err != nil {
		return nil, err
	}
	texts, err := documents(root)
	if err != nil {
		return nil, err
	}
	targets := map[string]bool{}
	for _, m := range makeTarget.FindAllStringSubmatch(string(makefile), -1) {
		targets[m[1]] = true
	}
	var wrong []string
	for doc, text := range texts {
		for _, m := range makeCall.FindAllStringSubmatch(text, -1) {
			if !targets[m[1]] {
				wrong = append(wrong, fmt.Sprintf("%s: the Makefile has no target %s", doc, m[1]))
			}
		}
	}
	return wrong, nil
}

// topLevel holds the root to the entries that ARCHITECTURE.md lists. What git
// ignores is nobody's business.
func topLevel(root fs.FS) ([]string, error) {
	var wrong []string
	listed := map[string]bool{".git": true}
	for _, cells := range table(root, "docs/ARCHITECTURE.md", "entry", "what") {
		listed[cells[0]] = true
		if _, err := fs.Stat(root, cells[0]); err != nil {
			wrong = append(wrong, fmt.Sprintf("docs/ARCHITECTURE.md lists %s, which is not there", cells[0]))
		}
	}
	ignored, err := fs.ReadFile(root, ".gitignore")
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !listed[e.Name()] && !matchesAny(string(ignored), e.Name()) {
			wrong = append(wrong, fmt.Sprintf("%s is not among the entries that docs/ARCHITECTURE.md lists", e.Name()))
		}
	}
	return wrong, nil
}

func matchesAny(patterns, name string) bool {
	for p := range strings.Lines(patterns) {
		if ok, err := path.Match(strings.Trim(strings.TrimSpace(p), "/"), name); ok && err == nil {
			return true
		}
	}
	return false
}

// facts holds the list of facts in ARCHITECTURE.md to the kinds in the engine.
func facts(root fs.FS) ([]string, error) {
	files, err := code(root)
	if err != nil {
		return nil, err
	}
	documented := map[string]bool{}
	for _, cells := range table(root, "docs/ARCHITECTURE.md", "fact", "says") {
		documented[cells[0]] = true
	}
	var wrong []string
	for _, f := range files {
		for _, d := range f.file.Decls {
			kind := kindOf(d)
			if f.dir == "engine" && kind != "" && !documented[kind] {
				wrong = append(wrong, fmt.Sprintf("%s: docs/ARCHITECTURE.md does not list the fact %s", f.path, kind))
			}
			delete(documented, kind)
		}
	}
	for kind := range documented {
		wrong = append(wrong, fmt.Sprintf("docs/ARCHITECTURE.md lists the fact %s, which the engine does not have", kind))
	}
	return wrong, nil
}

// kindOf is what a method `kind() string` returns; "" of anything else.
func kindOf(d ast.Decl) string {
	fn, ok := d.(*ast.FuncDecl)
	if !ok || fn.Name.Name != "kind" || fn.Recv == nil || fn.Body == nil || len(fn.Body.List) != 1 {
		return ""
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return ""
	}
	lit, ok := ret.Results[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	return strings.Trim(lit.Value, `"`)
}
