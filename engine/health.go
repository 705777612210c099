package engine

import "time"

// BreakerState says whether a Breaker lets requests through.
type BreakerState string

// The states of a breaker. Half open, it lets one request try.
const (
	BreakerClosed   BreakerState = "closed"
	BreakerOpen     BreakerState = "open"
	BreakerHalfOpen BreakerState = "half_open"
)

// Breaker is what keeps requests from a server, or from one model of it, after too
// many in a row have failed.
type Breaker struct {
	Host     string       `json:"host"`
	Model    string       `json:"model,omitempty"` // "" if it is for all models
	State    BreakerState `json:"state"`
	Until    time.Time    `json:"until,omitzero"`     // while it is open: when a request may try
	Failures int          `json:"failures,omitempty"` // that count against it, since a request succeeded
	Openings int          `json:"openings,omitempty"` // since a reply came to its end
	Why      string       `json:"why,omitempty"`      // the latest of the failures
}

// StateAt is the state at a time: open ends by itself.
func (b Breaker) StateAt(now time.Time) BreakerState {
	if b.State == BreakerOpen && !now.Before(b.Until) {
		return BreakerHalfOpen
	}
	return b.State
}

// Breaker is the breaker as the fact tells of it.
func (f BreakerChanged) Breaker() Breaker {
	return Breaker{Host: f.Host, Model: f.Model, State: f.State, Until: f.Until, Why: f.Why}
}

// PendingRetry is a reply that failed and waits to be asked for again.
type PendingRetry struct {
	Model string    `json:"model"`
	Class Class     `json:"class"`        // of the fault
	Why   string    `json:"why"`          // what the fault was
	Try   int       `json:"try"`          // the one that follows: 2 is the second
	Of    int       `json:"of,omitempty"` // tries there are at most; 0 if they are not counted
	At    time.Time `json:"at"`           // when it is asked for
}

// Health is how requests to one server fare at one moment.
type Health struct {
	Host     string         `json:"host"`
	Breakers []Breaker      `json:"breakers"`          // the host's first, then one a model
	Running  int            `json:"running"`           // requests at the server
	Queued   int            `json:"queued"`            // requests that wait here for their turn
	Limit    int            `json:"limit,omitempty"`   // requests that may be at the server at once; 0 for no bound
	Retries  []PendingRetry `json:"retries,omitempty"` // the soonest first
}
