package ollama_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/hear"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// served is what a server really sent, from the status line on, and what is made
// of it: a fault, or what is heard of a whole reply.
type served struct {
	file    string
	needles string // what decides the class, apart by "|"; the rest of the reply does not
	class   engine.Class
	what    string // part of the fault, or of what to do
	heard   string // "*" for anything
}

// servedFaults is in the order of the table of faults: the number of its row begins
// each name. What is not in a reply's bytes is elsewhere: row 1 (refused) in
// TestServerFaults, 22 (cancelled) in TestCancelIsSeenByTheServer, 24 (proxies) in
// TestProxyIsForOthersOnly, and 27, a line of 5 MB, in TestStreamFaults.
func servedFaults() []served {
	return []served{
		{"02-killed-midway", "", engine.Truncated, "broke in the middle", "[hm]4"},
		{"03-no-end", "", engine.Truncated, "without its end", "[hm]4"},
		{"03-repetition", "", engine.Looped, `repeated itself ("the")`, "*"},
		{"04-runner-killed", "error was encountered while running the model", engine.Crashed, "runner died", "4"},
		{"05-runner-stopped", "runner has unexpectedly stopped", engine.Crashed, "runner died", ""},
		{"05-runner-ended", "process has terminated", engine.Crashed, "runner died", ""},
		{"05-runner-not-loaded", "model failed to load", engine.Crashed, "runner died", ""},
		{"05-runner-refuses", "connection refused", engine.Crashed, "runner died", ""},
		{"07-cuda-memory", "out of memory", engine.Memory, "does not fit into memory", ""},
		{"07-server-memory", "out-of-memory", engine.Memory, "does not fit into memory", ""},
		{"07-system-memory", "requires more system memory", engine.Memory, "9.1 GiB", ""},
		{"07-layout", "memory layout cannot be allocated", engine.Memory, "smaller model", ""},
		{"07-allocate", "failed to allocate", engine.Memory, "smaller model", ""},
		{"08-slow-load", "timed out waiting for llama", engine.Stalled, "OLLAMA_LOAD_TIMEOUT", ""},
		{"08-load-aborted", "aborting load", engine.Stalled, "OLLAMA_LOAD_TIMEOUT", ""},
		{"09-busy", "server busy|maximum pending requests|503", engine.Busy, "fewer samples", ""},
		{"09-busy-old", "no slots available", engine.Busy, "fewer samples", ""},
		{"10-no-model", "fake' not found", engine.NoModel, `lists the model "fake", and says that it is not there · files of it may be missing: get it with`, ""},
		{"10-no-model-newer", `fake\" not found`, engine.NoModel, `lists the model "fake", and says that it is not there · files of it may be missing: get it with`, ""},
		{"10-no-page", "404", engine.Unreachable, "is not Ollama", ""},
		{"11-bad-request", "400", engine.Invalid, "check the settings of this attempt", ""},
		{"12-bad-option", "must be of type", engine.Invalid, "refused a setting", ""},
		{"12-bad-format", "invalid format", engine.Invalid, "refused a setting", ""},
		{"14-no-thinking", "does not support thinking", engine.Invalid, "cannot think", ""},
		{"14-no-tools", "does not support tools", engine.NoTools, "cannot call tools", ""},
		{"14-no-chat", "does not support chat", engine.Invalid, "cannot chat", ""},
		{"15-too-long", "exceeds the context length", engine.TooLong, "context window", ""},
		{"15-too-long-newer", "longer than the context", engine.TooLong, "context window", ""},
		{"17-stall", "", engine.Stalled, "sent nothing", "4"},
		{"23-gateway", "504", engine.Unreachable, "gateway", ""},
		{"23-page", "text/html", engine.Unreachable, "is not Ollama: it sends text/html", ""},
		{"23-page-as-json", "", engine.Unreachable, "is not Ollama: it sends no JSON", ""},
		{"25-foreign-origin", "403", engine.Invalid, "OLLAMA_ORIGINS", ""},
		{"26-too-old", "requires a newer version of ollama|412", engine.Invalid, "update Ollama", ""},
		{"26-unknown-architecture", "unknown model architecture", engine.Invalid, "update Ollama", ""},
		{"29-hostile-error", "", engine.Unknown, "the moon\uFFFD[31m is wrong", ""},
		{"30-sign-in", "401", engine.Invalid, "signin", ""},
		{"30-forbidden", "403", engine.Invalid, "answered 403", ""},
		{"30-limit", "429", engine.Busy, "usage limit", ""},
		{"30-cloud", "502", engine.Unreachable, "gateway", ""},
	}
}

func servedReplies() []served {
	return []served{
		{file: "06-after-a-crash", heard: "42"},
		{file: "13-unknown-option", heard: "42"},
		{file: "16-window-full", heard: "so we count"},
		{file: "18-cold-load", heard: "42"},
		{file: "19-loop", heard: "*"},
		{file: "20-only-thoughts", heard: "[I count 42.]"},
		{file: "21-end-mark-only", heard: "I count.</think>42"},
		{file: "28-frames-are-not-tokens", heard: "日本語42"},
		{file: "29-hostile-text", heard: "4\x1b[31m"},
	}
}

func wire(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file+".http"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// play has a server send the bytes to a client that asks for a reply.
func play(t *testing.T, bytes string, open bool) (*heard, engine.Ending, error) {
	t.Helper()
	c := newClient(t, fake.NewServer(t, []fake.Step{fake.Exactly(bytes, open)}).URL)
	next := time.Hour
	if open {
		next = 100 * time.Millisecond
	}
	c.Hurry(time.Hour, next, time.Hour)
	return stream(t, c, engine.Ask{})
}

func (s served) is(err error) bool {
	return errors.Is(err, &engine.Fault{Class: s.class}) && strings.Contains(engine.Hint(err), s.what)
}

// TestServedFaults: each fault that a server was seen to have comes to its class.
func TestServedFaults(t *testing.T) {
	for _, s := range servedFaults() {
		t.Run(s.file, func(t *testing.T) {
			h, _, err := play(t, wire(t, s.file), s.class == engine.Stalled && s.needles == "")
			if !s.is(err) || s.heard != "*" && h.String() != s.heard {
				t.Errorf("heard %q; class %q of %q; want %q, %q and %q", h.String(), engine.ClassOf(err), engine.Hint(err), s.heard, s.class, s.what)
			}
			if strings.ContainsAny(engine.Hint(err), "\x1b\n") {
				t.Errorf("the error holds what a terminal obeys: %q", engine.Hint(err))
			}
		})
	}
}

// TestNeedles: without the words or the status that decide a row, a reply is no
// longer of that row.
func TestNeedles(t *testing.T) {
	other := strings.NewReplacer("4", "5", "5", "5", "0", "9", "1", "9", "2", "9", "3", "9") // 401 is 599 then
	for _, s := range servedFaults() {
		if s.needles == "" {
			continue
		}
		t.Run(s.file, func(t *testing.T) {
			bytes := wire(t, s.file)
			for needle := range strings.SplitSeq(s.needles, "|") {
				at := strings.Index(strings.ToLower(bytes), needle)
				if at < 0 {
					t.Fatalf("%q is not in the reply", needle)
				}
				mangled := strings.Repeat("x", len(needle))
				if len(needle) == len("401") {
					mangled = other.Replace(needle)
				}
				bytes = bytes[:at] + mangled + bytes[at+len(needle):]
			}
			if _, _, err := play(t, bytes, false); err == nil || s.is(err) {
				t.Errorf("%q is %q of class %q all the same", bytes, engine.Hint(err), engine.ClassOf(err))
			}
		})
	}
}

// TestServedReplies: what looks odd and is a whole reply.
func TestServedReplies(t *testing.T) {
	for _, s := range servedReplies() {
		t.Run(s.file, func(t *testing.T) {
			h, end, err := play(t, wire(t, s.file), false)
			if err != nil || s.heard != "*" && h.String() != s.heard {
				t.Errorf("heard %q, %v; want %q", h.String(), err, s.heard)
			}
			if end.Cut != (s.file == "16-window-full") {
				t.Errorf("cut %v", end.Cut)
			}
			var loop hear.Loop
			if _, loops := loop.Hear(strings.Trim(h.String(), "[]")); loops != (s.file == "19-loop") {
				t.Errorf("loops %v", loops)
			}
			if s.file == "28-frames-are-not-tokens" && end.Tokens != 8 {
				t.Errorf("%d tokens, and the server counted 8", end.Tokens)
			}
		})
	}
}

// TestEveryReplyIsUsed: a reply in testdata that no test reads shows nothing.
func TestEveryReplyIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, s := range slices.Concat(servedFaults(), servedReplies(), servedCalls()) {
		used[s.file] = true
	}
	files, err := filepath.Glob("testdata/*.http")
	if err != nil || len(files) != len(used) {
		t.Errorf("%d files, %d used, %v", len(files), len(used), err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".http"); !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
}
