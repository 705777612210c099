package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/engine/formula/mathml"
	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// The widths that draw draws to, in cells.
const (
	minDrawn = 20
	maxDrawn = 1000
)

// drawFlags are what only draw takes.
type drawFlags struct {
	width                 int
	ascii, inline, mathML bool
}

func (s *shell) drawCommand() *cobra.Command {
	var flags drawFlags
	c := &cobra.Command{
		Use:   "draw [FILE|-]",
		Short: "Draw Markdown and LaTeX as text",
		Long: "Draw Markdown and LaTeX as terminal text: formulas between $ $, $$ $$, \\( \\) or\n" +
			"\\[ \\], and environments such as align. What cannot be drawn is shown as its\n" +
			"source, between ⟪ and ⟫. Of a formula alone, put $$ about it.",
		Example: "  echo '$$\\sum_{k=1}^n k^2 = \\frac{n(n+1)(2n+1)}{6}$$' | aimo3 draw\n" +
			"  aimo3 draw --width 60 statement.md",
		Args: atMost(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.draw(cmd.Context(), args, flags) },
	}
	f := c.Flags()
	f.Var(&parsed[int]{"the terminal's, else 80", "CELLS", &flags.width, drawnWidth}, "width", "width to draw to")
	f.BoolVar(&flags.ascii, "ascii", false, "draw with ASCII characters only")
	f.BoolVar(&flags.inline, "inline", false, "draw every formula on one line")
	f.BoolVar(&flags.mathML, "mathml", false, "leave the text as it is, with MathML for its formulas")
	return c
}

// drawnWidth reads the width that is to be drawn to.
func drawnWidth(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < minDrawn || n > maxDrawn {
		return 0, fmt.Errorf("%q is not a number from %d to %d", s, minDrawn, maxDrawn)
	}
	return n, nil
}

func (s *shell) draw(ctx context.Context, args []string, flags drawFlags) error {
	text, err := s.toDraw(ctx, args)
	if err != nil {
		return err
	}
	if flags.mathML {
		_, err = fmt.Fprint(s.out, termsafe.Clean(withMathML(text)))
		return err
	}
	o := markdown.Options{Width: flags.width, Inline: flags.inline}
	if o.Width == 0 {
		o.Width = min(max(s.columns(), minDrawn), maxDrawn)
	}
	if flags.ascii {
		o.Charset = mathtext.ASCII
	}
	drawn := markdown.Draw(text, o)
	if drawn == "" {
		return nil
	}
	_, err = fmt.Fprintln(s.out, termsafe.Clean(drawn))
	return err
}

// withMathML is text with MathML in place of its formulas, for a browser.
func withMathML(text string) string {
	pieces, macros := formula.Find(text)
	var b strings.Builder
	for _, p := range pieces {
		if !p.Formula {
			b.WriteString(p.Text)
			continue
		}
		f := formula.Parse(p.Body, macros)
		b.WriteString(mathml.Of(f, p.Display || f.Display))
	}
	return b.String()
}

// toDraw reads the text from where the command line says.
func (s *shell) toDraw(ctx context.Context, args []string) (string, error) {
	from, name := s.in, "standard input"
	switch {
	case len(args) == 0 && s.Terminal(s.in):
		return "", usage("give a file, or the text on standard input", "nothing was given to draw")
	case len(args) == 1 && args[0] != "-":
		f, err := opened(ctx, args[0])
		if err != nil {
			return "", fault(bare(err), "cannot open "+args[0], "check the file's name and permissions")
		}
		defer f.Close()
		from, name = f, args[0]
	}
	text, err := awaited(ctx, func() (string, error) {
		text, err := io.ReadAll(io.LimitReader(from, maxInput+1))
		return string(text), err
	})
	switch {
	case err != nil:
		return "", fault(bare(err), "cannot read "+name, "give a text file")
	case len(text) > maxInput:
		return "", usage("split it into files", "the text is larger than 1 MB")
	}
	return text, nil
}
