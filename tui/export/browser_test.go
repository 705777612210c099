package export_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// browser is a real Chromium that asks for everything at a proxy of this test, which has
// the pages and tells of every request.
type browser struct {
	t     *testing.T
	path  string
	proxy *httptest.Server

	mu    sync.Mutex
	pages map[string]string
	asked []string
}

// own are hosts that Chromium asks for by itself, whatever it shows.
var own = []string{"googleapis.com", "google.com", "gvt1.com", "gstatic.com"}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("AIMO3_CHROMIUM") == "required" {
			t.Fatal("AIMO3_CHROMIUM=required, and chromium is not installed")
		}
		t.Skip("NOT OPENED: chromium is not installed (apt-get install chromium)")
	}
	b := &browser{t: t, path: path, pages: map[string]string{}}
	b.proxy = httptest.NewServer(http.HandlerFunc(b.answer))
	t.Cleanup(b.proxy.Close)
	return b
}

func (b *browser) answer(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.ContainsFunc(own, func(host string) bool { return strings.HasSuffix(r.URL.Hostname(), host) }) {
		b.asked = append(b.asked, r.Method+" "+r.URL.String())
	}
	page, is := b.pages[r.URL.Path]
	if !is || r.URL.Host != "pages.test" {
		http.Error(w, "no", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprint(w, page)
}

// open shows a page, and returns what was asked for and what the console says. The picture
// of it is kept in the folder that AIMO3_PICTURES names, if that is set.
func (b *browser) open(name, page string, more ...string) (asked []string, console string) {
	b.t.Helper()
	b.mu.Lock()
	b.pages["/"+name], b.asked = page, nil
	b.mu.Unlock()
	dir := b.t.TempDir()
	picture := filepath.Join(dir, "a.png")
	if kept := os.Getenv("AIMO3_PICTURES"); kept != "" {
		picture = filepath.Join(kept, name+".png")
	}
	args := append([]string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--proxy-server=" + b.proxy.URL, "--enable-logging=stderr", "--window-size=1000,1400",
		"--screenshot=" + picture,
	}, more...)
	out, err := exec.CommandContext(b.t.Context(), b.path, append(args, "http://pages.test/"+name)...).CombinedOutput()
	if _, missing := os.Stat(picture); err != nil || missing != nil {
		b.t.Fatalf("%s: %v, %v\n%s", name, err, missing, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "CONSOLE") {
			console += line
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked, console
}

// few is n where the tool that a variable names is required, else enough to see that all is
// well.
func few(n int, variable string) int {
	if os.Getenv(variable) == "required" {
		return n
	}
	return 2
}

// TestABrowserAsksForNothing opens pages, twelve where a browser is required: what a strong
// model wrote, what a hostile one may, and figures of both. Each loads itself and nothing else, and the console has nothing to say.
func TestABrowserAsksForNothing(t *testing.T) {
	b := newBrowser(t)
	control := `<!DOCTYPE html><link rel="icon" href="data:,"><img src="http://e.test/x.png"><script>console.log("ran")</script>`
	if asked, console := b.open("control.html", control); len(asked) < 2 || !strings.Contains(console, "ran") {
		t.Fatalf("this test sees no request or no console: %q, %q", asked, console)
	}
	all := append(recorded(t, few(9, "AIMO3_CHROMIUM")), attempted(strings.Join(hostile, "\n\n"), strings.Join(hostile, "\n\n"), strings.Join(hostile, "\n"), strings.Join(hostile, "\n")))
	var pages []string
	for _, p := range all {
		pages = append(pages, htmlOf(t, p))
	}
	pages = append(pages, reportOf(t, twoRuns(strings.Join(hostile, "\n\n"))), reportOf(t, twoRuns(`Find $\frac{x^2}{3}$ for $x = 6$.`)))
	for i, page := range pages {
		name := fmt.Sprintf("%c.html", 'a'+i)
		var more []string
		if i%2 == 1 {
			more = append(more, "--blink-settings=preferredColorScheme=0") // dark
		}
		asked, console := b.open(name, page, more...)
		if want := []string{"GET http://pages.test/" + name}; !slices.Equal(asked, want) || console != "" {
			t.Errorf("%s: asked for %q, the console says %q", name, asked, console)
		}
	}
}
