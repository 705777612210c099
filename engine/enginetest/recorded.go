package enginetest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Recording is one trace of a model that worked with a notebook.
type Recording struct {
	Problem string `json:"problem_id"`
	ID      string `json:"trace_id"`
	Answer  int    `json:"answer"`
	Gold    int    `json:"gold"`
	Correct bool   `json:"correct"`
	Tokens  int    `json:"n_tokens"`
	Turns   []struct {
		Role, Recipient, Content string
	} `json:"messages"`
}

// Words is what the model said, its code and what that printed left out.
func (r Recording) Words() []string {
	var said []string
	for _, t := range r.Turns {
		if t.Role == "assistant" && t.Recipient != "python" {
			said = append(said, t.Content)
		}
	}
	return said
}

// Reply is the last thing the model said.
func (r Recording) Reply() string {
	said := r.Words()
	if len(said) == 0 {
		return ""
	}
	return said[len(said)-1]
}

// Shared is the path of a file of the recorded data, or skips the test where there is none.
// The test is of a package directly below engine.
func Shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NO RECORDED DATA IS READ: %v", err)
	}
	return path
}

// Recordings reads every recorded trace, or skips the test. They are read
// for pure functions in one goroutine, of which the race detector would only
// make a long wait. The test is of a package directly below engine.
func Recordings(t *testing.T) []Recording {
	t.Helper()
	if UnderRace {
		t.Skip("this is about what pure functions make of much text")
	}
	f, err := os.Open(Shared(t, "traces", "traces.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []Recording
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var r Recording
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
