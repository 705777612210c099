package answer

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// residueClass reads what words say of the remainders of an integer: "n is
// even", "all odd integers", "multiples of 3", "n is not divisible by 4".
func residueClass(folded string) *tex.Node {
	words := strings.Fields(folded)
	if len(words) == 0 || len(words) > 10 {
		return nil
	}
	of := &tex.Node{Op: tex.Congruence}
	var name, residue, modulus *tex.Node
	positive := false
	fillers := strings.Fields("is are must be integer integers number numbers values of multiple multiples divisible by that which for congruent to mod modulo")
	for i, w := range words {
		w = strings.Trim(w, "$,.")
		switch {
		case w == "not":
			of.Text = `\not`
		case w == "positive":
			positive = true
		case modulus == nil && (w == "even" || w == "odd"):
			modulus, residue = number("2"), number("0")
			if w == "odd" {
				residue = number("1")
			}
		case modulus == nil && i > 1 && divides(words[i-2], words[i-1]):
			modulus, residue = number(w), number("0")
			if !digits(w) {
				return nil
			}
		case residue == nil && i > 1 && words[i-1] == "to" && words[i-2] == "congruent" && digits(w):
			residue = number(w)
		case modulus == nil && i > 0 && strings.HasPrefix(words[i-1], "mod") && digits(w):
			modulus = number(w)
		case slices.Contains(fillers, w):
		case name == nil && len(w) == 1 && isLetter(w[0]):
			name = &tex.Node{Op: tex.Name, Text: w}
		default:
			return nil
		}
	}
	if modulus == nil || residue == nil {
		return nil
	}
	return classOf(of, name, residue, modulus, positive)
}

// classOf is what is said of a name, or of whatever is meant.
func classOf(of, name, residue, modulus *tex.Node, positive bool) *tex.Node {
	switch {
	case positive:
		return positiveClass(of, name, residue, modulus)
	case name == nil && of.Text == "":
		return node(tex.Mod, residue, modulus)
	case name == nil:
		name = node(tex.Words) // whatever it is said of
	}
	of.Args = []*tex.Node{name, residue, modulus}
	return of
}

// positiveClass is the positive members of a residue class, as a family.
func positiveClass(of, name, residue, modulus *tex.Node) *tex.Node {
	if of.Text != "" {
		return nil
	}
	k := &tex.Node{Op: tex.Name, Text: "k"}
	least := "1"
	if residue.Text != "0" {
		least = "0"
	}
	form := node(tex.Sum, node(tex.Product, modulus, k), residue)
	if name != nil {
		form = &tex.Node{Op: tex.Relation, Text: "=", Args: []*tex.Node{name, form}}
	}
	return node(tex.List, form, &tex.Node{Op: tex.Relation, Text: `\ge`, Args: []*tex.Node{k, number(least)}})
}

// digits says whether a word is a number of few digits.
func digits(w string) bool { return w != "" && len(w) < 7 && strings.Trim(w, "0123456789") == "" }

// divides says whether two words are those before a number that divides: multiple of.
func divides(first, second string) bool {
	return strings.HasPrefix(first, "multiple") && second == "of" || first == "divisible" && second == "by"
}
