package prompt_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

func TestFamilyOf(t *testing.T) {
	for _, c := range []struct {
		name, family string
		want         prompt.Family
	}{
		{"gpt-oss:20b", "gptoss", prompt.GPTOSS},
		{"hf.co/unsloth/gpt-oss-120b-GGUF:F16", "", prompt.GPTOSS},
		{"my-finetune:latest", "gptoss", prompt.GPTOSS},
		{"qwen3:8b", "qwen3", prompt.Qwen},
		{"hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M", "qwen3", prompt.Qwen},
		{"qwen2.5-coder:7b", "qwen2", prompt.Qwen},
		{"mathstral", "qwen2", prompt.Qwen},
		{"qwq:32b", "qwen2", prompt.Qwen},
		{"deepseek-r1:14b", "qwen2", prompt.DeepSeekR1},
		{"deepseek-r1:8b", "qwen3", prompt.DeepSeekR1},
		{"hf.co/bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF", "qwen2", prompt.DeepSeekR1},
		{"hf.co/unsloth/DeepSeek-R1-0528-Qwen3-8B-GGUF:Q4_K_XL", "qwen3", prompt.DeepSeekR1},
		{"deepscaler", "qwen2", prompt.DeepSeekR1},
		{"deepseek-v3:671b", "deepseek2", prompt.Generic},
		{"phi4:14b", "phi3", prompt.Phi},
		{"phi4-mini-reasoning", "phi3", prompt.Phi},
		{"hf.co/microsoft/Phi-4-reasoning-plus-gguf", "", prompt.Phi},
		{"thinker", "phi3", prompt.Phi},
		{"dolphin3:8b", "llama", prompt.Generic},
		{"nemotron-3-nano", "nemotron_h_moe", prompt.Nemotron},
		{"hf.co/nvidia/Llama-3.1-Nemotron-Nano-8B-v1", "llama", prompt.Nemotron},
		{"hf.co/bartowski/nvidia_OpenMath-Nemotron-14B-Kaggle-GGUF", "qwen2", prompt.OpenMath},
		{"hf.co/bartowski/nvidia_OpenReasoning-Nemotron-7B-GGUF", "qwen2", prompt.OpenMath},
		{"some", "nemotron_h", prompt.Nemotron},
		{"qwen/llama3:8b", "llama", prompt.Generic},
		{"llama3.1:8b", "llama", prompt.Generic},
		{"gemma3:27b", "gemma3", prompt.Generic},
		{"", "", prompt.Generic},
	} {
		if got := prompt.FamilyOf(engine.Model{Name: c.name, Family: c.family}); got != c.want {
			t.Errorf("%q of %q is %s, want %s", c.name, c.family, got, c.want)
		}
	}
}

// TestSystem: who is told something in the system's turn, and what.
func TestSystem(t *testing.T) {
	for _, c := range []struct {
		model string
		think engine.Think
		want  string
	}{
		{"gpt-oss:20b", engine.ThinkHigh, "Solve the mathematics problem"},
		{"qwen3:8b", "", "Please reason step by step"},
		{"mistral", "", "Solve the mathematics problem"},
		{"deepseek-r1:14b", "", ""},
		{"phi4-reasoning", "", ""},
		{"openmath-nemotron:14b", "", ""},
		{"nemotron-3-nano", "", ""},
		{"llama-3.1-nemotron-nano:8b", engine.ThinkAuto, "detailed thinking on"},
		{"hf.co/nvidia/Llama-3_3-Nemotron-Super-49B-v1", engine.ThinkOff, "detailed thinking off"},
	} {
		b := brief(c.model, engine.Code{})
		b.Plan.Think = c.think
		system := ""
		if first := prompt.For(b)[0]; first.Role == "system" {
			system = first.Text
		}
		if !strings.HasPrefix(system, c.want) || (system == "") != (c.want == "") {
			t.Errorf("%s: the system's turn is %q, want %q", c.model, system, c.want)
		}
	}
}

// TestRange: the model is told the range that its answer is held against.
func TestRange(t *testing.T) {
	for _, c := range []struct{ statement, plan, want string }{
		{"Find n. The answer is an integer between 0 and 99999.", "", "an integer from 0 to 99999"},
		{"Give your answer as an integer from $1$ to $999$, inclusive.", "", "an integer from 1 to 999"},
		{"Find the remainder when S is divided by 1000.", "", "an integer from 0 to 999"},
		{"Find the remainder when S is divided by 1000.", "any", ""},
		{"How many integers between 1 and 100 are prime?", "", "an integer of at least 0"},
		{"Find the largest integer k.", "", "an integer"},
		{"Find x.", "integer:..-3", "an integer of at most -3"},
		{"Find x.", "integer:5..7", "an integer from 5 to 7"},
		{"Find x.", "nonsense", ""},
		{"Find x.", "", ""},
	} {
		b := brief("gpt-oss:20b", engine.Code{})
		b.Problem.Statement, b.Plan.Range = c.statement, c.plan
		told := prompt.For(b)[0].Text
		_, after, _ := strings.Cut(told, "\nThe answer is ")
		got, _, found := strings.Cut(after, ". If yours is not")
		if found != (c.want != "") || found && got != c.want {
			t.Errorf("%q in %q: the range is %q, want %q", c.statement, c.plan, got, c.want)
		}
		b.Model.Name = "openmath-nemotron:14b" // it is told the range in a paragraph of its own
		told, want := prompt.For(b)[0].Text, "inside \\boxed{}.\n\n"+c.statement
		if c.want != "" {
			want = "inside \\boxed{}.\n\nThe answer is " + c.want + ".\n\n" + c.statement
		}
		if !strings.HasSuffix(told, want) {
			t.Errorf("%q in %q: told %q, want it to end with %q", c.statement, c.plan, told, want)
		}
	}
}
