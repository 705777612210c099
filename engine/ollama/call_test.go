package ollama_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestCalls: what the server sends for a call, and what the model meant.
func TestCalls(t *testing.T) {
	type args = map[string]any
	bare := func(raw string) fake.Step {
		return fake.FailMidway("error parsing tool call: raw='" + raw + "', err=invalid character 'i' looking for beginning of value")
	}
	tests := []struct {
		name  string
		step  fake.Step
		want  engine.Call
		wrong string // in Wrong
	}{
		{"plain", fake.CallTool("c1", "python", args{"code": "1+1"}), engine.Call{ID: "c1", Name: "python", Code: "1+1"}, ""},
		{"another name for the argument", fake.CallTool("", "run", args{"script": "x\ny", "timeout": 3}), engine.Call{Name: "run", Code: "x\ny"}, ""},
		{"arguments as text", fake.CallTool("", "python", `{"code":"2"}`), engine.Call{Name: "python", Code: "2"}, ""},
		{"arguments as text that is code", fake.CallTool("", "python", "print(6*7)"), engine.Call{Name: "python", Code: "print(6*7)"}, ""},
		{"arguments as text that is code and JSON", fake.CallTool("", "python", "[1, 2]"), engine.Call{Name: "python", Code: "[1, 2]"}, ""},
		{"arguments as text that is a broken object", fake.CallTool("", "python", `{"code": "x`), engine.Call{Name: "python", Code: `"{\"code\": \"x"`}, "could not be read"},
		{"code as a list of lines", fake.CallTool("", "python", args{"code": []string{"x = 6\n", "x * 7"}}), engine.Call{Name: "python", Code: "x = 6\nx * 7"}, ""},
		{"arguments as a list of lines", fake.CallTool("", "python", []string{"x = 6", "x * 7"}), engine.Call{Name: "python", Code: "x = 6\nx * 7"}, ""},
		{"arguments in a list", fake.CallTool("", "python", []args{{"code": "6*7"}}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"arguments in arguments", fake.CallTool("", "python", args{"arguments": args{"code": "6*7"}}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"a call in arguments", fake.CallTool("", "python", args{"name": "python", "arguments": `{"code":"6*7"}`}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"code in an object", fake.CallTool("", "python", args{"code": args{"value": "6*7"}}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"the language beside it", fake.CallTool("", "python", args{"source": "6*7", "language": "python"}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"prompts", fake.CallTool("", "python", args{"code": ">>> for i in (6, 7):\n...     print(i)\n>>> i\n"}), engine.Call{Name: "python", Code: "for i in (6, 7):\n    print(i)\ni\n"}, ""},
		{"spaces that do not break", fake.CallTool("", "python", args{"code": "if\u00a0True:\n\u00a0\u202f\u2003 6*7"}), engine.Call{Name: "python", Code: "if True:\n    6*7"}, ""},
		{"a mark of byte order", fake.CallTool("", "python", args{"code": "\ufeff6*\u200b7"}), engine.Call{Name: "python", Code: "6*7"}, ""},
		{"a call without arguments in arguments", fake.CallTool("", "python", args{"name": "python", "arguments": args{}}), engine.Call{Name: "python"}, `no argument "code"`},
		{"no code", fake.CallTool("", "python", args{"n": 3}), engine.Call{Name: "python"}, `no argument "code"`},
		{"two texts", fake.CallTool("", "python", args{"a": "x", "b": "y"}), engine.Call{Name: "python"}, `no argument "code"`},
		{"no object", fake.CallTool("", "python", []int{1}), engine.Call{Name: "python"}, `no argument "code"`},
		{"bare code that the server could not parse", bare("import math\nprint('a', err=1)"), engine.Call{Name: "python", Code: "import math\nprint('a', err=1)"}, ""},
		{"JSON that nobody can parse", bare(`{"code": "print("a")"}`), engine.Call{Name: "python", Code: `{"code": "print("a")"}`}, "could not be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fake.NewServer(t, []fake.Step{fake.Think("so "), tt.step, fake.Done()})
			var got []engine.Call
			var last engine.Piece
			_, err := newClient(t, s.URL).Stream(t.Context(), engine.Ask{Model: "fake"}, func(p engine.Piece) {
				if p.Call != nil {
					got = append(got, *p.Call)
				}
				last = p
			})
			if err != nil || len(got) != 1 || last.Call == nil {
				t.Fatalf("calls %+v, err %v", got, err)
			}
			if !strings.Contains(got[0].Wrong, tt.wrong) || (tt.wrong == "") != (got[0].Wrong == "") {
				t.Errorf("wrong: %q, want %q in it", got[0].Wrong, tt.wrong)
			}
			got[0].Wrong = ""
			if !reflect.DeepEqual(got[0], tt.want) {
				t.Errorf("%+v, want %+v", got[0], tt.want)
			}
		})
	}
}

// TestServedCalls: of a call that the server could not parse the reply is whole, and
// the code that it quotes is run; else the model is told to call again.
func TestServedCalls(t *testing.T) {
	const again, code = `Call python again with one argument, "code"`, "print(6*7)"
	for _, s := range servedCalls() {
		t.Run(s.file, func(t *testing.T) {
			h, _, err := play(t, wire(t, s.file), false)
			last := h.pieces[len(h.pieces)-1].Call
			if err != nil || last == nil || last.Name != "python" || h.String() != s.heard {
				t.Fatalf("heard %q, %+v, %v; want %q and a call", h.String(), last, err, s.heard)
			}
			if s.what == "" && (last.Code != code || last.Wrong != "") || !strings.Contains(last.Wrong, s.what) || (s.what != "") != strings.Contains(last.Wrong, again) {
				t.Errorf("%+v, want %q, or to be told %q", last, code, s.what)
			}
		})
	}
}

func servedCalls() []served {
	return []served{
		{file: "call-refused-raw"},
		{file: "call-refused-half", what: "unexpected end of JSON input"},
		{file: "call-refused-unquoted", what: "unexpected end of JSON input"},
		{file: "call-midway-raw", heard: "[so]"},
		{file: "call-midway-unquoted", heard: "[so]", what: "unexpected end of JSON input"},
		{file: "call-midway-key", heard: "[so]", what: "unexpected end of JSON input"},
		{file: "call-midway-key-raw", heard: "[so]"},
		{file: "call-midway-xml", heard: "[so]", what: "XML syntax error on line 4"},
		{file: "call-midway-nameless", heard: "[so]", what: "empty function name"},
	}
}

// TestOtherErrorsStay: only an error about a call is a call.
func TestOtherErrorsStay(t *testing.T) {
	for _, text := range []string{"raw='1', err=x", "error parsing the template", "failed to parse grammar"} {
		s := fake.NewServer(t, []fake.Step{fake.Think("so "), fake.FailMidway(text)})
		if _, err := newClient(t, s.URL).Stream(t.Context(), engine.Ask{Model: "fake"}, func(engine.Piece) {}); err == nil {
			t.Errorf("%q is no error", text)
		}
	}
}

// TestCallsGoBack: the conversation is sent as Ollama wants it.
func TestCallsGoBack(t *testing.T) {
	s := fake.NewServer(t)
	call := engine.Call{ID: "c1", Name: "python", Code: "1+1"}
	ask := engine.Ask{Model: "fake", Tool: &engine.Tool{Name: "python", Description: "Runs."}, Turns: []engine.Turn{
		{Role: "user", Text: "?"},
		{Role: "assistant", Text: "so", Thinking: "hm", Calls: []engine.Call{call}},
		{Role: "tool", Text: "2", Answers: call},
	}}
	if _, err := newClient(t, s.URL).Stream(t.Context(), ask, func(engine.Piece) {}); err != nil {
		t.Fatal(err)
	}
	got := s.Asked()[0]
	if len(got.Tools) != 1 || got.Tools[0].Function.Name != "python" || !reflect.DeepEqual(got.Tools[0].Function.Parameters.Required, []string{"code"}) {
		t.Errorf("tools: %+v", got.Tools)
	}
	said, told := got.Messages[1], got.Messages[2]
	if said.Thinking != "hm" || said.Content != "so" || len(said.ToolCalls) != 1 || said.ToolCalls[0].ID != "c1" || said.ToolCalls[0].Function.Arguments["code"] != "1+1" {
		t.Errorf("the assistant's turn: %+v", said)
	}
	if told.Role != "tool" || told.Content != "2" || told.ToolName != "python" || told.ToolCallID != "c1" {
		t.Errorf("the tool's turn: %+v", told)
	}
}

var _ engine.Backend = (*ollama.Client)(nil)
