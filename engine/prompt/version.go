package prompt

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/aimo3/aimo3/engine"
)

// Version names all that models are told by this package: it changes with any text
// of it. To make it takes about a millisecond.
func Version() string {
	h := sha256.New()
	to := json.NewEncoder(h)
	candidates := []engine.Candidate{{Answer: "1", Votes: 2, Text: "one"}, {Answer: "2", Votes: 1, Text: "two"}}
	for _, name := range []string{"gpt-oss", "qwen3", "deepseek-r1", "phi4", "openmath", "nemotron", "llama-nemotron-nano", "other", "tiny:99m"} {
		for _, code := range []engine.Code{{}, {Engine: "python", Calls: true, SymPy: true}, {Engine: "python"}} {
			b := engine.Brief{
				Problem: engine.Problem{Statement: "What is $1+1$ modulo $5$?"}, Plan: engine.Plan{}.WithDefaults(),
				Model: engine.Model{Name: name}, Code: code,
			}
			_ = to.Encode(For(b)) // a hash takes everything
			_ = to.Encode(Output(b, "2"))
			for _, s := range strategies() {
				switch way := s.How.(type) {
				case engine.Judging:
					_ = to.Encode(way.Turns(b, candidates))
				case engine.Resample:
					_ = to.Encode(way.Turns(b, candidates))
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
