package engine

import (
	"encoding/json"
	"fmt"
	"time"
)

// Event is one fact about one attempt. Seq rises strictly within an attempt;
// Fact may be nil only in an event that has been decoded from a newer program's
// log and is of a kind unknown here.
type Event struct {
	Attempt AttemptID
	Seq     uint64
	At      time.Time // when the fact came about, UTC
	Fact    Fact
	kind    string          // of a fact unknown here, kept so that it is written back
	raw     json.RawMessage // likewise
}

// Fact is what an event says happened. The set is closed: see kinds.
type Fact interface{ kind() string }

// kinds lists every fact once. A new fact is one type, one row here and one
// case in Progress.Apply.
var kinds = map[string]func(json.RawMessage) (Fact, error){
	AttemptStarted{}.kind():   decode[AttemptStarted],
	SampleStarted{}.kind():    decode[SampleStarted],
	PhaseChanged{}.kind():     decode[PhaseChanged],
	Delta{}.kind():            decode[Delta],
	ReplyWasThinking{}.kind(): decode[ReplyWasThinking],
	CodeChosen{}.kind():       decode[CodeChosen],
	CodeStarted{}.kind():      decode[CodeStarted],
	CodeFinished{}.kind():     decode[CodeFinished],
	SampleFinished{}.kind():   decode[SampleFinished],
	SampleFailed{}.kind():     decode[SampleFailed],
	SampleStopped{}.kind():    decode[SampleStopped],
	TallyChanged{}.kind():     decode[TallyChanged],
	Warning{}.kind():          decode[Warning],
	AttemptFinished{}.kind():  decode[AttemptFinished],
}

func decode[F Fact](raw json.RawMessage) (Fact, error) {
	var f F
	err := json.Unmarshal(raw, &f)
	return f, err
}

// Kind is the name of the event's fact.
func (e Event) Kind() string {
	if e.Fact == nil {
		return e.kind
	}
	return e.Fact.kind()
}

type envelope struct {
	Attempt AttemptID       `json:"attempt"`
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	Kind    string          `json:"kind"`
	Fact    json.RawMessage `json:"fact"`
}

// FactJSON is the fact alone in its wire form.
func (e Event) FactJSON() (json.RawMessage, error) {
	if e.Fact == nil {
		return e.raw, nil
	}
	return json.Marshal(e.Fact)
}

// MarshalJSON writes the one wire form, used by the CLI, by exports and, fact
// and envelope apart, by the store.
func (e Event) MarshalJSON() ([]byte, error) {
	fact, err := e.FactJSON()
	if err != nil {
		return nil, err
	}
	return json.Marshal(envelope{e.Attempt, e.Seq, e.At, e.Kind(), fact})
}

// UnmarshalJSON reads the wire form. A kind unknown here is kept as it is.
func (e *Event) UnmarshalJSON(b []byte) error {
	var env envelope
	if err := json.Unmarshal(b, &env); err != nil {
		return err
	}
	back, err := NewEvent(env.Attempt, env.Seq, env.At, env.Kind, env.Fact)
	if err == nil {
		*e = back
	}
	return err
}

// NewEvent puts an event together from its stored parts.
func NewEvent(id AttemptID, seq uint64, at time.Time, kind string, fact json.RawMessage) (Event, error) {
	e := Event{Attempt: id, Seq: seq, At: at}
	parse, ok := kinds[kind]
	if !ok {
		e.kind, e.raw = kind, append(json.RawMessage(nil), fact...)
		return e, nil
	}
	f, err := parse(fact)
	if err != nil {
		return Event{}, fmt.Errorf("event %d of attempt %s, %s: %w", seq, id, kind, err)
	}
	e.Fact = f
	return e, nil
}

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
func (CodeChosen) kind() string       { return "code_chosen" }
func (CodeStarted) kind() string      { return "code_started" }
func (CodeFinished) kind() string     { return "code_finished" }
func (SampleFinished) kind() string   { return "sample_finished" }
func (SampleFailed) kind() string     { return "sample_failed" }
func (SampleStopped) kind() string    { return "sample_stopped" }
func (TallyChanged) kind() string     { return "tally_changed" }
func (Warning) kind() string          { return "warning" }
func (AttemptFinished) kind() string  { return "attempt_finished" }
