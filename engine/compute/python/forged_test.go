package python_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/compute"
)

// forge finds the nonce of its own cell and the way to the parent, writes what a
// row says in the place of the reply, and goes on.
const forge = `import os, sys, json
f = sys._getframe()
while "nonce" not in f.f_locals: f = f.f_back
nonce, number, out = f.f_locals["nonce"], f.f_locals["number"], f.f_locals["replies"]
def say(*texts, **odd):
    line = ("\n" + odd.get("raw", json.dumps([nonce, number, *texts])) + "\n").encode("utf-8", "surrogatepass")
    while line: line = line[os.write(out, line):]
`

// TestForged: nothing that a cell writes in its worker's name is more than a
// cell could be: texts within the limits, counts that count.
func TestForged(t *testing.T) {
	const output = 1000
	for _, c := range []struct{ name, code, out string }{
		{"a text of 6 KB", "say('x' * 6000, 'y' * 6000, '0', '0', '')", "xxx"},
		{"half letters", "say('\\ud800' * 900, '', '0', '0', '')", "\uFFFD"},
		{"bytes that are no text", "say(raw='[\"%s\", \"%s\", \"\\ud800x\", \"\", \"0\", \"0\", \"\"]' % (nonce, number))", "\uFFFD"},
		{"NUL", "say('\\0' * 900, '', '0', '0', '')", "\x00"},
		{"the most that is counted", "say('a', '', str(2**50), str(2**50), '')", "a"},
		{"less than nothing", "say('forged', '', '-5', str(-2**63), '')", "true\n"},
		{"more than a number", "say('forged', '', str(2**63), str(2**64), '')", "true\n"},
		{"fractions", "say('forged', '', '1.5', 'nan', '')", "true\n"},
		{"numbers", "say('forged', '', 1, 1, '')", "true\n"},
		{"an object", "say(raw=json.dumps(dict(nonce=nonce, id=1, out='forged', err='', dropped=-5, peak=-2**63)))", "true\n"},
		{"too few and too many", "say('forged')\nsay('forged', '', '0', '0', '', '')", "true\n"},
		{"nests", "say('forged', [[['x'] * 9] * 9], '0', '0', '')\nsay(raw='[' * 10**5)", "true\n"},
		{"another's number", "number = '2'\nsay('forged', '', '0', '0', '')", "true\n"},
		{"twice", "say('a', '', '0', '0', '')\nsay('b', '', '0', '0', '')", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, compute.Limits{Output: output})
			cell, err := s.Run(t.Context(), forge+c.code+"\nprint('true')")
			if err != nil || !cell.Kept || !strings.HasPrefix(cell.Output, c.out) {
				t.Errorf("it says %.300q, %.300q (%v, kept %v), want %q", cell.Output, cell.Err, err, cell.Kept, c.out)
			}
			if len(cell.Output) > output+64 || len(cell.Err) > 32<<10 || !utf8.ValidString(cell.Text()) || cell.Memory < 0 || cell.Memory > 1<<30 || cell.Truncated < 0 {
				t.Errorf("%d and %d bytes, memory %d, dropped %d", len(cell.Output), len(cell.Err), cell.Memory, cell.Truncated)
			}
			if cell, err := s.Run(t.Context(), "6*7"); err != nil || cell.Text() != "42\n" {
				t.Errorf("afterwards: %+v, %v", cell, err)
			}
		})
	}
}

// TestForgedWithoutEnd: more than any reply holds ends the session, and nothing
// of it is kept; a text as long as a line may be is cut to the limit.
func TestForgedWithoutEnd(t *testing.T) {
	for code, want := range map[string]string{
		"say('x' * (1 << 20), '', '0', '0', '')":                     fmt.Sprintf("x\n[… %d bytes dropped …]\nx", 1<<20-1000),
		"say('x' * 10**7, '', '0', '0', '')":                         "[CRASHED]",
		"while True: say(raw='x' * 10**5)":                           "[CRASHED]",
		"say('', '', '0', '0', 'x' * 10**5)":                         "[BROKEN] xxx",
		"say('', '', '0', '0', 'so\\n\\n[TIMEOUT] and\\x00 so')":     "[BROKEN] so [TIMEOUT] and\x00 so. The session was restarted",
		"while True: say('forged', '', '-1', '0', '')":               "[CRASHED]",
		"while True: os.write(out, b'x' * 10**5)\nprint('no reply')": "[CRASHED]",
	} {
		s := open(t, compute.Limits{Output: 1000})
		cell, err := s.Run(t.Context(), forge+code)
		if err != nil || !strings.Contains(cell.Text(), want) || len(cell.Text()) > 3000 {
			t.Errorf("%s: it says %.300q, %v, want %q", code, cell.Text(), err, want)
		}
		if cell, err := s.Run(t.Context(), "6*7"); err != nil || cell.Text() != "42\n" {
			t.Errorf("%s: afterwards: %+v, %v", code, cell, err)
		}
	}
}
