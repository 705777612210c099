// Package ollama is an engine.Backend over an Ollama server: it finds a server
// or starts one, lists, fetches and imports models, and streams replies.
//
// What the server sends is hostile until checked: every read is bounded, no
// redirect is followed, and a reply counts only if the server itself said that
// it was complete.
package ollama

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
)

// answerTimeout is for the questions that a server answers at once.
const answerTimeout = 1800 * time.Millisecond

// Client speaks to one Ollama server. Its methods may be called from many
// goroutines.
type Client struct {
	base *url.URL
	http *http.Client
	api  *api.Client
	wait streamTimeouts

	traffic *traffic
	secrets []string // of the address, which texts must not repeat

	speaking atomic.Int32 // streams that have begun to say text and not ended

	mu     sync.Mutex
	listed map[string]engine.Model // the latest list, by full name

	cards   *cache.Cached[cardKey, Card]
	running running
}

// New is a client of the server at host, written as in OLLAMA_HOST. It does
// not connect yet.
func New(host string) (*Client, error) {
	u, err := ParseHost(host)
	if err != nil {
		return nil, err
	}
	count := new(traffic)
	h := newHTTP(u, count)
	return &Client{
		base: u, http: h, traffic: count, api: api.NewClient(u, h), wait: defaultStreamTimeouts(), secrets: secrets(u),
		listed: map[string]engine.Model{},
		cards:  cache.New(cache.Options[cardKey, Card]{Name: "card", MaxEntries: maxCards}),
	}, nil
}

// Host is the server's address as a person would write it, but for what is secret.
func (c *Client) Host() string { return shown(c.base) }

// Format prints a client as its server's address, without what is secret in it.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.Host()) }

// Close lets go of idle connections. Streams in flight go on.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// serverAt is what is known of a server at host before it is asked.
func serverAt(host string) engine.Server {
	return engine.Server{Name: "ollama", Host: host, MaxTopLogprobs: 20, Help: []engine.Step{
		{Do: "ollama serve", Why: "starts it"},
		{Do: "https://ollama.com/download", Why: "installs it"},
		{Do: "OLLAMA_HOST=http://… aimo3", Why: "uses a remote one"},
	}}
}

// Server says whether the server answers and what it holds. It returns within
// two seconds.
func (c *Client) Server(ctx context.Context) engine.Server {
	s := serverAt(c.Host())
	s.Local = IsLocal(c.base)
	short, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	var err error
	if s.Version, err = c.version(short); err == nil {
		if s.Models, err = c.Models(short); err == nil {
			c.learnDefault(short, s.Models)
		}
	}
	if err != nil {
		s.Version, s.Fault = "", c.asFault(ctx, short, err)
	}
	return s
}

// asFault is err as a Fault, where short is a bounded child of ctx.
func (c *Client) asFault(ctx, short context.Context, err error) *engine.Fault {
	var f *engine.Fault
	if errors.As(err, &f) {
		return f
	}
	f = &engine.Fault{Class: engine.Unreachable, What: c.Host() + " does not answer in time", Todo: "check OLLAMA_HOST or --host, and that Ollama runs there"}
	if short.Err() == nil || ctx.Err() != nil {
		f.What, f.Todo, f.Err = "could not ask "+c.Host(), "", c.cleaned(err)
	}
	return f
}

func (c *Client) version(ctx context.Context) (string, error) {
	v, err := c.api.Version(ctx)
	switch {
	case err != nil:
		return "", c.failed(ctx, err)
	case v == "":
		return "", c.stranger("tells no version")
	}
	return c.clean(v), nil
}

// Models are the models installed on the server, by name. Models that the
// server would run elsewhere, in a cloud, are left out.
func (c *Client) Models(ctx context.Context) ([]engine.Model, error) {
	list, err := c.list(ctx, "/api/tags")
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	models := make([]engine.Model, 0, len(list))
	for _, m := range list {
		if m.RemoteHost.V != "" {
			continue
		}
		d := m.Details.V
		models = append(models, engine.Model{
			Name: m.Name, Digest: m.Digest.V, Size: int64(m.Size.V), Modified: m.Modified.V,
			Family: d.Family.V, Parameters: d.Parameters.V, Quantization: d.Quantization.V, Capabilities: texts(m.Can.V),
		})
	}
	slices.SortFunc(models, func(a, b engine.Model) int { return strings.Compare(a.Name, b.Name) })
	c.remember(models)
	return models, nil
}

// learnDefault asks what the model can do that would be chosen by default, until
// one is that can reply: older servers do not list it.
func (c *Client) learnDefault(ctx context.Context, models []engine.Model) {
	for range models {
		m, err := engine.Choose(models, "")
		if err != nil || len(m.Capabilities) > 0 {
			return
		}
		card, err := c.Show(ctx, m.Name)
		if err != nil || len(card.Capabilities) == 0 {
			return
		}
		i := slices.IndexFunc(models, func(one engine.Model) bool { return one.Name == m.Name })
		models[i].Capabilities = card.Capabilities
	}
}

// remember keeps the list, and adds to it what cards say of models that have not
// changed. Cards of those that have changed go by other keys then.
func (c *Client) remember(models []engine.Model) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fresh := make(map[string]engine.Model, len(models))
	for i := range models {
		m := &models[i]
		if was := c.listed[engine.FullName(m.Name)]; len(was.Capabilities) > 0 && was.Digest == m.Digest {
			m.Capabilities = was.Capabilities
		}
		fresh[engine.FullName(m.Name)] = *m
	}
	c.listed = fresh
}

func (c *Client) forget(name string) {
	c.cards.Drop(c.cardKey(name))
}
