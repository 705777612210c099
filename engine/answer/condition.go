package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// conditioned reads a text that says in words where what it says holds: "n=2^k
// for k≥1". It is nil if there are no such words, or no mathematics around them.
func conditioned(s string) *tex.Node {
	if main, cond, found := strings.Cut(s, `\forall`); found {
		s = main + `\text{ for all }` + cond
	}
	for _, word := range [...]string{"for", "where", "with", "if", "when", "such that"} {
		if !strings.Contains(s, word) {
			continue
		}
		for _, form := range [...]string{`\text{ ` + word + ` }`, `\text{` + word + `}`, `\text{, ` + word + ` `, `\text{ ` + word + ` `, `\text{` + word + ` `, ", " + word + " ", " " + word + " "} {
			before, after, found := strings.Cut(s, form)
			if !found {
				continue
			}
			return conditionedBy(before, after)
		}
	}
	if at := strings.LastIndexByte(s, ','); at > 0 && wordedCondition(s[at+1:]) != nil { // n = 3k, k an integer
		return conditionedBy(s[:at], s[at+1:])
	}
	for _, lead := range [...]string{`\text{all integers }`, `\text{all }`, "all integers "} {
		if of, found := strings.CutPrefix(s, lead); found {
			if n, err := tex.Parse(of); err == nil && kindOf(n) == Relation {
				return n
			}
		}
	}
	return nil
}

// conditionedBy reads an answer, and after it what is said of its names.
func conditionedBy(before, after string) *tex.Node {
	if strings.Count(after, "}") > strings.Count(after, "{") {
		after = strings.Replace(after, "}", " ", 1) // of the \text that was cut
	}
	main, err := tex.Parse(strings.TrimRight(before, `,; (`))
	if err != nil || main.Op == tex.Words || holds(main, tex.Words) {
		return nil
	}
	_, _, _, defines := function(main)
	cond := condition(after)
	switch {
	case defines && (quantified(after) || cond != nil && all(cond, func(n *tex.Node) bool { return n.Text == `\in` }) && len(without(variables(node(tex.And, cond...)), variables(main.Args[0]))) == 0):
		return main
	case cond != nil:
		return node(tex.List, append([]*tex.Node{main}, cond...)...)
	}
	return nil
}

// quantified says whether words after "for" only say that a function's values
// are meant: "all x", "every real number x".
func quantified(s string) bool {
	return !slices.ContainsFunc(strings.Fields(bareText(s)), func(w string) bool {
		w = strings.Trim(w, ".,")
		return len(w) > 1 && !slices.Contains([]string{"all", "any", "every", "each", "real", "reals", "number", "numbers", "integer", "integers", "positive"}, w)
	})
}

// condition reads what follows such a word: "some k≥1", "k an integer", "any
// constants a and b". It is nil if that says nothing that is understood.
func condition(s string) []*tex.Node {
	if conditions := wordedCondition(s); conditions != nil {
		return conditions
	}
	s = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), ")."))
	for again := true; again; {
		again = false
		for _, lead := range [...]string{"some ", "all ", "any ", "every ", "each ", "integer ", "integers ", "real "} {
			var cut bool
			s, cut = strings.CutPrefix(s, lead)
			again = again || cut
		}
	}
	n, err := tex.Parse(s)
	if err != nil {
		return nil
	}
	if n.Op == tex.List {
		if parts := shared(n.Args); all(parts, conditional) {
			return parts
		}
	}
	if !conditional(n) {
		return nil
	}
	return []*tex.Node{n}
}

// shared is a list with what is said of the last of some names said of each: of
// a, b ∈ ℝ it makes a ∈ ℝ, b ∈ ℝ.
func shared(parts []*tex.Node) []*tex.Node {
	parts = slices.Clone(parts)
	for i := len(parts) - 2; i >= 0; i-- {
		next := parts[i+1]
		if isName(parts[i]) && next.Op == tex.Relation && next.Text != "=" && isName(next.Args[0]) {
			parts[i] = &tex.Node{Op: tex.Relation, Text: next.Text, Args: []*tex.Node{parts[i], next.Args[1]}}
		}
	}
	return parts
}

// wordedCondition reads a condition that is all in words and names.
func wordedCondition(s string) []*tex.Node {
	words := strings.Fields(strings.NewReplacer(",", " ", "(", " ", ")", " ", "~", " ").Replace(bareText(s)))
	var names []*tex.Node
	var kinds []string
	for i, w := range words {
		w = strings.ToLower(strings.TrimSuffix(w, "."))
		if w == "" {
			continue
		}
		article := w == "a" && i+1 < len(words) && kindWord(strings.ToLower(words[i+1])) != ""
		switch kind := kindWord(w); {
		case kind != "":
			kinds = append(kinds, kind)
		case article || filler(w):
		default:
			n, err := tex.Parse(strings.TrimSuffix(words[i], "."))
			if err != nil || n.Op != tex.Name {
				return nil
			}
			names = append(names, n)
		}
	}
	if len(names) > 8 {
		return nil
	}
	var conditions []*tex.Node
	for _, name := range names {
		cond := ofKind(name, kinds)
		if cond == nil {
			return nil
		}
		conditions = append(conditions, cond)
	}
	return conditions
}

// kindWord is the singular of a word that says what sort of number is meant.
func kindWord(w string) string {
	w = strings.ReplaceAll(strings.TrimSuffix(w, "."), "-", "")
	switch w = strings.TrimSuffix(w, "s"); w {
	case "integer", "real", "constant", "natural", "positive", "nonnegative", "nonzero":
		return w
	}
	return ""
}

// filler says whether a word in a condition says nothing that counts.
func filler(w string) bool {
	return slices.Contains([]string{"some", "all", "any", "every", "each", "an", "and", "the", "is", "are", "be", "being", "arbitrary", "fixed", "number", "numbers", "value", "values", "can", "of", "where", "which", "that"}, w)
}

// ofKind says of a name what kinds of numbers say.
func ofKind(name *tex.Node, kinds []string) *tex.Node {
	is := func(sign string, of *tex.Node) *tex.Node {
		return &tex.Node{Op: tex.Relation, Text: sign, Args: []*tex.Node{name, of}}
	}
	set := func(text string) *tex.Node { return is(`\in`, &tex.Node{Op: tex.Name, Text: text}) }
	has := func(kind string) bool { return slices.Contains(kinds, kind) }
	switch {
	case len(kinds) == 0:
		return nil
	case has("natural"):
		return set(`\mathbb{N}`)
	case has("integer") && has("positive"):
		return set(`\mathbb{Z}^+`)
	case has("nonnegative"):
		return is(`\ge`, number("0"))
	case has("positive"):
		return is(">", number("0"))
	case has("nonzero"):
		return is(`\ne`, number("0"))
	case has("integer"):
		return set(`\mathbb{Z}`)
	}
	return set(`\mathbb{R}`)
}
