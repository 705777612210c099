package ollama

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/aimo3/aimo3/engine"
)

func usualLine(field, text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"model":"qwen3:8b","created_at":"2026-01-02T03:04:05.123456789Z","message":{"role":"assistant",%q:%s},"done":false}`+"\n", field, b)
}

const endLine = `{"model":"qwen3:8b","created_at":"2026-01-02T03:04:05Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":5,"eval_count":2}` + "\n"

// sureLine has two tokens, one without alternatives.
const sureLine = `{"message":{"role":"assistant","content":"ab"},"logprobs":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[` +
	`{"token":"a","logprob":-0.5,"bytes":[97]},{"token":"\u0041","logprob":-1.25e0,"bytes":null}]},{"token":"b","logprob":-2}],"done":false}`

type transcript struct {
	thinking, reply strings.Builder
	pieces, frames  int
	parts           int // pieces in which no frame begins
	longest         int
}

func (tr *transcript) say(p engine.Piece) {
	tr.pieces++
	tr.frames += p.Frames
	if p.Frames == 0 {
		tr.parts++
	}
	tr.longest = max(tr.longest, len(p.Text))
	if p.Channel == engine.Thinking {
		tr.thinking.WriteString(p.Text)
	} else {
		tr.reply.WriteString(p.Text)
	}
}

func readAll(from io.Reader) (*transcript, engine.Ending, error) {
	tr := &transcript{}
	r := reader{from: from, say: tr.say, heard: func(bool) {}, failed: func(s string) error { return errors.New(s) }}
	end, err := r.read()
	return tr, end, err
}

// A reply means the same however the network cuts it up.
func TestReadIsTheSameForEverySplit(t *testing.T) {
	wire := usualLine("thinking", "hm 日本") + "\r\n" +
		`{"message":{"content":"a\u65e5\ud83d\ude00 <b> \"x\\y\""},"done":false}` + "\n" +
		usualLine("content", "😀 tail") + strings.TrimSpace(endLine)
	const reply = "a日😀 <b> \"x\\y\"😀 tail"
	for cut := range len(wire) {
		tr, _, err := readAll(io.MultiReader(strings.NewReader(wire[:cut]), strings.NewReader(wire[cut:])))
		if err != nil || tr.thinking.String() != "hm 日本" || tr.reply.String() != reply {
			t.Fatalf("cut at %d: %q, %q, %v", cut, tr.thinking.String(), tr.reply.String(), err)
		}
		if tr.frames != 3 || tr.parts != 0 {
			t.Fatalf("cut at %d: %d frames, and %d pieces in which none begins", cut, tr.frames, tr.parts)
		}
	}
	if tr, _, err := readAll(iotest.OneByteReader(strings.NewReader(wire))); err != nil || tr.reply.String() != reply || tr.frames != 3 {
		t.Errorf("byte by byte: %q, %d frames, %v", tr.reply.String(), tr.frames, err)
	}
}

// A frame is counted once, in the piece in which it begins.
func TestReadCountsEachFrameOnce(t *testing.T) {
	tests := []struct{ name, wire string }{
		{"text on both channels", `{"message":{"thinking":"so","content":"4"},"done":false}`},
		{"text and a call", `{"message":{"content":"run it","tool_calls":[{"function":{"name":"python","arguments":{"code":"1"}}}]},"done":false}`},
		{"two calls", `{"message":{"tool_calls":[{"function":{"name":"python","arguments":{"code":"1"}}},{"function":{"name":"python","arguments":{"code":"2"}}}]},"done":false}`},
		{"a call that the server could not parse", `{"error":"error parsing tool call: raw='{\"code\": \"1', err=unexpected end of JSON input"}`},
	}
	for _, tt := range tests {
		if tr, _, err := readAll(strings.NewReader(tt.wire + "\n" + endLine)); tr.frames != 1 {
			t.Errorf("%s: %d frames in %d pieces, %v", tt.name, tr.frames, tr.pieces, err)
		}
	}
}

func TestReadJoinsWhatIsAtHand(t *testing.T) {
	var wire strings.Builder
	for range 100 {
		wire.WriteString(usualLine("thinking", "ab"))
	}
	for range 100 {
		wire.WriteString(usualLine("content", strings.Repeat("x", 100)))
	}
	wire.WriteString(endLine)
	tr, _, err := readAll(strings.NewReader(wire.String()))
	if err != nil || tr.frames != 200 || tr.thinking.Len() != 200 || tr.reply.Len() != 10_000 {
		t.Fatalf("%d frames, %d + %d bytes, %v", tr.frames, tr.thinking.Len(), tr.reply.Len(), err)
	}
	if tr.pieces > 8 || tr.longest > maxPieceBytes {
		t.Errorf("%d pieces, the longest of %d bytes; want few, of at most %d", tr.pieces, tr.longest, maxPieceBytes)
	}
	tr, _, _ = readAll(iotest.OneByteReader(strings.NewReader(wire.String())))
	if tr.pieces != 200 {
		t.Errorf("%d pieces of a slow stream, want all 200 at once", tr.pieces)
	}
}

func TestReadBoundsTheReply(t *testing.T) {
	line := usualLine("content", strings.Repeat("x", 1<<20))
	tr, _, err := readAll(strings.NewReader(strings.Repeat(line, 70)))
	if !errors.Is(err, &engine.Fault{Class: engine.Oversize}) || tr.reply.Len() > maxReplyBytes {
		t.Errorf("%d bytes, %v", tr.reply.Len(), err)
	}
}

func TestUsualLinesNeedNoEncodingJSON(t *testing.T) {
	for _, line := range []string{
		usualLine("content", "plain"), usualLine("thinking", "日本 <b> & \"q\" \\ \n"), usualLine("content", "😀"),
		`{"message":{"role":"assistant","content":"","thinking":"\ud83d\ude00"},"done":false}`, sureLine,
	} {
		c := cursor{b: []byte(strings.TrimSpace(line)), scratch: &scratch{}}
		if _, ok := c.usual(); !ok {
			t.Errorf("went the slow way: %s", line)
		}
	}
}

// compare fails unless decode and encoding/json agree on the line.
func compare(t *testing.T, line []byte) {
	t.Helper()
	var fast scratch
	var slow tokenLogprobs
	got, gotErr := decode(line, &fast)
	want, wantErr := decodeAny(line, &slow)
	if (gotErr == nil) != (wantErr == nil) {
		t.Fatalf("%q: error %v, want %v", line, gotErr, wantErr)
	}
	if !reflect.DeepEqual(fast.logprobs, slow) && gotErr == nil && len(fast.logprobs.logs)+len(slow.logs) > 0 {
		t.Fatalf("%q: log-probabilities %+v, want %+v", line, fast.logprobs, slow)
	}
	same := string(got.content) == string(want.content) && string(got.thinking) == string(want.thinking)
	if !same || got.failure != want.failure || !reflect.DeepEqual(got.last, want.last) {
		t.Fatalf("%q:\n got %+v\nwant %+v", line, got, want)
	}
}

// Random mixtures of the pieces lines are made of reach what random bytes
// would not.
func TestDecodeAgreesWithEncodingJSON(t *testing.T) {
	parts := []string{
		`{`, `}`, `"message"`, `"content"`, `"thinking"`, `"done"`, `"Done"`, `"role"`, `"model"`, `"error"`, `"done_reason"`, `:`, `,`, `true`, `false`,
		`null`, `"a"`, `"\u0041"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, `"\ud83d\ud83d\ude00"`, `"\ude00\ud83d"`, `"\u12"`, `"\x"`, "\"\xff\"", "\"é\\n\xc3\"",
		"\"\x01\"", ` `, "\t", `"\"\\\/\b\f\n\r\t"`, `{"message":{"content":`, `},"done":false}`, `"日"`, `"logprobs":[`, `{"token":"a","logprob":-1.5,"bytes":[1,2],"top_logprobs":[`, `{"token":"x","logprob":-0}`, `"logprob"`, `]}]`, `-1e2`, `01`, `1`, `[`, `]`, `"stop"`, `{"role":"assistant","content":"x"}`,
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		var b []byte
		for range 1 + rnd.IntN(9) {
			b = append(b, parts[rnd.IntN(len(parts))]...)
		}
		compare(t, b)
		compare(t, []byte(`{"message":{"content":`+string(b)+`},"done":false}`))
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(usualLine("content", "a<b> 日 😀\n")), 3)
	f.Add([]byte(usualLine("thinking", "x")+endLine), 1)
	f.Add([]byte(`{"message":{"content":"\ud83d\u0041\ud83d\ude00`+"\xff"+`"},"done":false}`), 7)
	f.Add([]byte(`{"message":{"content":"a","CONTENT":"b"},"message":{"content":"c"},"done":false}`+"\n"), 2)
	f.Fuzz(func(t *testing.T, wire []byte, cut int) {
		for line := range bytes.Lines(wire) {
			compare(t, bytes.TrimSpace(line))
		}
		cut = max(0, min(cut, len(wire)))
		whole, end, err := readAll(bytes.NewReader(wire))
		parts, end2, err2 := readAll(io.MultiReader(bytes.NewReader(wire[:cut]), bytes.NewReader(wire[cut:])))
		if fmt.Sprint(err) != fmt.Sprint(err2) || end != end2 || whole.reply.String() != parts.reply.String() || whole.thinking.String() != parts.thinking.String() {
			t.Fatalf("cut at %d: %v and %v", cut, err, err2)
		}
	})
}
