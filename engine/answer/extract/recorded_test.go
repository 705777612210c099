package extract_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// open opens a file of the data beside the repository.
func open(t testing.TB, name string) io.ReadCloser {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatalf("recorded data: %v", err)
		}
		t.Skipf("no recorded data beside the repository: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// same says whether two answers, as they were written, are equal.
func same(a, b string) bool {
	x, err := answer.Parse(a)
	if err != nil {
		return false
	}
	y, err := answer.Parse(b)
	return err == nil && answer.Equal(x, y, 0).Verdict == value.Equal
}

// TestRecordedReplies reads the answers of replies that models wrote, and of
// those that other graders are tested with. At least 97 of 100 must be read.
func TestRecordedReplies(t *testing.T) {
	rows := bufio.NewScanner(open(t, "answers/extraction.jsonl"))
	rows.Buffer(nil, 4<<20)
	right, all := 0, 0
	for rows.Scan() {
		var row struct{ Text, Expect string }
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all++
		c, _ := extract.First(row.Text, extract.Options{End: true})
		if c.Text == row.Expect || same(c.Text, row.Expect) {
			right++
			continue
		}
		t.Logf("row %d: want %q, got %q by %s", all, row.Expect, c.Text, c.Source)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d right", right, all)
	if right*100 < all*97 {
		t.Errorf("%d of %d right, want 97 %%", right, all)
	}
}

// TestRecordedTraces reads the answer of every trace from its last message.
func TestRecordedTraces(t *testing.T) {
	z, err := gzip.NewReader(open(t, "traces/traces.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	rows := json.NewDecoder(z)
	n := 0
	for ; rows.More(); n++ {
		var trace struct {
			ID       string `json:"trace_id"`
			Answer   json.Number
			Messages []struct{ Role, Content string }
		}
		if err := rows.Decode(&trace); err != nil {
			t.Fatal(err)
		}
		last := trace.Messages[len(trace.Messages)-1]
		if c, ok := extract.Boxed(last.Content); !ok || c.Text != trace.Answer.String() {
			t.Errorf("%s: read %q, want %s", trace.ID, c.Text, trace.Answer)
		}
	}
	if n < 300 {
		t.Errorf("%d traces, want all", n)
	}
}
