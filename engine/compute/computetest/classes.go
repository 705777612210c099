package computetest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// The ways in which what comes of a cell can compare with what was recorded, in
// the order of the table.
const (
	equal      = "equal"
	spaced     = "equal but for spacing"
	limited    = "time limit"
	chance     = "chance"
	disordered = "order of a set"
	following  = "follows a time limit or chance"
	apart      = "follows an earlier difference"
	shell      = "shell command"
	library    = "traceback through a library"
	digits     = "integers of over 4300 digits"
	path       = "path of the recorder"
	module     = "module that is not installed here"
	cut        = "cut by the recorder"
	newer      = "another version of Python"
	refused    = "what the language does not have"
	failed     = "an error that was not recorded"
	otherError = "another error"
	other      = "other"
)

var classes = []string{equal, spaced, limited, chance, disordered, following, apart, shell, library, digits, path, module, cut, newer, refused, failed, otherError, other}

// excused are the classes that involve a time limit or chance.
var excused = []string{limited, chance, disordered, following}

var (
	chancy        = regexp.MustCompile(`\brandom\b|\brandint\b|\bshuffle\b|\bsecrets\b|\btime\(\)|perf_counter|\bsample\(|os\.urandom|uuid|_time\b|\btime_limit\b|monotonic`)
	seconds       = regexp.MustCompile(`\btime\b`)
	address       = regexp.MustCompile(` at 0x[0-9a-f]+`)
	unordered     = regexp.MustCompile(`\bset\(|frozenset|\{[^:{}]* for |free_symbols|\.atoms\(|factor_list`)
	comprehension = regexp.MustCompile(`<(list|dict|set)comp>`)
	words         = regexp.MustCompile(`\w+`)
	wanting       = regexp.MustCompile(`SyntaxError|ImportError|ModuleNotFoundError`)
)

// past is what is known of the earlier cells of a trace.
type past struct {
	chance bool // one of them used chance
	sets   bool // one of them made a set: of text, or of what contains text, it has another order in every process
	timed  bool // one of them reached a time limit
	apart  bool // one of them came out different for another reason
}

func (p *past) class(code, want string, cell engine.Cell) string {
	p.chance = p.chance || chancy.MatchString(code)
	p.sets = p.sets || unordered.MatchString(code)
	timed := cell.TimedOut || !cell.Kept || strings.Contains(want, "[TIMEOUT]")
	class := limited
	if !timed {
		class = p.difference(code, want, cell)
	}
	p.timed = p.timed || timed
	p.apart = p.apart || !timed && !strings.HasPrefix(class, equal)
	return class
}

func (p *past) difference(code, want string, cell engine.Cell) string {
	got := cell.Text()
	switch {
	case strings.TrimSpace(got) == strings.TrimSpace(want):
		return equal
	case squeeze(got) == squeeze(want):
		return spaced
	}
	if class := ofTheRecorder(code, want, got); class != "" {
		return class
	}
	switch {
	case p.chance || address.MatchString(want) || seconds.MatchString(code):
		return chance
	case p.sets && sameWords(got, want):
		return disordered
	case p.timed:
		return following
	case p.apart:
		return apart
	case cell.Err != "":
		return ofError(want, cell.Err)
	}
	return other
}

// ofTheRecorder is the class of a difference that lies in what the recorder's
// machine was; "" if it does not.
func ofTheRecorder(code, want, got string) string {
	lib := strings.Contains(want, ".venv/lib")
	switch {
	case strings.Contains(want, "limit (4300"):
		return digits
	case strings.HasPrefix(strings.TrimSpace(code), "!"):
		return shell
	case strings.Contains(got, "No module named") && !strings.Contains(want, "No module named"):
		return module
	case lib && strings.Contains(want, "Traceback") && lastLine(want) == lastLine(got):
		return library
	case lib || strings.Contains(want, "/Users/"):
		return path
	case len(want) > 10000 && strings.HasPrefix(squeeze(got), squeeze(want)[:2000]):
		return cut
	}
	return ""
}

// reworded are errors that the recorder's Python, 3.11, tells otherwise than
// later ones.
var reworded = [][2]string{
	{"TypeError: unhashable type: 'slice'", "KeyError: slice("},
	{"max() arg is an empty sequence", "max() iterable argument is empty"},
	{"integer division or modulo by zero", "ZeroDivisionError: division by zero"},
	{"too many values to unpack (expected 2)", "too many values to unpack (expected 2, got"},
}

// ofVersion says whether two errors are one, told by two versions of Python.
// From 3.12 on a comprehension is no call of its own.
func ofVersion(want, got string) bool {
	for _, r := range reworded {
		if strings.Contains(want, r[0]) && strings.Contains(got, r[1]) {
			return true
		}
	}
	return comprehension.MatchString(want) && !comprehension.MatchString(got) && lastLine(want) == lastLine(got)
}

func ofError(want, err string) string {
	switch {
	case ofVersion(want, err):
		return newer
	case strings.Contains(want, "Error"):
		return otherError
	case wanting.MatchString(err):
		return refused
	}
	return failed
}

func sameWords(a, b string) bool {
	sorted := func(s string) []string { return slices.Sorted(slices.Values(words.FindAllString(s, -1))) }
	return slices.Equal(sorted(a), sorted(b))
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

func squeeze(s string) string {
	if strings.HasPrefix(s, "[WARN] No output available") {
		return ""
	}
	return strings.Join(strings.Fields(s), "")
}
