package engine

import "time"

// FindingState is how well a component is.
type FindingState string

// The states of a component.
const (
	Pass FindingState = "pass"
	Warn FindingState = "warn" // it works, but a person should know
	Fail FindingState = "fail"
)

// Finding is what a check says of one component: of the program, or of what it stands on.
type Finding struct {
	Component string        `json:"component"`
	State     FindingState  `json:"state"`
	What      string        `json:"what"` // what was found or, if it is not well, why
	Todo      string        `json:"todo,omitempty"`
	Took      time.Duration `json:"took_ns"` // of the check, which may have found more
	Err       error         `json:"-"`       // of a component that failed
}
