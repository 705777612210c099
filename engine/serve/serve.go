package serve

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Store is what is kept of attempts, as a server needs it.
type Store interface {
	// Attempts lists stored attempts, newest first.
	Attempts(context.Context, engine.Filter) ([]engine.Summary, error)
	// Attempt finds one by its ID or the beginning of its ID.
	Attempt(ctx context.Context, ref string) (engine.Summary, error)
	// Events returns at most limit events of an attempt with Seq > after.
	Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error)
	// Stored says whether an attempt is here, by its whole ID, and whether it is
	// deleted.
	Stored(context.Context, engine.AttemptID) (here, deleted bool, err error)
	// Alive says whether a process takes the attempt now.
	Alive(engine.AttemptID) bool
	// Delete hides an attempt; Restore brings it back.
	Delete(context.Context, engine.AttemptID) error
	Restore(context.Context, engine.AttemptID) error
	// Mark keeps what a person says of an attempt, and returns what is said of it then.
	Mark(context.Context, engine.AttemptID, engine.Remark) (engine.Marks, error)
	// Splits tells how often votes that fell in each way were right.
	Splits(context.Context) ([]engine.Split, error)
	// Unfinished lists attempts that were cut short and that no process takes.
	Unfinished(context.Context) ([]engine.Summary, error)
}

// What a zero Options means, field by field.
const (
	DefaultRunning = 2
	DefaultQueue   = 64
	DefaultDrain   = 30 * time.Second
)

// Options are what a server works with. Desk, Store and Server are needed; the desk
// must keep attempts in the store.
type Options struct {
	Desk  *desk.Desk
	Store Store
	// Server says how the model server is and what it has installed.
	Server   func(context.Context) engine.Server
	Plan     engine.Plan                                           // what a client leaves open
	Markdown func(io.Writer, *engine.Progress, engine.Marks) error // writes an attempt as a document; if nil, there are none
	Running  int                                                   // attempts that run at once; if zero, DefaultRunning
	Queue    int                                                   // attempts that wait; if zero, DefaultQueue; negative for none
	Drain    time.Duration                                         // how long attempts may go on once the server ends; if zero, DefaultDrain
	Hosts    []string                                              // names under which it may be asked, beside those of loopback
	Version  string                                                // of the program
	Log      *slog.Logger                                          // if nil, none
	Now      func() time.Time                                      // if nil, time.Now
	Metrics  http.Handler                                          // answers /metrics; if nil, there is none
	// Answered is told the status of each answer at /v1, Serving now and then how many
	// attempts run and wait, and Failed what ended an attempt without a verdict. They are
	// called from many goroutines; nil is nobody.
	Answered func(status int)
	Serving  func(running, waiting int)
	Failed   func(error)
	// Checks looks at all that the program stands on or, for live, at what tells within
	// moments whether it can work; if nil, nothing is looked at. It is called by one
	// goroutine at a time: when a client asks, every minute and, for all, every hour.
	Checks func(ctx context.Context, live bool) []engine.Finding
	// Check says whose request it is: a key's, or nobody's who is known, which may be
	// where the server is open or there are no keys. Body reads the body of a request,
	// which can be read again. An error is *Denied, that of body, or that keys cannot be
	// read. If nil, there are no keys.
	Check func(r *http.Request, open bool, body func(*http.Request) ([]byte, error)) (Who, error)
	// Valid says whether a key that was let in would still be; if nil, keys do not end.
	Valid func(ctx context.Context, who string) (bool, error)
	Keyed bool // there are keys already, so that it may listen for others than this machine
	// Allow says whether a key may ask for something that costs so much now, and what is
	// left. AllowFrom says it of an address, for requests that show a key; of a cost below
	// 0 so much is given back. If nil, everybody may.
	Allow, AllowFrom func(who string, cost int) (Limits, bool)
	Audit            *audit.Log // records what is done, and what was refused; if nil, nothing is
}

// Denied is that a request is nobody's who may ask. Why is told to who sent it.
type Denied struct{ Why string }

func (d *Denied) Error() string { return d.Why }

// Scope is what a key is good for.
type Scope string

// The scopes that a server asks for.
const (
	Solve   Scope = "solve"
	Metrics Scope = "metrics"
	Admin   Scope = "admin" // sees what names hosts and paths
)

// Who is whose a key is.
type Who struct {
	ID     string // "" of nobody who is known
	Scopes []Scope
}

// Limits are how much of a rate is left.
type Limits struct {
	Limit, Remaining int
	Window           time.Duration // in which Limit may be asked for; 0 if there is no limit
	Reset            time.Duration // until Remaining is Limit again
	Retry            time.Duration // until what was refused would be allowed; 0 if it was allowed
}

// API answers requests.
type API struct {
	with    Options
	bounds  bounds
	hub     *hub
	checks  *checks
	handler http.Handler
	reads   chan struct{} // holds a value for each page that is read from the store now
	folds   chan struct{} // holds a value for each attempt that is read whole now
	coming  atomic.Int64  // bytes of bodies that are received now
	gate    *gate         // counts connections; nil until it listens
	refused *audit.Refusals

	inFlight inFlight

	open    bool // only this machine can ask, which needs no key
	proxied bool // requests come from a proxy, so that their addresses say nothing
}

// bounds keep clients from costing too much. Tests have smaller ones.
type bounds struct {
	header, read, idle time.Duration // to send a header, a whole request, the next one
	write              time.Duration // to take what was written
	keepAlive          time.Duration // between two signs of life on a stream
	look               time.Duration // between two looks at how all is, though nobody asks
	headerBytes        int
	bodyBytes          int64
	depth              int // of JSON
	conns, perAddress  int // connections; perAddress of addresses other than loopback
	feedBytes          int // of events that a feed holds
}

func defaultBounds() bounds {
	return bounds{
		header: 5 * time.Second, read: 30 * time.Second, idle: time.Minute, write: 30 * time.Second, keepAlive: 15 * time.Second, look: time.Minute,
		headerBytes: 16 << 10, bodyBytes: 1 << 20, depth: 32, conns: maxConns(), perAddress: 256, feedBytes: 256 << 10,
	}
}

// How many pages of events are in memory at once for listeners that are behind, and how
// many attempts are put together from their events at once.
const (
	readsAtOnce = 16
	foldsAtOnce = 4
)

// New returns a server that answers nobody yet.
func New(o Options) *API { return newServer(o, defaultBounds()) }

func newServer(o Options, b bounds) *API {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.Running, o.Queue, o.Drain = cmp.Or(o.Running, DefaultRunning), max(cmp.Or(o.Queue, DefaultQueue), 0), cmp.Or(o.Drain, DefaultDrain)
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &API{with: o, bounds: b, reads: make(chan struct{}, readsAtOnce), folds: make(chan struct{}, foldsAtOnce), refused: audit.NewRefusals(o.Audit)}
	s.hub, s.checks = newHub(o, b.feedBytes), newChecks(o)
	s.handler = s.guard(s.routes())
	return s
}
