package engine

import (
	"time"

	"github.com/aimo3/aimo3/engine/confidence"
)

// Channel tells hidden reasoning and code apart from the reply proper.
type Channel string

// The channels of a Delta.
const (
	Thinking Channel = "thinking"
	Reply    Channel = "reply"
	Writing  Channel = "code" // of a fenced block that is to run once it is whole
)

// The facts. Sample numbers count from 0; people are shown them from 1.
type (
	// AttemptStarted is always the first fact. Plan has every default filled.
	AttemptStarted struct {
		Problem Problem   `json:"problem"`
		Plan    Plan      `json:"plan"`
		Parent  AttemptID `json:"parent,omitempty"` // the attempt that this one adds samples to
	}
	// AttemptResumed says that an attempt which was cut short goes on from here, with its
	// budget of time anew.
	AttemptResumed struct{}
	// SampleStarted says a request is on its way. Should a sample start again,
	// what it said before is void.
	SampleStarted struct {
		Sample int   `json:"sample"`
		Seed   int64 `json:"seed"`
	}
	// PhaseChanged says what a sample does now. Before its first, it is Queued.
	PhaseChanged struct {
		Sample int   `json:"sample"`
		Phase  Phase `json:"phase"`
	}
	// Delta is text that the model wrote, as it came: hostile until sanitised.
	Delta struct {
		Sample  int     `json:"sample"`
		Channel Channel `json:"channel"`
		Text    string  `json:"text"`
		Frames  int     `json:"frames"` // of the wire that brought it, about one token each
	}
	// ReplyWasThinking says that what a sample replied so far was hidden
	// reasoning: its end mark came without a beginning.
	ReplyWasThinking struct {
		Sample int `json:"sample"`
	}
	// CodeChosen says what runs the code of this attempt's samples, and how the
	// model asks for it.
	CodeChosen struct {
		Code Code `json:"code"`
	}
	// CodeStarted says a cell runs. The text that came on the Writing channel is
	// part of Code. Cells count from 1 within a sample.
	CodeStarted struct {
		Sample int    `json:"sample"`
		Number int    `json:"cell"`
		Code   string `json:"code"`
	}
	// CodeFinished says what came of the latest cell of a sample. What it printed
	// is hostile until sanitised.
	CodeFinished struct {
		Sample int `json:"sample"`
		Number int `json:"cell"`
		Cell
	}
	// SampleMeasured says how sure the model was of the latest tokens of a
	// sample, where the server sends log-probabilities.
	SampleMeasured struct {
		Sample     int     `json:"sample"`
		Tokens     int     `json:"tokens"`     // that Confidence is the mean of
		Confidence float64 `json:"confidence"` // see package confidence; higher is surer
	}
	// SampleFinished says a reply ended properly. Answer is "" when it holds
	// none, and always when the reply was cut.
	SampleFinished struct {
		Sample     int                 `json:"sample"`
		Answer     Answer              `json:"answer"`
		Ending     Ending              `json:"ending"`
		Found      Found               `json:"found,omitzero"`
		Confidence *confidence.Figures `json:"sure,omitempty"` // nil if the server sent no log-probabilities
		From       AttemptID           `json:"from,omitempty"` // the attempt that it was taken in, where its vote is carried over
	}
	// SampleFailed says a sample ended by a fault; it has no vote.
	SampleFailed struct {
		Sample int    `json:"sample"`
		Class  Class  `json:"class"`
		Cause  string `json:"cause"`
		Todo   string `json:"todo,omitempty"`
		Tokens int    `json:"tokens,omitempty"` // that it had generated, about: a frame counts as one
	}
	// SampleStopped says a sample was ended from outside; it has no vote.
	SampleStopped struct {
		Sample int    `json:"sample"`
		Why    string `json:"why"`
		Tokens int    `json:"tokens,omitempty"` // as of SampleFailed
	}
	// SampleRetried says that a reply came to nothing and is asked for again: what
	// the sample said after its latest cell or, if it was told to answer since,
	// after that, is void. Its cells stay, and its tokens still count.
	SampleRetried struct {
		Sample int           `json:"sample"`
		Try    int           `json:"try"`              // the one that follows: 2 is the second
		Of     int           `json:"of,omitempty"`     // tries there are at most; 0 if they are not counted
		Class  Class         `json:"class"`            // of the fault
		Why    string        `json:"why"`              // what the fault was
		Seed   int64         `json:"seed"`             // of the try that follows
		Wait   time.Duration `json:"wait_ns,omitzero"` // before it is asked for
	}
	// FallbackUsed says that the server failed and what is tried in its place: one
	// sample goes on at another host, or the whole attempt with a smaller window or
	// another model. Then what its samples that have not ended said is void, cells
	// too, and they begin again.
	FallbackUsed struct {
		Sample int    `json:"sample"` // -1: it is the whole attempt's
		Rung   Rung   `json:"rung"`
		From   string `json:"from"` // the host, the window in tokens, or the model
		To     string `json:"to"`
		NumCtx int    `json:"num_ctx,omitempty"` // the window from now on, in tokens, where it is the whole attempt's
		Class  Class  `json:"class"`             // of the fault
		Why    string `json:"why"`               // what the fault was
	}
	// HintGiven says that a person told a sample something, which the model is shown as a
	// turn of the user's. What the sample was saying is cut off there, and stays.
	HintGiven struct {
		Sample int    `json:"sample"`
		Text   string `json:"text"`
	}
	// RuleChanged says that a person chose another rule for when the attempt ends.
	RuleChanged struct {
		Stop StopRule `json:"stop"`
	}
	// SamplesAdded says that a person wished for so many samples more than the plan's.
	// They are taken after the others, before strategies settle a split vote.
	SamplesAdded struct {
		Samples int `json:"samples"`
	}
	// TallyChanged follows each SampleFinished, those that are carried over together, and
	// whatever joins votes later.
	TallyChanged struct {
		Tally Tally `json:"tally"`
		Left  int   `json:"left"` // samples that may still vote
	}
	// ChoiceStarted says that a strategy tries to settle a split vote.
	ChoiceStarted struct {
		Choice     string   `json:"choice"` // its name
		Candidates []Answer `json:"candidates"`
		Samples    int      `json:"samples,omitempty"` // that it takes, beyond the plan's
		Draws      int      `json:"draws,omitempty"`   // that a judge is asked for
	}
	// ChoiceFinished says what came of it. Answer is "" if it settled nothing;
	// what more samples say is in the tally.
	ChoiceFinished struct {
		Choice string    `json:"choice"`
		Answer Answer    `json:"answer"`
		Scores []float64 `json:"scores,omitempty"` // of the candidates, in their order; of a judge, its picks
	}
	// BreakerChanged says that a breaker opened, let a request try, or closed. It
	// is told in every attempt that it concerns.
	BreakerChanged struct {
		Host  string       `json:"host"`
		Model string       `json:"model,omitempty"` // "" if it is for all models
		State BreakerState `json:"state"`
		Until time.Time    `json:"until,omitzero"` // while it is open: when a request may try
		Why   string       `json:"why,omitempty"`  // the latest failure that counted against it
	}
	// NotKept says that the store has no room: events from From on are shown and not
	// on disk while that lasts. With Until, what was shown up to there is on disk now.
	NotKept struct {
		From  uint64 `json:"from"` // the first Seq that is not on disk
		Until uint64 `json:"until,omitempty"`
		Why   string `json:"why,omitempty"`
	}
	// Warning is something a person should know that ends nothing.
	Warning struct {
		Text string `json:"text"`
	}
	// AttemptFinished is always the last fact.
	AttemptFinished struct {
		Verdict Verdict `json:"verdict"`
	}
)

func (AttemptStarted) kind() string   { return "attempt_started" }
func (SampleStarted) kind() string    { return "sample_started" }
func (PhaseChanged) kind() string     { return "phase_changed" }
func (Delta) kind() string            { return "delta" }
func (ReplyWasThinking) kind() string { return "reply_was_thinking" }
func (CodeChosen) kind() string       { return "code_chosen" }
func (CodeStarted) kind() string      { return "code_started" }
func (CodeFinished) kind() string     { return "code_finished" }
func (SampleMeasured) kind() string   { return "sample_measured" }
func (SampleFinished) kind() string   { return "sample_finished" }
func (SampleFailed) kind() string     { return "sample_failed" }
func (SampleStopped) kind() string    { return "sample_stopped" }
func (SampleRetried) kind() string    { return "sample_retried" }
func (FallbackUsed) kind() string     { return "fallback_used" }
func (HintGiven) kind() string        { return "hint_given" }
func (AttemptResumed) kind() string   { return "attempt_resumed" }
func (RuleChanged) kind() string      { return "rule_changed" }
func (SamplesAdded) kind() string     { return "samples_added" }
func (TallyChanged) kind() string     { return "tally_changed" }
func (ChoiceStarted) kind() string    { return "choice_started" }
func (ChoiceFinished) kind() string   { return "choice_finished" }
func (BreakerChanged) kind() string   { return "breaker_changed" }
func (NotKept) kind() string          { return "not_kept" }
func (Warning) kind() string          { return "warning" }
func (AttemptFinished) kind() string  { return "attempt_finished" }

// SampleOf is the number of the sample that a fact is about, if it is about one.
func SampleOf(f Fact) (int, bool) {
	switch f := f.(type) {
	case SampleStarted:
		return f.Sample, true
	case PhaseChanged:
		return f.Sample, true
	case Delta:
		return f.Sample, true
	case ReplyWasThinking:
		return f.Sample, true
	case CodeStarted:
		return f.Sample, true
	case CodeFinished:
		return f.Sample, true
	case SampleMeasured:
		return f.Sample, true
	case SampleFinished:
		return f.Sample, true
	case SampleFailed:
		return f.Sample, true
	case SampleStopped:
		return f.Sample, true
	case SampleRetried:
		return f.Sample, true
	case HintGiven:
		return f.Sample, true
	case FallbackUsed:
		return f.Sample, f.Sample >= 0
	}
	return 0, false
}
