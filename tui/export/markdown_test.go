package export_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
)

// attempted is an attempt of two samples, of which the first says, runs and answers hostile
// things.
func attempted(statement, reply, code, output string) *engine.Progress {
	p := new(engine.Progress)
	for i, f := range []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: statement}, Plan: engine.Plan{Model: "m:1", Samples: 2}},
		engine.SampleStarted{Sample: 0},
		engine.Delta{Sample: 0, Channel: engine.Thinking, Text: reply},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: reply},
		engine.CodeStarted{Sample: 0, Number: 1, Code: code},
		engine.CodeFinished{Sample: 0, Number: 1, Cell: engine.Cell{Output: output, Took: time.Second}},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: reply},
		engine.SampleFinished{Sample: 0, Answer: engine.Answer(reply)},
		engine.SampleStarted{Sample: 1},
		engine.Delta{Sample: 1, Channel: engine.Reply, Text: "So 7."},
		engine.SampleFinished{Sample: 1, Answer: "7"},
		engine.TallyChanged{Tally: engine.Tally{Votes: []engine.Vote{{Answer: engine.Answer(reply), Samples: []int{0}}, {Answer: "7", Samples: []int{1}}}}},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: engine.Answer(reply), Votes: 1, Of: 2, Why: engine.AllEnded}},
	} {
		p.Apply(engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: time.Date(2026, 7, 1, 12, 0, i, 0, time.UTC), Fact: f})
	}
	return p
}

// sections are the headings that a document of attempted has after its title.
var sections = []string{
	"2 Verdict", "2 Sample 1", "3 Thinking", "3 Reply", "3 Cell 1", "3 Reply", "2 Sample 2", "3 Reply",
}

// hostile are what a model may write to take over what follows.
var hostile = []string{
	"```", "```py\nopen", "~~~~\nopen", "````text\n```\n", "<!--", "<!-- a -->b", "</div><details>", "<script>alert(1)</script>", "<pre>", "<?php", "<![CDATA[", "<!DOCTYPE",
	"# Sample 9", "   ## Verdict", "Verdict\n===", "Verdict\n---", "> # a", "- # a", "1. # a", "> ```\n> x", "- ```\n  x", "- ~~~", "> <!--", "- <!--", "* * *", "- - -", "a\n- - -", "-", "--", "a\n -",
	"[x]: http://e", "[Verdict]: http://e \"t\"", "[a](http://e)", "![a](http://e)", "[^1]: note", "\\<!--", "\\\\<!--", "\\", "\\`<!--`", "`<!--`", "`` ` <!--`` <x>", "a ` b\nc `<b>` d", "`a\n<!--`",
	"$<!--$", "$a<b$ and $`$ <!-- `", "$$\n# a\n$$", "\\[ a](b) \\]", "\\[\n# x\n\\]", "$x](http://e)$", "| a |\n|---|\n| <!-- |", "    <!--", "\t# a", "-\n# a", "1)\n   ===", "a\r# b", "\u2028# b", "\x00# b",
	"***", "___", "a  \n# b", "- a\n\n      # b", "<http://e>", "http://e", "\\begin{align}\n# a\\\\\n<!--\n\\end{align}", "&lt;!--", "&#60;!--", "$\\text{<!--}$", "a\\", "`", "``", "`a\\`<x>`", ":::", "---\ntitle: x\n---",
	"\\def\\a{<!--}$\\a$", "$\\%<!--$", "$a%<b$", "~~~\n~~", "``` a`b\n<!--", "#", "######", "#\ta", "+ # a", "10. > # a", "[a]\n[a]: x", "]:", "](", "!" + "[", "see http://e.test/x_y", "(https://e.test)", "www.e.test/a", "*WWW.e.test*", "$a http://e.test b$", "`http://e.test", "<a", "< a", "a<", "<!", "**", "__a", "*a\n\n*",
}

// checkMarkdown parses a document as others do, and holds its headings and sections to ours.
func checkMarkdown(t *testing.T, name string, p *engine.Progress, want []string) {
	t.Helper()
	var b strings.Builder
	if err := export.WriteMarkdown(&b, p, engine.Marks{}); err != nil {
		t.Fatal(err)
	}
	source := []byte(b.String())
	pc := parser.NewContext()
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Linkify))
	root := md.Parser().Parse(text.NewReader(source), parser.WithContext(pc))
	var headings []string
	bad := ""
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Parent() != root {
				bad = "a heading inside of something"
			}
			headings = append(headings, fmt.Sprintf("%d %s", n.Level, n.Lines().Value(source)))
		case *ast.HTMLBlock, *ast.RawHTML, *ast.Link, *ast.Image, *ast.AutoLink:
			bad = n.Kind().String()
		}
		return ast.WalkContinue, nil
	})
	if len(pc.References()) > 0 {
		bad = "a definition of a link"
	}
	if len(headings) == 0 || !strings.HasPrefix(headings[0], "1 ") || !slices.Equal(headings[1:], want) || bad != "" {
		t.Errorf("%s: %s, headings %q in\n%s", name, bad, headings, source)
	}
}

func TestMarkdownIsOurs(t *testing.T) {
	for _, text := range hostile {
		checkMarkdown(t, text, attempted("Find $n$.", text, "print(1)", "1\n"), sections)
		checkMarkdown(t, text+" as the problem", attempted(text, "So "+text+"\n"+text+"\n\nend", text, text), sections)
	}
	for i, one := range hostile {
		for j, other := range hostile {
			if t.Failed() {
				return
			}
			if (i+j)%8 != 0 && os.Getenv("TEXTS") != "all" {
				continue
			}
			checkMarkdown(t, one+" and "+other, attempted("Find n.", one+"\n"+other, "1", ""), sections)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, statement, reply string) {
		if len(statement)+len(reply) > 2000 || strings.TrimSpace(reply) == "" {
			return
		}
		want := sections
		checkMarkdown(t, "fuzz", attempted(statement, "x"+reply, "1", reply), want)
	})
}

func TestMarkdownKeepsWhatIsHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"So $x^2$ is **4**, and\n\n- one\n- two": "So $x^2$ is **4**, and\n\n- one\n- two",
		`Thus \(a<b\) and \[\frac12\]`:           `Thus $a< b$ and $$\frac12$$`,
		"```python\nprint('<!--')":               "```python\nprint('<!--')\n```",
		"| a | b |\n|---|---|\n| 1 | `c` |":      "| a | b |\n|---|---|\n| 1 | `c` |",
		"1. a < b\n2. # no heading":              "1. a < b\n2. \\# no heading",
		"Title\n-----":                           "Title\n\\-----",
		"costs $5":                               "costs \\$5",
	} {
		var b strings.Builder
		if err := export.WriteMarkdown(&b, attempted("Find n.", in, "1", ""), engine.Marks{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "### Reply\n\n"+want+"\n") {
			t.Errorf("%q is not written as %q:\n%s", in, want, &b)
		}
	}
}

func TestTitles(t *testing.T) {
	long := strings.Repeat("a+", 80) + "b"
	for in, want := range map[string]string{
		"# Find x":                             "# Find x\n",
		"Find $" + long + "$ now":              "# Find …\n",
		"Find it " + strings.Repeat("so ", 60): "# Find it " + strings.TrimSpace(strings.Repeat("so ", 30)) + "…\n",
		"$$\n" + `\frac{1}{2}` + "\n$$ is":     `# $\frac{1}{2}$ is` + "\n",
		"Is a_b < c*d#?\nYes":                  `# Is a\_b \< c\*d\#?` + "\n",
		"\n\n> - # ":                           "# Problem\n",
		"$" + long + "$":                       "# Problem\n",
	} {
		var b strings.Builder
		if err := export.WriteMarkdown(&b, attempted(in, "7", "1", ""), engine.Marks{}); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(b.String(), "\n"); got+"\n" != want {
			t.Errorf("the title of %q is %q, want %q", in, got, want)
		}
	}
}
