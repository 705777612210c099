package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/aimo3/aimo3/engine"
)

// hostile is what a model, a server, a file or a person might bring in.
const hostile = "a\u009b2J\u009d0;t\u009c\x7f\u00ad\u202e\u202a\u2066\u2069\u200e\u061c\u200b\u200c\u200d\u2060\ufeff\u2028\u2029" +
	"\ufff9\u115f\u3164\ufe0f\ufdd0\uffff\U0001fffe\U000e0041\U000e007f\U000e0100\U0001d173\u2800\ue000\U000f0000z"

// hostileBench has hostile text wherever text comes from.
func hostileBench(t *testing.T) *bench {
	b := newBench(t)
	m := &b.server.models[0]
	m.Family, m.Parameters, m.Quantization, m.Digest = hostile, hostile, hostile, hostile
	b.server.models = append(b.server.models, engine.Model{Name: "x" + hostile})
	b.server.replies[0] = reply{thinking: hostile, text: hostile + `\boxed{` + hostile + `}`}
	b.server.replies[1] = reply{err: &engine.Fault{Class: engine.Stalled, What: hostile, Todo: hostile}}
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	facts := []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: hostile, Key: hostile, Source: hostile}, Plan: engine.Plan{Model: hostile, Samples: 2}.WithDefaults()},
		engine.SampleStarted{},
		engine.CodeStarted{Code: hostile},
		engine.CodeFinished{Cell: engine.Cell{Output: hostile, Err: hostile}},
		engine.Delta{Channel: engine.Reply, Text: hostile, Frames: 1},
		engine.SampleFinished{Answer: hostile},
		engine.SampleFailed{Sample: 1, Cause: hostile, Todo: hostile},
		engine.TallyChanged{Tally: engine.Tally{}.Add(0, hostile)},
		engine.Warning{Text: hostile},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: hostile, Votes: 1, Of: 1}},
	}
	events := make([]engine.Event, len(facts))
	for i, f := range facts {
		events[i] = engine.Event{Attempt: "01kchostile00000", Seq: uint64(i + 1), At: at, Fact: f}
	}
	b.keep(events)
	return b
}

// Every command's JSON is escaped, on its way to a person or a program, and
// every command's words are cleaned.
func TestHostileTextIsEscaped(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.")
	quoted, _ := json.Marshal(hostile)
	rows := filepath.Join(t.TempDir(), "rows")
	if err := os.WriteFile(rows, []byte(`{"id": `+string(quoted)+`, "gold": `+string(quoted)+`, "pred": "1"}`+"\nno "+hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{
		"solve p --samples 2 --json", "solve p --samples 2 --events", "solve p --samples 2", "solve - --samples 1 --json",
		"history list --json", "history list", "history show last --json", "history show last --events", "history show last", "history show last --sample 1 --thinking",
		"history export last", "history export last --format jsonl", "history export last --format md", "history export last --format tex", "history export last --format html",
		"history export last -o " + file + "json", "history export last -o " + file + "jsonl", "history export last -o " + file + "md", "history export last -o " + file + "tex", "history export last -o " + file + "html",
		"models list --json", "models list", "models show qwen3:4b --json", "models show qwen3:4b", "models show X --json", "models pull X", "models import X --name X",
		"doctor --json", "doctor --model X --json", "doctor", "run --json", "run", "run X --json", "version --json", "version",
		"grade " + rows, "grade --gold X --pred 1 --json", "grade --gold X --pred 1", "history show X --json", "solve --file X --json", "solve --samples X --json p", "X --json", "help X",
	} {
		for _, terminal := range []bool{false, true} {
			b := hostileBench(t)
			b.terminals, b.stdin = terminal, strings.NewReader(hostile)
			b.env["TERM"] = "x" + hostile
			b.run(strings.Fields(strings.ReplaceAll(command, "X", hostile))...)
			wantClean(t, command, b.out.Bytes())
			wantClean(t, command+", stderr", bytes.ReplaceAll(b.err.Bytes(), []byte("\x1b"), nil)) // the status line draws
			if strings.Contains(command, "json") && !strings.Contains(command, " -o ") && b.out.Len() > 0 && !strings.Contains(command, "--events") {
				wantJSON(t, command, b.out.Bytes())
			}
		}
	}
	for _, form := range []string{"json", "jsonl", "md", "tex", "html"} {
		text, err := os.ReadFile(file + form)
		if err != nil || len(text) == 0 {
			t.Fatal(err)
		}
		wantClean(t, file+form, text)
	}
}

func wantClean(t *testing.T, what string, text []byte) {
	t.Helper()
	for _, r := range string(text) {
		quoted := strings.Contains(what, "json") && !strings.Contains(what, "stderr")
		switch {
		case quoted && (r == '\u2800' || unicode.Is(unicode.Co, r)):
			t.Errorf("%s prints %U in %q", what, r, text)
			return
		case r == '\n' || r == '\r' || r == '\t' || r == '\ufe0f' && !quoted:
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point,
			unicode.Variation_Selector, unicode.Noncharacter_Code_Point):
			t.Errorf("%s prints %U in %q", what, r, text)
			return
		}
	}
}

func wantJSON(t *testing.T, what string, text []byte) {
	t.Helper()
	for d := json.NewDecoder(bytes.NewReader(text)); d.More(); {
		var v any
		if err := d.Decode(&v); err != nil {
			t.Errorf("%s: %v in %s", what, err, text)
			return
		}
	}
}

// What was kept is what is printed.
func TestPrintedEventsDecodeToThoseKept(t *testing.T) {
	b := hostileBench(t)
	b.wantCode(b.run("history", "show", "last", "--events"), 0)
	lines := strings.Split(strings.TrimSpace(b.out.String()), "\n")
	for i, kept := range b.events("01kchostile00000") {
		want, _ := json.Marshal(kept)
		var back engine.Event
		if err := json.Unmarshal([]byte(lines[i]), &back); err != nil {
			t.Fatal(err)
		}
		if got, _ := json.Marshal(back); !bytes.Equal(got, want) {
			t.Errorf("line %d\n got %s\nwant %s", i+1, got, want)
		}
	}
}

// TestLongNamesAreNotShownWhole: what happened and what to do about it are.
func TestLongNamesAreNotShownWhole(t *testing.T) {
	long := strings.Repeat("m", 100_000)
	for _, command := range []string{"solve p -m " + long, "solve p --fallback " + long, "history show " + long, "solve " + long, "config set " + long + " 1"} {
		b := newBench(t)
		code := b.run(strings.Fields(command)...)
		said := b.err.String()
		if code == 0 || len(said) > 2*maxSaid || !strings.HasPrefix(said, "aimo3: ") || strings.HasSuffix(strings.TrimSpace(said), "mmm") {
			t.Errorf("%.30s ends with %d and %d bytes: %.80s", command, code, len(said), said)
		}
	}
}
