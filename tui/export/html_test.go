package export_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
)

func htmlOf(t *testing.T, p *engine.Progress) string {
	t.Helper()
	var b strings.Builder
	if err := export.WriteHTML(&b, p, engine.Marks{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements are all that a page has, with the attributes of each that may be there.
var elements = map[string][]string{
	"html": {"lang"}, "head": nil, "meta": {"charset", "http-equiv", "content", "name"}, "link": {"rel", "href"}, "style": nil, "title": nil, "body": nil,
	"h1": nil, "h2": nil, "h3": nil, "p": {"class"}, "table": nil, "tr": nil, "th": nil, "td": nil, "tbody": nil, "ul": nil, "ol": nil, "li": {"value"}, "pre": nil,
	"code": nil, "strong": nil, "em": nil, "br": nil, "hr": nil, "blockquote": nil, "details": nil, "summary": nil, "span": {"class"},
	"math": {"xmlns", "display"}, "semantics": nil, "annotation": {"encoding"}, "mrow": {"style"}, "mi": {"mathvariant"}, "mn": nil,
	"mo": {"fence", "stretchy", "largeop", "movablelimits"}, "mtext": {"class"}, "mspace": {"width"}, "mfrac": {"linethickness"}, "msqrt": nil, "mroot": nil,
	"msub": nil, "msup": nil, "msubsup": nil, "munder": {"accentunder"}, "mover": {"accent"}, "munderover": nil, "mtable": nil, "mtr": nil, "mtd": {"style"}, "mphantom": nil,
	"svg": {"viewBox", "width", "height", "role", "aria-label"}, "line": {"class", "x1", "x2", "y1", "y2", "stroke-width"}, "rect": {"class", "opacity", "x", "y", "width", "height"},
	"text": {"class", "x", "y", "text-anchor"}, "polyline": {"class", "points"}, "polygon": {"class", "points"}, "circle": {"class", "cx", "cy", "r"},
}

// checkHTML parses a page as browsers do and holds its elements, attributes and headings to
// ours.
func checkHTML(t *testing.T, name, page string) {
	t.Helper()
	headings := headingsOf(t, name, page)
	if want := []string{"Verdict", "Sample 1", "Thinking", "Reply", "Cell 1", "Reply", "Sample 2", "Reply"}; !slices.Equal(headings, want) {
		t.Errorf("%s: headings %q, want %q", name, headings, want)
	}
}

// headingsOf are the headings of a page, of which elements and attributes are ours.
func headingsOf(t *testing.T, name, page string) (headings []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.CommentNode {
			t.Errorf("%s: a comment %q", name, n.Data)
		}
		if n.Type == html.ElementNode {
			attributes, known := elements[n.Data]
			if !known {
				t.Errorf("%s: an element %s", name, n.Data)
			}
			for _, a := range n.Attr {
				if !slices.Contains(attributes, a.Key) || a.Key == "href" && a.Val != "data:," {
					t.Errorf("%s: %s has %s=%q", name, n.Data, a.Key, a.Val)
				}
			}
			if n.Data == "h2" || n.Data == "h3" || n.Data == "summary" {
				headings = append(headings, n.FirstChild.Data)
			}
			if n.Data == "h2" && n.Parent.Data != "body" {
				t.Errorf("%s: a section stands in %s", name, n.Parent.Data)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return headings
}

func TestHTMLIsOurs(t *testing.T) {
	for _, text := range append(hostileTeX, hostile...) {
		page := htmlOf(t, attempted(text, "x "+text, text, text))
		checkHTML(t, text, page)
		if strings.Contains(page, "<script") || strings.Contains(page, "\x1b") {
			t.Errorf("%q gives a page with a script or an escape", text)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, statement, reply string) {
		if len(statement)+len(reply) <= 2000 {
			checkHTML(t, "fuzz", htmlOf(t, attempted(statement, "x"+reply, "1", reply)))
		}
	})
}

// TestHTMLKept writes pages for deploy/browse.sh, which opens them in a browser.
func TestHTMLKept(t *testing.T) {
	dir := os.Getenv("AIMO3_PAGES")
	if dir == "" {
		t.Skip("AIMO3_PAGES names no folder to write pages into")
	}
	all := recorded(t, 9)
	all = append(all, attempted(strings.Join(hostile, "\n\n"), strings.Join(hostile, "\n\n"), strings.Join(hostile, "\n"), strings.Join(hostile, "\n")))
	for i, p := range all {
		if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))+".html"), []byte(htmlOf(t, p)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
