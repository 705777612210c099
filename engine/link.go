package engine

import "time"

// LinkState says how the connection to a server of this program is.
type LinkState string

// The states of a Link.
const (
	LinkConnecting LinkState = "connecting" // it has not answered yet
	LinkConnected  LinkState = "connected"
	LinkLost       LinkState = "lost" // it does not answer, and is asked again
	LinkGone       LinkState = "gone" // it refuses, or is no such server: it is not asked again
)

// Link is the connection to a server of this program at one moment.
type Link struct {
	Address string // of the server, as a person would write it
	State   LinkState
	Until   time.Time   // while it is lost: when the server is asked again
	Why     string      // it is lost or gone; what the server said of it is hostile until sanitised
	Taken   []AttemptID // that run or wait at the server, as it last said
}
