package formula

import "strings"

// environments reads \begin and what follows.
func (p *parser) environments(name string) (Node, bool) {
	if name != "begin" {
		return nil, false
	}
	from := p.i - 1
	env := join(p.raw())
	t, ok := p.table(env)
	if p.failed {
		return Source{}, true
	}
	if !ok {
		return p.unknownEnvironment(from, env), true
	}
	if p.depth++; p.depth > maxDepth {
		return p.fail(), true
	}
	defer func() { p.depth-- }()
	outer := p.tag
	p.rows(&t, `\end`)
	if p.next() != `\end` || join(p.raw()) != env {
		return p.fail(), true
	}
	p.tag = outer
	if len(t.Rows) == 1 && len(t.Rows[0]) == 1 && t.Left+t.Right == "" && t.Lines == nil && t.Bars == nil {
		if t.Tags[0] != nil {
			p.tag = t.Tags[0]
		}
		return t.Rows[0][0], true
	}
	return t, true
}

// table is the empty table that env begins; false if env is none.
func (p *parser) table(env string) (Table, bool) {
	plain := strings.TrimSuffix(env, "*")
	switch plain {
	case "align", "alignat", "flalign", "gather", "multline", "equation", "eqnarray", "displaymath":
		p.display = p.display || p.depth <= 1
	}
	if b, ok := matrices[plain]; ok {
		t := Table{Left: b[0], Right: b[1]}
		if plain != env {
			p.columns(&t, p.rawOptional())
		}
		return t, true
	}
	switch plain {
	case "cases", "dcases", "numcases":
		return Table{Left: "{", Columns: []Align{Left}}, true
	case "rcases", "drcases":
		return Table{Right: "}", Columns: []Align{Left}}, true
	case "aligned", "alignedat", "align", "alignat", "split", "eqnarray", "flalign":
		t := Table{Equations: true}
		if plain == "eqnarray" {
			t = Table{Columns: []Align{Right, Center, Left}}
		}
		if p.rawOptional(); strings.HasSuffix(plain, "at") {
			p.raw()
		}
		return t, true
	case "gathered", "gather", "multline", "equation", "displaymath", "math":
		p.rawOptionalAfter(plain)
		return Table{}, true
	case "array", "subarray", "tabular", "darray":
		p.rawOptional()
		t := Table{Columns: []Align{Center}}
		p.columns(&t, p.raw())
		return t, true
	}
	return Table{}, false
}

// rawOptionalAfter reads the position that only gathered may be told.
func (p *parser) rawOptionalAfter(env string) {
	if env == "gathered" {
		p.rawOptional()
	}
}

var matrices = map[string][2]string{
	"matrix": {}, "smallmatrix": {}, "pmatrix": {"(", ")"}, "bmatrix": {"[", "]"}, "Bmatrix": {"{", "}"},
	"vmatrix": {"|", "|"}, "Vmatrix": {"‖", "‖"}, "psmallmatrix": {"(", ")"}, "bsmallmatrix": {"[", "]"},
}

// columns reads how the columns of an array stand.
func (p *parser) columns(t *Table, spec []token) {
	t.Columns = nil
	bar := false
	for i := 0; i < len(spec); i++ {
		switch spec[i] {
		case "l", "c", "r":
			t.Columns = append(t.Columns, map[token]Align{"l": Left, "c": Center, "r": Right}[spec[i]])
			t.Bars = append(t.Bars, bar)
			bar = false
		case "|", ":":
			bar = true
		case "@", "!", "p", ">", "<":
			_, n := argument(spec[i+1:])
			i += n
			if spec[i-n] == "p" {
				t.Columns, t.Bars, bar = append(t.Columns, Left), append(t.Bars, bar), false
			}
		case eof:
		}
	}
	t.Bars = append(t.Bars, bar)
	if !contains(t.Bars) {
		t.Bars = nil
	}
}

func contains(bars []bool) bool {
	for _, b := range bars {
		if b {
			return true
		}
	}
	return false
}

// unknownEnvironment is the source of an environment to its end.
func (p *parser) unknownEnvironment(from int, env string) Node {
	p.strange = true
	for depth := 1; p.i < len(p.toks); {
		t := p.next()
		if t != `\begin` && t != `\end` {
			continue
		}
		if join(p.raw()) != env {
			continue
		}
		if t == `\begin` {
			depth++
		} else if depth--; depth == 0 {
			return Source{Text: join(p.toks[from:p.i])}
		}
	}
	return p.fail()
}
