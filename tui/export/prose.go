package export

import (
	"regexp"
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// prose is untrusted Markdown that ends where it ends: code in fences has its fence closed,
// and outside of it nothing is a heading, markup or a link.
func prose(text string) string {
	lines := strings.Split(termsafe.Clean(strings.TrimSpace(text)), "\n")
	var b strings.Builder
	var plain []string
	flush := func() {
		if len(plain) > 0 {
			b.WriteString(running(strings.Join(plain, "\n")) + "\n")
			plain = nil
		}
	}
	for i := 0; i < len(lines); i++ {
		fence, language := opensFence(lines[i])
		if fence == "" {
			plain = append(plain, lines[i])
			continue
		}
		flush()
		from := i + 1
		for i++; i < len(lines) && !closesFence(lines[i], fence); i++ { // to its end, or to the end of all
		}
		b.WriteString("\n" + fenced(language, strings.Join(unindented(lines[from:min(i, len(lines))]), "\n")) + "\n")
	}
	flush()
	return strings.Trim(b.String(), "\n")
}

// fences match a line that opens code, languages the name of what it is in.
var (
	fences    = regexp.MustCompile("^[ \t]*(```+|~~~+)(.*)$")
	languages = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+#-]{0,19}$`)
)

// opensFence is the fence that a line opens, and of which language; "" if it opens none.
func opensFence(line string) (fence, language string) {
	m := fences.FindStringSubmatch(line)
	if m == nil || m[1][0] == '`' && strings.Contains(m[2], "`") {
		return "", ""
	}
	if language = strings.TrimSpace(m[2]); !languages.MatchString(language) {
		language = ""
	}
	return m[1], language
}

func closesFence(line, fence string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, fence) && strings.Trim(line, fence[:1]) == ""
}

// unindented are lines without the indent that all of them have.
func unindented(lines []string) []string {
	indent := -1
	for _, l := range lines {
		if n := len(l) - len(strings.TrimLeft(l, " ")); strings.TrimSpace(l) != "" && (indent < 0 || n < indent) {
			indent = n
		}
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l[min(max(indent, 0), len(l)-len(strings.TrimLeft(l, " "))):]
	}
	return out
}

// running is text outside of fences, with its formulas between dollar signs.
func running(text string) string {
	pieces, macros := formula.Find(text)
	var b strings.Builder
	for _, p := range pieces {
		if p.Formula {
			if dollars, ok := dollared(p, formula.Parse(p.Body, macros)); ok && len(macros) == 0 {
				b.WriteString(dollars)
				continue
			}
		}
		b.WriteString(inert(p.Text))
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = lineStart(line)
	}
	return strings.Join(lines, "\n")
}

// inert is text in which nothing begins markup, a link, a formula or code that goes on past
// its line. What is escaped already stays so.
func inert(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		c, next := text[i], byte('\n')
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch {
		case c == '\\' && punctuation(next):
			b.WriteString(text[i : i+2])
			i += 2
			continue
		case c == '`':
			i += code(&b, text[i:])
			continue
		case c == '$', c == '<' && markup(next), c == '!' && next == '[', linked(text, i):
			b.WriteByte('\\')
		case c == ']' && (next == '(' || next == ':'):
			b.WriteString(`]\`)
			i++
			c = next
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// linked says that the character at i makes an address of the text around it, which many
// readers of Markdown take for a link.
func linked(text string, i int) bool {
	return strings.HasPrefix(text[i:], "://") || text[i] == '.' && i >= len("www") && strings.EqualFold(text[i-len("www"):i], "www")
}

// holdsLink says whether a text has an address in it.
func holdsLink(text string) bool {
	for i := range len(text) {
		if linked(text, i) {
			return true
		}
	}
	return false
}

// punctuation tells what a backslash escapes.
func punctuation(b byte) bool {
	return b > ' ' && b < 0x7f && (b < '0' || b > '9' && b < 'A' || b > 'Z' && b < 'a' || b > 'z')
}

// code writes the run of backquotes that s begins with: as code if that ends on its line
// and has nothing in it that would mean something elsewhere, else as text. It says how much
// of s that took.
func code(b *strings.Builder, s string) int {
	n := len(s) - len(strings.TrimLeft(s, "`"))
	line, _, _ := strings.Cut(s[n:], "\n")
	for at := 0; at < len(line); {
		k := strings.IndexByte(line[at:], '`')
		if k < 0 {
			break
		}
		at += k
		run := len(line[at:]) - len(strings.TrimLeft(line[at:], "`"))
		if run != n {
			at += run
			continue
		}
		if body := line[:at]; bare(body) && strings.TrimSpace(body) != "" {
			b.WriteString(s[:n] + body + s[:n])
			return n + at + n
		}
		break
	}
	b.WriteString(strings.Repeat("\\`", n))
	return n
}

// bare says that nothing in a body of code would mean something outside of code.
func bare(body string) bool {
	plain := strings.NewReplacer("`", "", "$", "", `\`, "").Replace(body)
	return inert(plain) == plain
}

// starts match what may open a container at the start of a line, marks what makes a heading
// or opens code behind it.
var (
	starts = regexp.MustCompile(`^(?:[ \t]*(?:>|[-*+](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)))*[ \t]*`)
	marks  = regexp.MustCompile(`^(?:#{1,6}|=+[ \t]*$|-[- \t]*$|~~~)`)
)

// lineStart is a line that begins no heading and no code, nor underlines one.
func lineStart(line string) string {
	line = strings.TrimRight(line, " \t")
	if strings.Trim(line, "- \t") == "" && strings.Contains(line, "-") {
		return strings.Replace(line, "-", `\-`, 1)
	}
	n := len(starts.FindString(line))
	if marks.MatchString(line[n:]) {
		return line[:n] + `\` + line[n:]
	}
	return line
}
