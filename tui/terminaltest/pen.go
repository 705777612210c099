package terminaltest

import (
	"slices"
	"strings"
)

// pen is the style that a terminal shows characters in.
type pen struct {
	colour, ground string   // the parameters that set them
	more           []string // what else is on, in order
}

// set obeys the parameters of an SGR sequence.
func (p *pen) set(params []string) {
	for len(params) > 0 {
		n := 1
		if first := params[0]; (first == "38" || first == "48") && len(params) > 1 {
			n = min(map[string]int{"2": 5, "5": 3}[params[1]], len(params))
		}
		p.one(params[0], strings.Join(params[:max(n, 1)], ";"))
		params = params[max(n, 1):]
	}
}

func (p *pen) one(first, all string) {
	switch {
	case first == "" || first == "0":
		*p = pen{}
	case first == "39":
		p.colour = ""
	case first == "49":
		p.ground = ""
	case len(first) == 2 && (first[0] == '3' || first[0] == '9'):
		p.colour = all
	case len(first) == 2 && first[0] == '4' || len(first) == 3:
		p.ground = all
	default:
		if at, on := slices.BinarySearch(p.more, all); !on {
			p.more = slices.Insert(slices.Clone(p.more), at, all)
		}
	}
}

// style is how a text looks: the same for all sequences that come to the same.
func (p *pen) style(text string) string {
	if text == " " && p.ground == "" && !slices.ContainsFunc(p.more, shows) {
		return ""
	}
	all := slices.Concat([]string{p.colour, p.ground}, p.more)
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), ",")
}

// shows says whether something that is on shows where there is no character.
func shows(param string) bool { return !slices.Contains([]string{"1", "2", "3"}, param) }
