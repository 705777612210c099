package engine_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// recording is one trace of a model that worked with a notebook.
type recording struct {
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

// words is what the model said, its code and what that printed left out.
func (r recording) words() []string {
	var said []string
	for _, t := range r.Turns {
		if t.Role == "assistant" && t.Recipient != "python" {
			said = append(said, t.Content)
		}
	}
	return said
}

// reply is the last thing the model said.
func (r recording) reply() string {
	said := r.words()
	if len(said) == 0 {
		return ""
	}
	return said[len(said)-1]
}

// readRecordings reads every recorded trace, or skips the test. They are read
// for pure functions in one goroutine, of which the race detector would only
// make a long wait.
func readRecordings(t *testing.T) []recording {
	t.Helper()
	if underRace {
		t.Skip("this is about what pure functions make of much text")
	}
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "traces", "traces.jsonl.gz"))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NO RECORDED TRACES ARE READ: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []recording
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var r recording
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
