package remote

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/wire"
)

// Address is where a server is: http or https, a host, and the path below which it
// answers, if there is one.
type Address struct{ url *url.URL }

// ParseAddress reads an address as a person writes it.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	what := ""
	switch {
	case !strings.Contains(text, "://"):
		what = "has no http:// or https:// before it"
	case err != nil:
		what = "cannot be read"
	case u.Scheme != "http" && u.Scheme != "https":
		what = "begins with neither http:// nor https://"
	case u.Hostname() == "":
		what = "names no host"
	case u.User != nil:
		what = "holds a name or password: a key is kept by `aimo3 auth set connect`"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		what = "has something after its path"
	default:
		u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
		return Address{u}, nil
	}
	return Address{}, &engine.Fault{
		Class: engine.Invalid, What: fmt.Sprintf(`the address "%s" of a server %s`, shownAddress(text), what),
		Todo: "give one such as http://localhost:8000 or https://solver.example",
	}
}

// shownAddress is what is shown of a text that is no address: nothing that gives access,
// be the scheme missing, by which an address is known in a line, or the text too long.
func shownAddress(text string) string {
	scheme := ""
	if !strings.Contains(text, "://") {
		scheme = "http://"
	}
	hidden := strings.Trim(engine.HideSecrets(strconv.Quote(scheme+text)), `"`)
	return fmt.Sprintf("%.100s", strings.TrimPrefix(hidden, scheme))
}

// String is the address as a person would write it; "" if it is none.
func (a Address) String() string {
	if a.url == nil {
		return ""
	}
	return a.url.String()
}

// local says that what is sent there never leaves this machine.
func (a Address) local() bool {
	name := strings.ToLower(a.url.Hostname())
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// Options say which server is asked, and how. Address is needed.
type Options struct {
	Address Address
	Key     secure.Secret    // an API key of the server; empty if it wants none
	Now     func() time.Time // if nil, time.Now
}

// bounds keep a server from costing too much. Tests have smaller ones.
type bounds struct {
	answerBytes  int64         // of one answer
	eventBytes   int           // of one event
	streamBytes  int64         // of all events of one attempt
	streamEvents int           // that one attempt has
	answer       time.Duration // for an answer, if who asks says no less
	silence      time.Duration // on a stream, on which a server shows now and then that it is there
	look         time.Duration // between two looks at a server that answers
	lost         time.Duration // for which an answer to Create may be lost before that is given up
}

func defaultBounds() bounds {
	return bounds{
		answerBytes: 64 << 20, eventBytes: 16 << 20, streamBytes: 512 << 20, streamEvents: 4 << 20,
		answer: time.Minute, silence: 50 * time.Second, look: 3 * time.Second, lost: 2 * time.Minute,
	}
}

// Client asks one server.
type Client struct {
	with   Options
	bounds bounds
	http   *http.Client

	mu      sync.Mutex
	link    engine.Link
	seen    wire.Serving                // what the server said last of itself; of version 0 while it has not
	failed  int                         // looks in a row without an answer
	answers int                         // looks with one
	refused *engine.Fault               // why the link is gone
	changed chan struct{}               // closed after each look
	early   chan struct{}               // holds a value when a look is wanted at once
	watches map[engine.AttemptID]*watch // that go on
}

// New returns a client that has asked nothing yet. A key that would be sent where others
// can read it is an Invalid Fault.
func New(o Options) (*Client, error) {
	c := newClient(o, defaultBounds())
	if !o.Key.Empty() && o.Address.url.Scheme != "https" && !o.Address.local() {
		return nil, &engine.Fault{
			Class: engine.Invalid, What: "the key would be sent to " + o.Address.String() + " for all on the way to read",
			Todo: "use https, or a tunnel that ends on this machine; without a key: `aimo3 auth delete connect`",
		}
	}
	return c, nil
}

func newClient(o Options, b bounds) *Client {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Client{
		with: o, bounds: b, changed: make(chan struct{}), early: make(chan struct{}, 1), watches: map[engine.AttemptID]*watch{},
		link: engine.Link{Address: o.Address.String(), State: engine.LinkConnecting},
		http: &http.Client{
			// No proxy: what goes to this machine or this network is nobody else's business.
			Transport:     &http.Transport{MaxResponseHeaderBytes: 64 << 10, DisableCompression: true, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 10 * time.Second, ForceAttemptHTTP2: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Plan is said, and where it says nothing what the server was started with, as far as the
// server has told.
func (c *Client) Plan(said engine.Plan) engine.Plan {
	c.mu.Lock()
	theirs := c.seen.Plan
	c.mu.Unlock()
	said.Model, said.Judge, said.Range = cmp.Or(said.Model, theirs.Model), cmp.Or(said.Judge, theirs.Judge), cmp.Or(said.Range, theirs.Range)
	said.Samples, said.Parallel = cmp.Or(said.Samples, theirs.Samples), cmp.Or(said.Parallel, theirs.Parallel)
	said.Stop, said.Think, said.Tools = cmp.Or(said.Stop, theirs.Stop), cmp.Or(said.Think, theirs.Think), cmp.Or(said.Tools, theirs.Tools)
	said.Seed, said.NoCodeSamples, said.Fences = cmp.Or(said.Seed, theirs.Seed), cmp.Or(said.NoCodeSamples, theirs.NoCodeSamples), said.Fences || theirs.Fences
	said.TopLogprobs, said.Caps.Cells, said.Caps.CellTimeout = cmp.Or(said.TopLogprobs, theirs.TopLogprobs), cmp.Or(said.Caps.Cells, theirs.Caps.Cells), cmp.Or(said.Caps.CellTimeout, theirs.Caps.CellTimeout)
	said.Options.NumCtx, said.Options.NumPredict = cmp.Or(said.Options.NumCtx, theirs.Options.NumCtx), cmp.Or(said.Options.NumPredict, theirs.Options.NumPredict)
	said.Options.Temperature = cmp.Or(said.Options.Temperature, theirs.Options.Temperature)
	b := &said.Budget
	b.Wall, b.Tokens, b.Think = cmp.Or(b.Wall, theirs.Budget.Wall), cmp.Or(b.Tokens, theirs.Budget.Tokens), cmp.Or(b.Think, theirs.Budget.Think)
	if len(said.Choose) == 0 {
		said.Choose = theirs.Choose
	}
	if len(said.Fallback) == 0 {
		said.Fallback = theirs.Fallback
	}
	return said
}
