package resilience

import "github.com/aimo3/aimo3/engine"

// blame is whom a fault counts against.
type blame int

const (
	nobody blame = iota
	host
	model
)

// rule is what is done about the faults of a class.
type rule struct {
	tries     int   // at one reply, the first included; 1 is no retry
	waits     bool  // it is tried until the caller's context ends, and draws on no budget
	blames    blame // whose breaker counts it
	elsewhere bool  // it does not pass here, but another host may do better
	crowded   bool  // fewer requests should be at the server at once
}

// defaultTries is how often a reply is asked for where nothing else is said.
const defaultTries = 3

// rules has a row for each class. A server that cannot be reached gets more tries,
// since nothing is lost by one: they outlast its being started again.
var rules = map[engine.Class]rule{
	engine.Unreachable: {tries: 2 * defaultTries, blames: host},
	engine.Truncated:   {tries: defaultTries + 1, blames: host},
	engine.Garbled:     {tries: defaultTries, blames: host},
	engine.Stalled:     {tries: 2, blames: host, crowded: true},
	engine.Unknown:     {tries: 2, blames: host},
	engine.Crashed:     {tries: defaultTries, blames: model},
	engine.Busy:        {waits: true, crowded: true},
	engine.Memory:      {tries: 1, blames: model, elsewhere: true},

	// Of these none passes by itself. What goes wrong with code is told to the
	// model, and a loop has a count and seeds of its own: both are the solver's.
	engine.Invalid:  {tries: 1},
	engine.NoModel:  {tries: 1, elsewhere: true},
	engine.NoTools:  {tries: 1}, // the solver goes on with fenced blocks
	engine.TooLong:  {tries: 1},
	engine.Oversize: {tries: 1},
	engine.Looped:   {tries: 1},
	engine.Internal: {tries: 1},
	engine.Storage:  {tries: 1},
}

// ruleOf is the rule for an error; one that is no fault is of the class Unknown.
func ruleOf(err error) rule { return rules[engine.ClassOf(err)] }
