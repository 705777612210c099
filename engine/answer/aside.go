package answer

import (
	"math"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/thousands"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// maxRough is how far from the exact answer a number may be that repeats it with
// "about", as a share. One without such a word must be rounded from it.
const maxRough = 0.02

// introductions are the words behind which an answer is said again, and whether
// only roughly.
var introductions = [...]struct {
	text  string
	rough bool
}{
	{"about", true},
	{"approx", true},
	{"roughly", true},
	{"around", true},
	{"nearly", true},
	{"almost", true},
	{"≈", true},
	{"≃", true},
	{`\approx`, true},
	{`\simeq`, true},
	{"i.e", false},
	{"that is", false},
	{"which is", false},
	{"equivalently", false},
	{"namely", false},
	{"in decimal", true},
	{"or ", false},
	{"or}", false},
	{"(", false},
	{"=", false},
}

// beforeAside is the answer that s begins with, if what follows only says it
// again as a decimal or in per cent: 3/4 (75%), and 737/39 or about 18.9 cards.
func beforeAside(s string) (Answer, bool) {
	if len(s) > 512 || !strings.ContainsAny(s, ".%") {
		return Answer{}, false
	}
	for _, in := range introductions {
		at := strings.LastIndex(s, in.text)
		if at <= 0 || isLetter(in.text[0]) && letterBefore(s, at) {
			continue
		}
		if a, ok := saidAgain(s[:at], s[at+len(in.text):], in.rough); ok {
			return a, true
		}
	}
	return Answer{}, false
}

// saidAgain is the answer that head is, if rest says it again.
func saidAgain(head, rest string, rough bool) (Answer, bool) {
	again, ok := repeated(rest)
	if !ok {
		return Answer{}, false
	}
	if head = headOf(head); head == "" || strings.ContainsAny(head, ",;") && !strings.Contains(head, "{,}") {
		return Answer{}, false
	}
	a, err := Parse(head)
	if err != nil || a.Node == nil {
		return Answer{}, false
	}
	x, ok := exactly(a.Node)
	return a, ok && (again.of(x) || rough && math.Abs(x-again.value) <= maxRough*math.Abs(x))
}

func letterBefore(s string, at int) bool { return at > 0 && isLetter(s[at-1]) }

// exactly is about the number that n is, if n is written exactly and not as a
// decimal.
func exactly(n *tex.Node) (float64, bool) {
	if _, of, ok := assigned(n); ok {
		n = of
	}
	n = measureOf(counted(n)).of
	if _, _, pointed := decimal(n); pointed || kindOf(n) != Scalar || elided(n) {
		return 0, false
	}
	return value.Calc{Work: &work.Counter{Left: workOfKey}}.Approx(n)
}

// headOf is the answer before an aside, without what leads to the aside.
func headOf(s string) string {
	for {
		t := s
		for _, tail := range [...]string{" ", ",", ";", "(", `\left`, `\text{`, `\textrm{`, `\mathrm{`, `\textit{`, `\mbox{`, `\,`, `\;`, `\:`, `\ `, `\!`, `\quad`, `\qquad`, "~", "$", `\(`, `\)`, "=", "{", "or", "which", "that", "is", "and", "—", "–"} {
			if isLetter(tail[0]) && letterBefore(s, len(s)-len(tail)) {
				continue
			}
			s = strings.TrimSuffix(s, tail)
		}
		if s == t {
			break
		}
	}
	if strings.Count(s, "$")%2 == 1 {
		s = strings.ReplaceAll(s, "$", "")
	}
	return s
}

// said is a number that is said again, and half a unit of its last digit.
type said struct{ value, half float64 }

// of tells whether a number is what x is when it is rounded; that of a whole one
// is itself.
func (n said) of(x float64) bool {
	if x == math.Trunc(x) {
		return x == n.value
	}
	return math.Abs(x-n.value) <= n.half
}

// repeated is the one number in s, per cent as hundredths. Other than words,
// and the exponent of a unit, there is nothing else in s.
func repeated(s string) (said, bool) {
	at := strings.IndexAny(s, "0123456789")
	if at < 0 || strings.ContainsAny(s[:at], "+*/^=<>,") {
		return said{}, false
	}
	text, n := thousands.Read(s[at:], thousands.Open)
	whole, rest := len(text), s[at+n:]
	if after, ok := strings.CutPrefix(rest, "."); ok {
		rest = strings.TrimLeft(after, "0123456789")
		text += "." + after[:len(after)-len(rest)]
	}
	x, err := strconv.ParseFloat(text, 64)
	if strings.HasSuffix(strings.TrimSpace(s[:at]), "-") {
		x = -x
	}
	for _, unit := range [...]string{"^2", "^3", "^{2}", "^{3}", `^\circ`} {
		rest = strings.Replace(rest, unit, "", 1)
	}
	if err != nil || strings.ContainsAny(rest, "0123456789+*^=<>") {
		return said{}, false
	}
	again := said{x, 0.5000001 * math.Pow10(-max(0, len(text)-whole-1))}
	percent := strings.TrimLeft(rest, ` \}`)
	if strings.HasPrefix(percent, "%") || strings.HasPrefix(percent, "percent") || strings.HasPrefix(percent, "per cent") {
		return said{again.value / 100, again.half / 100}, true
	}
	return again, strings.Contains(text, ".")
}
