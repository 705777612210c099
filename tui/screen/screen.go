// Package screen is the contract between the app and its screens.
//
// A [Screen] is one view between the header line and the status line. It is a state
// machine of the event loop: Update changes plain fields, View draws them, and neither
// waits for anything; what waits is a tea.Cmd, whose message comes back to Update. What
// else a screen can do it says by small interfaces, which the app looks for: a [Typer] has
// a text field focused, a [Busy] one runs samples, a [Clocked] one looks at the clock while
// it is in view, a [Reverser] has something that can still be undone, a [Closer] has
// something to keep in the end.
//
// [Env] is all that a screen may use of the program: the plan, the styles, the store as a
// [Library], and a function for each thing that can be done, nil where it cannot be done
// here (without a store, or at another program's server). Screens hold no policy: what may
// be done is decided behind these functions.
//
// [Keys] are the bindings that mean the same everywhere. Help, the status line and clicks
// are made from the bindings that a screen returns, so that what is said of a key is what
// it does. Messages from a screen to the app are sent by [Send]; those from the app to
// screens (a batch of events, the server as it was seen, a reading of the machine) are
// declared beside them.
package screen

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
)

// Screen is one view between the header line and the status line, which the app
// draws. Only the event loop calls its methods, so a screen keeps plain fields
// and no locks. View does no I/O and reads fields only.
type Screen interface {
	Init() tea.Cmd
	// Update takes a message; a screen drops what is not for it.
	Update(tea.Msg) tea.Cmd
	// Resize sets the room for View in cells; it may be called at any time.
	Resize(width, height int)
	// View is at most height lines, none wider than width.
	View() string
	// Keys are what may be pressed now, for the status line and for help.
	Keys() []key.Binding
	// Status is what the status line says of this screen, in order; may be empty.
	Status() []Part
}

// Typer is a Screen that may have a text field focused: while Typing, plain
// characters are its own and not the app's.
type Typer interface{ Typing() bool }

// Paster is a Typer that makes plain text of a paste itself while it TakesPaste, and says
// what it left out. For all others the app does both.
type Paster interface{ TakesPaste() bool }

// Clocked is a Screen that looks for something new by the clock while it is in view: it
// asks for a Due, and when that comes for another. One that comes while another screen is
// on top is lost; Resume begins anew when this one is on top again.
type Clocked interface{ Resume() tea.Cmd }

// Gauged is a Screen that shows readings of the machine: Gauging says whether a new one
// changes what is in view.
type Gauged interface{ Gauging() bool }

// Explainer is a Screen with words that help explains.
type Explainer interface{ Words() []Word }

// Word is a word or a sign that a screen shows, and what it means there.
type Word struct{ Word, Means string }

// Busy is a Screen with samples running: it is kept when left, and quitting
// asks first. Running is how many samples run.
type Busy interface{ Running() int }

// Reverser is a Screen with something that can be undone there for a while: while it is
// Undoable the screen is kept when left.
type Reverser interface{ Undoable() bool }

// Closer is a Screen that has something to keep when the app ends. Close is called once,
// after the last Update.
type Closer interface{ Close() error }

// What a screen sends to the app, by Send.
type (
	// Open puts a screen on top.
	Open struct{ Screen Screen }
	// Due says to the screen that asked for it that it is time to look again. Of several
	// the latest counts, by its number.
	Due struct {
		Of     Screen
		Number int
	}
	// Raise brings the screen of an attempt that this app takes to the top.
	Raise struct{ Attempt engine.AttemptID }
	// Back leaves the top screen.
	Back struct{}
	// Notice shows one line in the status bar for a few seconds.
	Notice struct {
		Text string
		Bad  bool
	}
)

// What the app sends to every screen.
type (
	// Arrived carries engine events, oldest first, of any attempts.
	Arrived struct{ Events []engine.Event }
	// ServerSeen says how the model server is, every two seconds.
	ServerSeen struct{ Server engine.Server }
	// MachineRead carries a reading of the machine, every second.
	MachineRead struct{ Reading monitor.Reading }
	// HealthSeen says how requests to the servers fare, whenever that changes.
	HealthSeen struct{ Health []engine.Health }
	// Counted tells the time anew, while something in HealthSeen waits for one.
	Counted struct{ Now time.Time }
	// KeepingSeen says how saving attempts goes, whenever that changes.
	KeepingSeen struct{ Keeping Keeping }
	// PlanChanged says what the settings make of a plan now; it is sent by the screen that
	// changed one of them.
	PlanChanged struct{ Plan engine.Plan }
	// LinkSeen says how the connection to the server of Env.Connect is, whenever that
	// changes.
	LinkSeen struct{ Link engine.Link }
	// Ended says that an attempt begun by Env.Solve, or watched, is over.
	Ended struct {
		ID  engine.AttemptID
		Err error
	}
)

// Keeping is how saving attempts goes, as far as the attempts of this app tell.
type Keeping struct {
	Trouble string    // what is wrong now, in a few words; "" if all is saved
	Latest  string    // what was told last, whole; "" if nothing was
	At      time.Time // when it was
}

// Send wraps a message as a command.
func Send(m tea.Msg) tea.Cmd { return func() tea.Msg { return m } }
