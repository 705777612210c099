package secure

import (
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Scope is something that an API key may do. None includes another.
type Scope string

// The scopes.
const (
	Solve   Scope = "solve"   // have one problem attempted, and read attempts
	Batch   Scope = "batch"   // have many attempted at once
	Admin   Scope = "admin"   // change what is kept
	Metrics Scope = "metrics" // read how the server does
)

var scopes = []Scope{Solve, Batch, Admin, Metrics}

// ParseScopes reads scopes that are joined by commas, each once.
func ParseScopes(list string) ([]Scope, error) {
	var all []Scope
	for word := range strings.SplitSeq(list, ",") {
		s := Scope(strings.TrimSpace(word))
		switch {
		case !slices.Contains(scopes, s):
			return nil, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("there is no scope %q", s), Todo: "use solve, batch, admin, metrics, or several joined by commas"}
		case !slices.Contains(all, s):
			all = append(all, s)
		}
	}
	return all, nil
}

// Key is what is known of an API key. Nothing in it gives access.
type Key struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"` // whom or what it is for, in a person's words
	Scopes  []Scope   `json:"scopes"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero: never
	Used    time.Time `json:"used,omitzero"`    // the last time, to the minute; zero: never
	Revoked time.Time `json:"revoked,omitzero"` // zero: it is not
	Next    string    `json:"next,omitempty"`   // ID of the key that takes its place

	MustSign bool              `json:"must_sign,omitempty"` // its requests are refused unless they are signed
	Public   ed25519.PublicKey `json:"public,omitempty"`    // signs by ed25519, and has no secret; nil: by hmac-sha256
}

// State says how a key is.
type State string

// The states of a key. Only an active one and a replaced one let somebody in.
const (
	Active   State = "active"
	Replaced State = "replaced" // another takes its place, and it has not expired yet
	Expired  State = "expired"
	Revoked  State = "revoked"
)

// State is how the key is at a time.
func (k Key) State(at time.Time) State {
	switch {
	case !k.Revoked.IsZero():
		return Revoked
	case !k.Expires.IsZero() && !at.Before(k.Expires):
		return Expired
	case k.Next != "":
		return Replaced
	}
	return Active
}

// May says whether the key has a scope.
func (k Key) May(s Scope) bool { return slices.Contains(k.Scopes, s) }
