package engine

import (
	"strings"
	"time"
)

// What a zero Plan means, field by field.
const (
	DefaultSamples     = 8
	DefaultNumCtx      = 32_768
	DefaultWall        = 15 * time.Minute
	MaxSamples         = 512
	DefaultTopLogprobs = 5
	MaxTopLogprobs     = 100 // more says nothing more; a server may tell of fewer
)

// Plan says how to attempt a problem. The zero Plan works: WithDefaults fills it.
type Plan struct {
	Model         string   `json:"model"`
	Fallback      []string `json:"fallback,omitempty"` // models to go on with, one after the other, where Model cannot be had
	Samples       int      `json:"samples"`            // 1 to MaxSamples; if zero, DefaultSamples
	Parallel      int      `json:"parallel"`           // samples in flight at once; if zero, all of them
	Stop          StopRule `json:"stop"`               // if empty, DefaultStop
	Seed          int64    `json:"seed"`               // sample i (from 0) gets Seed+i
	Think         Think    `json:"think"`              // if empty, ThinkAuto
	Tools         Tools    `json:"tools"`              // if empty, ToolsAuto
	Fences        bool     `json:"fences,omitempty"`   // code is written in fenced blocks, also by a model that can call tools
	NoCodeSamples int      `json:"wordy"`              // how many samples, the last ones, have no code run
	Caps          Caps     `json:"caps"`               // of each sample's code
	Choose        []string `json:"choose,omitempty"`   // names of strategies for a split vote, in the order they are tried
	Judge         string   `json:"judge,omitempty"`    // model that strategies ask; if empty, Model
	Range         string   `json:"range"`              // where the answer lies, as asked.ParseRange reads it; if empty, as the statement says
	TopLogprobs   int      `json:"top"`                // log-probabilities to ask for with each token, to MaxTopLogprobs; if zero, DefaultTopLogprobs; negative for none
	Options       Options  `json:"options"`
	Budget        Budget   `json:"budget"`

	// Digests are what its models are, by their full names, as a server told when the
	// attempt began. What another model by such a name replies has no vote. One that is
	// not there is not known: it is taken for what its server says it is.
	Digests map[string]string `json:"digests,omitempty"`
}

// Digest is that of a model; "" if it is not known.
func (p Plan) Digest(model string) string { return p.Digests[FullName(model)] }

// Options are sampling settings sent with every request. A nil pointer leaves
// the choice to the model's own card.
type Options struct {
	NumCtx      int      `json:"num_ctx"`     // context window in tokens; if zero, DefaultNumCtx
	NumPredict  int      `json:"num_predict"` // most tokens of one reply; if zero, NumCtx
	Temperature *float64 `json:"temperature,omitempty"`
	TopP        *float64 `json:"top_p,omitempty"`
	MinP        *float64 `json:"min_p,omitempty"`
}

// Budget bounds an attempt.
type Budget struct {
	Wall   time.Duration `json:"wall_ns"` // if zero, DefaultWall; negative means none
	Tokens int           `json:"tokens"`  // that all samples may generate together; if zero, no bound
	Think  int           `json:"think"`   // tokens after which a sample that still thinks is told to answer; if zero, no bound
}

// Think asks the model for hidden reasoning.
type Think string

// The settings of Think. Levels are for models that know them (gpt-oss); Auto
// sends nothing to a model that cannot think and true to one that can.
const (
	ThinkAuto   Think = "auto"
	ThinkOn     Think = "on"
	ThinkOff    Think = "off"
	ThinkLow    Think = "low"
	ThinkMedium Think = "medium"
	ThinkHigh   Think = "high"
)

// ParseThink reads a setting as a person writes it; "" is ThinkAuto.
func ParseThink(s string) (Think, error) {
	switch t := Think(strings.ToLower(strings.TrimSpace(s))); t {
	case "":
		return ThinkAuto, nil
	case ThinkAuto, ThinkOn, ThinkOff, ThinkLow, ThinkMedium, ThinkHigh:
		return t, nil
	}
	return "", &Fault{Class: Invalid, What: "unknown thinking setting " + quote(s), Todo: "use auto, on, off, low, medium or high"}
}

// Tools names what runs the code that a model writes.
type Tools string

// The settings of Tools. Auto is the fullest engine that can be contained.
const (
	ToolsAuto     Tools = "auto"
	ToolsPython   Tools = "python"   // the host's
	ToolsEmbedded Tools = "embedded" // Python that is part of the program, where it was built in
	ToolsOff      Tools = "off"

	// toolsStarlark is in plans of earlier versions, which had such an engine.
	toolsStarlark Tools = "starlark"
)

// Retired says whether t is an engine that earlier versions had. A plan may
// still name one; an attempt takes ToolsAuto in its place, and says so.
func (t Tools) Retired() bool { return t == toolsStarlark }

// ParseTools reads a setting as a person writes it; "" is ToolsAuto.
func ParseTools(s string) (Tools, error) {
	switch t := Tools(strings.ToLower(strings.TrimSpace(s))); t {
	case "":
		return ToolsAuto, nil
	case ToolsAuto, ToolsPython, ToolsEmbedded, ToolsOff, toolsStarlark:
		return t, nil
	}
	return "", &Fault{Class: Invalid, What: "unknown tools " + quote(s), Todo: "use auto, python, embedded or off"}
}

// WithDefaults returns p with every zero field filled and every bound kept.
func (p Plan) WithDefaults() Plan {
	if p.Samples <= 0 {
		p.Samples = DefaultSamples
	}
	p.Samples = min(p.Samples, MaxSamples)
	if p.Parallel <= 0 || p.Parallel > p.Samples {
		p.Parallel = p.Samples
	}
	if p.Stop == "" {
		p.Stop = DefaultStop
	}
	if p.Think == "" {
		p.Think = ThinkAuto
	}
	if p.Tools == "" {
		p.Tools = ToolsAuto
	}
	if p.TopLogprobs == 0 {
		p.TopLogprobs = DefaultTopLogprobs
	}
	p.TopLogprobs = min(p.TopLogprobs, MaxTopLogprobs)
	p.NoCodeSamples = min(max(p.NoCodeSamples, 0), p.Samples)
	p.Caps = p.Caps.WithDefaults()
	if p.Options.NumCtx <= 0 {
		p.Options.NumCtx = DefaultNumCtx
	}
	if p.Options.NumPredict <= 0 {
		p.Options.NumPredict = p.Options.NumCtx
	}
	if p.Budget.Wall == 0 {
		p.Budget.Wall = DefaultWall
	}
	return p
}
