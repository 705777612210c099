package ollama

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/aimo3/aimo3/engine"
)

// TestTops: every token is told of once, with its text or, while the server
// holds the text back, without.
func TestTops(t *testing.T) {
	held := `{"message":{"role":"assistant","content":""},"logprobs":[{"token":"<","logprob":-3,"top_logprobs":[{"token":"<","logprob":-3},{"token":"x","logprob":-4}]}],"done":false}`
	wire := sureLine + "\n" + held + "\n" + usualLine("thinking", "hm") + sureLine + "\n" + strings.TrimSpace(strings.Replace(endLine, `"eval_count"`, `"logprobs":[{"logprob":-9}],"eval_count"`, 1))
	want := [][]float64{{-0.5, -1.25}, {-2}, {-3, -4}, {-0.5, -1.25}, {-2}, {-9}}
	for name, from := range map[string]io.Reader{"whole": strings.NewReader(wire), "byte by byte": iotest.OneByteReader(strings.NewReader(wire))} {
		var got [][]float64
		var text string
		r := reader{from: from, heard: func(bool) {}, failed: func(s string) error { return fmt.Errorf("%s", s) }, say: func(p engine.Piece) {
			text += p.Text
			for _, top := range p.Logprobs {
				got = append(got, append([]float64{}, top...))
			}
		}}
		if _, err := r.read(); err != nil || text != "abhmab" || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v of %q, %v; want %v", name, got, text, err, want)
		}
	}
}

// BenchmarkTops is a token with its twenty likeliest, read off the wire, and by
// encoding/json alone.
func BenchmarkTops(b *testing.B) {
	top := make([]map[string]any, 20)
	for i := range top {
		top[i] = map[string]any{"token": " word", "logprob": -0.123456789 - float64(i), "bytes": []int{32, 119, 111, 114, 100}}
	}
	logs, err := json.Marshal([]map[string]any{{"token": " word", "logprob": -0.123456789, "bytes": []int{32, 119}, "top_logprobs": top}})
	if err != nil {
		b.Fatal(err)
	}
	line := []byte(strings.Replace(strings.TrimSpace(usualLine("content", " word")), `"done"`, `"logprobs":`+string(logs)+`,"done"`, 1))
	b.Run("cursor", func(b *testing.B) {
		b.ReportAllocs()
		var s scratch
		for b.Loop() {
			if _, err := decode(line, &s); err != nil || len(s.logprobs.ends) != 1 {
				b.Fatal(err, s.logprobs.ends)
			}
			s.logprobs.logs, s.logprobs.ends = s.logprobs.logs[:0], s.logprobs.ends[:0]
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var t tokenLogprobs
			if _, err := decodeAny(line, &t); err != nil {
				b.Fatal(err)
			}
		}
	})
}
