package prompt

import (
	"regexp"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Family is a kind of models that is told things in one way; words has the text
// of each.
type Family string

// The families.
const (
	GPTOSS     Family = "gpt-oss"
	Qwen       Family = "qwen"
	DeepSeekR1 Family = "deepseek-r1"
	Phi        Family = "phi"
	OpenMath   Family = "openmath"
	Nemotron   Family = "nemotron"
	Generic    Family = "generic"
)

// names are tried in order: what a model was made into says more than what it
// was made from, as in "DeepSeek-R1-Distill-Qwen-7B".
var names = []struct {
	pattern *regexp.Regexp
	family  Family
}{
	{regexp.MustCompile(`open-?(math|reasoning)`), OpenMath},
	{regexp.MustCompile(`nemotron`), Nemotron},
	{regexp.MustCompile(`deepseek-?r1|deepscaler|(^|[^a-z0-9])r1-distill`), DeepSeekR1},
	{regexp.MustCompile(`gpt-?oss`), GPTOSS},
	{regexp.MustCompile(`(^|[^a-z])phi-?[0-9]`), Phi},
	{regexp.MustCompile(`qwen|qwq`), Qwen},
}

// FamilyOf is the family of a model, by its name and, if that says nothing, by
// the architecture that the server names. The name comes first: the server
// calls deepseek-r1:14b a qwen2.
func FamilyOf(m engine.Model) Family {
	for _, called := range []string{base(m.Name), plain(m.Family)} {
		for _, n := range names {
			if n.pattern.MatchString(called) {
				return n.family
			}
		}
	}
	return Generic
}

// base is a model's name without registry and owner.
func base(name string) string {
	return plain(name[strings.LastIndexByte(name, '/')+1:])
}

func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "_", "-")
}

// switched matches models that think or not by a word in the system's turn.
var switched = regexp.MustCompile(`llama.*nemotron-?(nano|super|ultra)`)

// system is what the family's models want in the system's turn, given what
// there is to tell; the rest belongs to the user's turn. The cards say so:
// DeepSeek-R1 "avoid adding a system prompt; all instructions should be
// contained within the user prompt"; Llama-Nemotron takes only its switch
// there; Phi-4-reasoning was trained with one system prompt, which the server
// adds when no other is sent.
func (f Family) system(b engine.Brief, told string) (system, user string) {
	switch f {
	case GPTOSS, Qwen, Generic:
		return told, ""
	case Nemotron:
		if !switched.MatchString(base(b.Model.Name)) {
			return "", told
		}
		if b.Plan.Think == engine.ThinkOff {
			return "detailed thinking off", told
		}
		return "detailed thinking on", told
	default:
		return "", told
	}
}
