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
		{"no code", fake.CallTool("", "python", args{"n": 3}), engine.Call{Name: "python"}, `no argument "code"`},
		{"two texts", fake.CallTool("", "python", args{"a": "x", "b": "y"}), engine.Call{Name: "python"}, `no argument "code"`},
		{"no object", fake.CallTool("", "python", []int{1}), engine.Call{Name: "python", Code: "[1]"}, "could not be read"},
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

// TestOtherErrorsStay: only an error about a call is a call.
func TestOtherErrorsStay(t *testing.T) {
	for _, text := range []string{"error parsing tool call: raw='', err=EOF", "error parsing tool call", "raw='1', err=x"} {
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
