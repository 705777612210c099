package engine

// Channel tells hidden reasoning apart from the reply proper.
type Channel string

// The channels of a Delta.
const (
	Thinking Channel = "thinking"
	Reply    Channel = "reply"
)

// The facts. Sample numbers count from 0; people are shown them from 1.
type (
	// AttemptStarted is always the first fact. Plan has every default filled.
	AttemptStarted struct {
		Problem Problem `json:"problem"`
		Plan    Plan    `json:"plan"`
	}
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
	// SampleFinished says a reply ended properly. Answer is "" when it holds
	// none, and always when the reply was cut.
	SampleFinished struct {
		Sample int    `json:"sample"`
		Answer Answer `json:"answer"`
		Ending Ending `json:"ending"`
	}
	// SampleFailed says a sample ended by a fault; it has no vote.
	SampleFailed struct {
		Sample int    `json:"sample"`
		Class  Class  `json:"class"`
		Cause  string `json:"cause"`
		Todo   string `json:"todo,omitempty"`
	}
	// SampleStopped says a sample was ended from outside; it has no vote.
	SampleStopped struct {
		Sample int    `json:"sample"`
		Why    string `json:"why"`
	}
	// TallyChanged follows each SampleFinished.
	TallyChanged struct {
		Tally Tally `json:"tally"`
		Left  int   `json:"left"` // samples that may still vote
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
func (SampleFinished) kind() string   { return "sample_finished" }
func (SampleFailed) kind() string     { return "sample_failed" }
func (SampleStopped) kind() string    { return "sample_stopped" }
func (TallyChanged) kind() string     { return "tally_changed" }
func (Warning) kind() string          { return "warning" }
func (AttemptFinished) kind() string  { return "attempt_finished" }
