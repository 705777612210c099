package export_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
)

// compile has TeX set a document, without leave to run programs, and returns its log.
func compile(t *testing.T, engine, document string) string {
	t.Helper()
	tex, err := exec.LookPath(engine)
	if err != nil {
		if os.Getenv("AIMO3_TEX") == "required" {
			t.Fatalf("AIMO3_TEX=required, and %s is not installed", engine)
		}
		t.Skipf("NOT COMPILED: %s is not installed (apt-get install texlive-latex-recommended texlive-luatex)", engine)
	}
	dir := os.Getenv("AIMO3_TEX_KEPT")
	if dir == "" {
		dir = t.TempDir()
	}
	name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name())
	if err := os.WriteFile(filepath.Join(dir, name+".tex"), []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), tex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", name+".tex")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", t.Name(), err, out[max(len(out)-2500, 0):])
	}
	return string(out)
}

func latexOf(t *testing.T, p *engine.Progress) string {
	t.Helper()
	var b strings.Builder
	if err := export.WriteLaTeX(&b, p, engine.Marks{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// recorded are attempts made of what a strong model said and ran, so many of them.
func recorded(t *testing.T, n int) []*engine.Progress {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "traces", "traces.jsonl.gz"))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skip("no recorded traces beside the repository")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReaderSize(z, 1<<20)
	var all []*engine.Progress
	problem := ""
	for len(all) < n {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		var trace trace
		if err := json.Unmarshal(line, &trace); err != nil {
			t.Fatal(err)
		}
		if trace.Problem != problem { // one of each problem
			problem = trace.Problem
			all = append(all, trace.progress())
		}
	}
	return all
}

// trace is one recorded reply.
type trace struct {
	Problem  string `json:"problem"`
	Answer   any    `json:"answer"`
	Messages []struct {
		Role, Channel, Recipient, Content string
	} `json:"messages"`
}

// progress is the trace as an attempt of one sample. Half of its reasoning is told as reply.
func (r trace) progress() *engine.Progress {
	answer := engine.Answer(fmt.Sprint(r.Answer))
	facts := []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: r.Problem}, Plan: engine.Plan{Model: "gpt-oss:120b", Samples: 1}},
		engine.SampleStarted{Sample: 0},
	}
	cell := 0
	for i, m := range r.Messages {
		switch {
		case m.Recipient == "python":
			cell++
			facts = append(facts, engine.CodeStarted{Sample: 0, Number: cell, Code: m.Content})
		case m.Role != "assistant":
			facts = append(facts, engine.CodeFinished{Sample: 0, Number: cell, Cell: engine.Cell{Output: m.Content, Took: time.Second}})
		case i%2 == 0 || m.Channel == "final":
			facts = append(facts, engine.Delta{Sample: 0, Channel: engine.Reply, Text: m.Content, Frames: 1})
		default:
			facts = append(facts, engine.Delta{Sample: 0, Channel: engine.Thinking, Text: m.Content, Frames: 1})
		}
	}
	facts = append(facts, engine.SampleFinished{Sample: 0, Answer: answer},
		engine.TallyChanged{Tally: engine.Tally{Votes: []engine.Vote{{Answer: answer, Samples: []int{0}}}}},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: answer, Votes: 1, Of: 1, Why: engine.AllEnded}})
	p := new(engine.Progress)
	for i, f := range facts {
		p.Apply(engine.Event{Attempt: "01kc0000", Seq: uint64(i + 1), At: time.Date(2026, 7, 1, 12, 0, i, 0, time.UTC), Fact: f})
	}
	return p
}

// TestRecordedCompile: what problems were answered with compiles, ten of them where TeX is
// required.
func TestRecordedCompile(t *testing.T) {
	n := few(10, "AIMO3_TEX")
	all := recorded(t, n)
	if len(all) < n {
		t.Fatalf("%d problems are recorded, want %d", len(all), n)
	}
	for i, p := range all {
		name := "pdflatex"
		if i == 0 {
			name = "lualatex"
		}
		t.Run(fmt.Sprint(name, " ", i), func(t *testing.T) {
			log := compile(t, name, latexOf(t, p))
			if !strings.Contains(log, "Output written on") {
				t.Errorf("nothing was set:\n%s", log)
			}
		})
	}
}

// hostileTeX is what a model may write to have TeX do what it says.
var hostileTeX = []string{
	`\input{/etc/passwd}`, `\write18{touch owned}`, `\immediate\write18{ls}`, `\end{document}`, `\catcode92=12`, "^^5cinput{x}", "}}}", "{{{", `\begin{verbatim}`, `\end{lstlisting}`,
	`$\input{/etc/passwd}$`, `$}$`, `\[\end{document}\]`, `$\def\x{\x\x}\x$`, `\newcommand{\x}{\x}$\x$`, `$\text{\input{a}}$`, `$\operatorname{\write18{x}}$`, `% all of this`, `a # b & c _ d ^ e ~ f`,
	"\\", "\x00\x01\x1b[2J", "答 αβγ ≤ ∑ 🙂 é ŵ א я ½ ²", "```\n\\end{document}\n{{{%\n```", "`\\end{document}`", "| a & b | \\\\ |\n|---|---|\n| [x] | & |", "# \\section{x}", "- a\n  - b\n    - c\n      - d\n        - e\n          - f",
	"> a\n>> b\n>>> c\n>>>> d\n>>>>> e", "$" + strings.Repeat(`\sqrt{`, 40) + "x" + strings.Repeat("}", 40) + "$", `$\begin{array}{c}[x]\\ [2]\\ *\end{array}$`, strings.Repeat("9", 3000), `$\tag{\#}x$`, "1. a\n\n[x]\n\n2. b", "---", "a\n\n\n\nb",
	`$$\begin{aligned}a&=b\\ \hline c\end{aligned}$$`, `$\left.\frac{a}{b}\right|_{x=1}$`, `$\not\in \not{a}$`, `$\cancel{x}$`, `$\begin{pmatrix}1\end{pmatrix}^{T}_{2}$`, `$x'^2$`, `$\sum\limits_{i}^{n}$`, `$a \middle| b$`, `\(\)`, `$ $`, `\$`, "``` {=latex}\n\\x\n```",
}

func TestHostileCompiles(t *testing.T) {
	for _, engine := range []string{"pdflatex", "lualatex"} {
		t.Run(engine, func(t *testing.T) {
			compile(t, engine, latexOf(t, attempted(strings.Join(hostileTeX, "\n\n"), strings.Join(hostileTeX, "\n\n"), strings.Join(hostileTeX, "\n"), strings.Join(hostileTeX, "\n"))))
		})
	}
	var all strings.Builder // each as a problem of its own, in one document
	for _, text := range hostileTeX {
		document := latexOf(t, attempted(text, "x "+text, text, text))
		_, body, _ := strings.Cut(document, `\begin{document}`)
		all.WriteString(strings.TrimSuffix(strings.TrimSpace(body), `\end{document}`) + "\n\\clearpage\n")
	}
	beginning, _, _ := strings.Cut(latexOf(t, attempted("x", "y", "", "")), `\begin{document}`)
	compile(t, "pdflatex", beginning+`\begin{document}`+all.String()+`\end{document}`)
}

// sequences are the commands in a document.
var sequences = regexp.MustCompile(`\\([A-Za-z]+)`)

// TestLaTeXIsOurs: no command that a model wrote is one, and sections are ours.
func TestLaTeXIsOurs(t *testing.T) {
	for _, text := range append(hostileTeX, hostile...) {
		document := latexOf(t, attempted(text, "x "+text, text, text))
		_, body, _ := strings.Cut(document, `\begin{document}`)
		for _, m := range sequences.FindAllStringSubmatch(body, -1) {
			switch m[1] {
			case "input", "include", "write", "immediate", "def", "let", "newcommand", "catcode", "csname", "verbatim", "usepackage":
				t.Errorf("%q gives a document with %s", text, m[0])
			}
		}
		if n := strings.Count(body, `\end{document}`); n != 1 {
			t.Errorf("%q ends the document %d times", text, n)
		}
		if n := strings.Count(body, `\section{`); n != 3 {
			t.Errorf("%q gives %d sections, want 3", text, n)
		}
		if i := strings.IndexFunc(document, func(r rune) bool { return r != '\n' && r < ' ' || r >= 0x7f }); i >= 0 {
			t.Errorf("%q gives a document with %q", text, document[i:min(i+8, len(document))])
		}
	}
}
