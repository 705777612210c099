package ollama

import (
	"embed"
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine/ollama/gguf"
)

//go:embed templates/*.tmpl
var templates embed.FS

// bare is the template that Ollama gives a model whose own it does not know:
// the model then continues the text in place of answering it.
const bare = "{{ .Prompt }}"

// dialect is how a family of models marks the turns of a conversation.
type dialect struct {
	name  string
	mark  string   // found in the Jinja templates of the family, and in no other's
	archs []string // beginnings of architectures that speak it
	stop  []string
}

func dialects() []dialect {
	return []dialect{
		{"gemma", "<start_of_turn>", []string{"gemma"}, []string{"<end_of_turn>", "<start_of_turn>"}},
		{"chatml", "<|im_start|>", []string{"qwen"}, []string{"<|im_end|>", "<|im_start|>"}},
		{"llama3", "<|start_header_id|>", nil, []string{"<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>"}},
		{"mistral", "[INST]", []string{"mistral"}, []string{"[INST]", "[/INST]"}},
		{"phi", "<|end|>", []string{"phi3"}, []string{"<|end|>", "<|system|>", "<|user|>", "<|assistant|>"}},
		{"deepseek", "<｜User｜>", []string{"deepseek"}, []string{"<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>"}},
	}
}

// dialectOf is the dialect that a model file speaks, by its own chat template
// or, if it has none, by its architecture.
func dialectOf(h gguf.Head) (dialect, bool) {
	for _, d := range dialects() {
		if strings.Contains(h.ChatTemplate(), d.mark) {
			return d, true
		}
		for _, arch := range d.archs {
			if h.ChatTemplate() == "" && strings.HasPrefix(h.Architecture(), arch) {
				return d, true
			}
		}
	}
	return dialect{}, false
}

// template is the dialect's template in Ollama's language.
func (d dialect) template() (string, error) {
	b, err := templates.ReadFile("templates/" + d.name + ".tmpl")
	if err != nil {
		return "", fmt.Errorf("read the template of %s: %w", d.name, err)
	}
	return string(b), nil
}
