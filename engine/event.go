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

// Sink receives the events of an attempt in order, from one goroutine. An
// error from a sink ends the attempt; nothing more is put to it then.
type Sink func(Event) error

// Tee is a Sink that passes each event to every sink in turn, stopping at the
// first error.
func Tee(sinks ...Sink) Sink {
	return func(e Event) error {
		for _, put := range sinks {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	}
}

// Fact is what an event says happened. The set is closed: see kinds.
type Fact interface{ kind() string }

// kinds lists every fact once. A new fact is one type, one row here and one
// case in Progress.Apply.
var kinds = map[string]func(json.RawMessage) (Fact, error){
	AttemptStarted{}.kind():   decode[AttemptStarted],
	AttemptResumed{}.kind():   decode[AttemptResumed],
	SampleStarted{}.kind():    decode[SampleStarted],
	PhaseChanged{}.kind():     decode[PhaseChanged],
	Delta{}.kind():            decode[Delta],
	ReplyWasThinking{}.kind(): decode[ReplyWasThinking],
	CodeChosen{}.kind():       decode[CodeChosen],
	CodeStarted{}.kind():      decode[CodeStarted],
	CodeFinished{}.kind():     decode[CodeFinished],
	SampleMeasured{}.kind():   decode[SampleMeasured],
	SampleFinished{}.kind():   decode[SampleFinished],
	SampleFailed{}.kind():     decode[SampleFailed],
	SampleStopped{}.kind():    decode[SampleStopped],
	SampleRetried{}.kind():    decode[SampleRetried],
	FallbackUsed{}.kind():     decode[FallbackUsed],
	HintGiven{}.kind():        decode[HintGiven],
	RuleChanged{}.kind():      decode[RuleChanged],
	SamplesAdded{}.kind():     decode[SamplesAdded],
	TallyChanged{}.kind():     decode[TallyChanged],
	ChoiceStarted{}.kind():    decode[ChoiceStarted],
	ChoiceFinished{}.kind():   decode[ChoiceFinished],
	BreakerChanged{}.kind():   decode[BreakerChanged],
	NotKept{}.kind():          decode[NotKept],
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
