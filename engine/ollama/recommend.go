package ollama

// Choice is a model that is good at mathematics.
type Choice struct {
	Name  string
	Size  uint64 // bytes to download, about
	Needs uint64 // bytes of memory to run it with a useful window
	Why   string
}

const (
	gb = 1_000_000_000
	mb = 1_000_000
)

// Choices are the models this program recommends, the strongest first.
func Choices() []Choice {
	return []Choice{
		{"gpt-oss:120b", 65 * gb, 80 * gb, "the strongest open model that one big accelerator holds"},
		{"gpt-oss:20b", 14 * gb, 18 * gb, "strong and fast; its thinking has levels"},
		{"qwen3:14b", 9_300 * mb, 13 * gb, "thinks long and carefully"},
		{"qwen3:8b", 5_200 * mb, 8 * gb, "the best for a machine with 8 GB to spare"},
		{"qwen3:4b", 2_500 * mb, 5 * gb, "small, and surprisingly good at mathematics"},
		{"deepseek-r1:1.5b", 1_100 * mb, 2_500 * mb, "runs nearly anywhere; for easy problems"},
	}
}

// Recommend is the strongest model that memory, in bytes, can hold. If none
// fits, it is the smallest one and ok is false.
func Recommend(memory uint64) (c Choice, ok bool) {
	choices := Choices()
	for _, c := range choices {
		if c.Needs <= memory {
			return c, true
		}
	}
	return choices[len(choices)-1], false
}

// minContextTokens is the smallest window in which a problem and a solution fit.
const minContextTokens = 2048

// FitContext is the longest window, in tokens, that is no longer than wanted
// nor than the model's own, and whose cache for parallel replies takes at most
// a third of the free memory, in bytes. It is at least 2048, though the memory
// may be short, unless the model's own is shorter still.
func FitContext(s Shape, free uint64, parallel, want int) int {
	tokens := want
	if s.Context > 0 {
		tokens = min(tokens, s.Context)
	}
	each := s.cache()
	if each > 0 && free > 0 {
		fits := free / 3 / uint64(max(parallel, 1)) / each
		if fits < uint64(max(tokens, 0)) {
			tokens = int(fits) / 256 * 256
		}
	}
	if s.Context > 0 {
		return max(tokens, min(minContextTokens, s.Context))
	}
	return max(tokens, minContextTokens)
}

// cache is the bytes that one token takes in the window: a key and a value of
// two bytes for each layer and head. 0 if the shape is not known.
func (s Shape) cache() uint64 {
	const maxDimension = 1 << 16
	if s.Layers <= 0 || s.KVHeads <= 0 || s.HeadDim <= 0 || s.Layers > maxDimension || s.KVHeads > maxDimension || s.HeadDim > maxDimension {
		return 0
	}
	return 2 * 2 * uint64(s.Layers) * uint64(s.KVHeads) * uint64(s.HeadDim)
}
