package ollama

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
)

// Card is what the server knows of one model.
type Card struct {
	engine.Model
	Shape      Shape
	Template   string // how turns become a prompt; "{{ .Prompt }}" if the model came with none
	Parameters string // defaults, one a line, as the server writes them
	Parser     string // the server's own reader of replies, such as "harmony"
}

// Shape is what decides how much memory a window takes. A zero field is
// unknown.
type Shape struct {
	Layers  int
	KVHeads int
	HeadDim int
	Context int // longest window in tokens
}

// cardKey is a model by its full name, and by its digest in the latest list.
type cardKey struct{ name, digest string }

// cardTimeout is for a card, which a server reads from its disk.
const cardTimeout = 5 * time.Second

// maxCards is how many cards are kept.
const maxCards = 1000

func (c *Client) cardKey(name string) cardKey {
	c.mu.Lock()
	defer c.mu.Unlock()
	name = engine.FullName(name)
	return cardKey{name, c.listed[name].Digest}
}

// Show is the card of an installed model. It is kept until the model changes in the
// server's list, for an hour at most; the server is asked once for all who ask at once.
func (c *Client) Show(ctx context.Context, name string) (Card, error) {
	return c.cards.GetBy(ctx, c.cardKey(name), func(ctx context.Context) (Card, error) {
		short, cancel := context.WithTimeout(ctx, cardTimeout)
		defer cancel()
		shown, err := c.card(short, name)
		if err != nil && short.Err() != nil {
			return Card{}, c.asFault(ctx, short, err)
		}
		if err != nil {
			return Card{}, c.modelFailed(ctx, name, err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		m, listed := c.listed[engine.FullName(name)]
		card := newCard(tagged(name), m, shown)
		if listed {
			m.Capabilities = card.Capabilities
			c.listed[engine.FullName(name)] = m
		}
		return card, nil
	})
}

// modelFailed is failed for a request that names a model: there 404 means that
// the model is missing, when the server says so itself.
func (c *Client) modelFailed(ctx context.Context, name string, err error) error {
	var status api.StatusError
	if errors.As(err, &status) && missing(status.StatusCode, status.ErrorMessage) {
		return c.noModel(ctx, name)
	}
	return c.failed(ctx, err)
}

func missing(status int, text string) bool {
	return status == http.StatusNotFound && strings.Contains(text, "not found") && !strings.Contains(text, "page not found")
}

func newCard(name string, listed engine.Model, w wireCard) Card {
	m, d := listed, w.Details.V
	m.Name, m.Modified = cmp.Or(m.Name, name), w.Modified.V
	m.Family, m.Parameters, m.Quantization = d.Family.V, d.Parameters.V, d.Quantization.V
	m.Capabilities = texts(w.Can.V)
	shape := newShape(w.Info.V)
	m.Context = shape.Context
	return Card{Model: m, Shape: shape, Template: w.Template.V, Parameters: w.Parameters.V, Parser: w.Parser.V}
}

// newShape reads the shape out of a model's own description, whose keys begin
// with the name of its architecture.
func newShape(described map[string]any) Shape {
	arch, _ := described["general.architecture"].(string)
	num := func(key string) int { return number(described[arch+"."+key]) }
	s := Shape{Layers: num("block_count"), KVHeads: num("attention.head_count_kv"), HeadDim: num("attention.key_length"), Context: num("context_length")}
	heads := num("attention.head_count")
	if s.KVHeads == 0 {
		s.KVHeads = heads
	}
	if s.HeadDim == 0 && heads > 0 {
		s.HeadDim = num("embedding_length") / heads
	}
	return s
}

// number is v, or the greatest number in it where a model has one per layer.
// A number that no model could have is 0.
func number(v any) int {
	switch v := v.(type) {
	case float64:
		if v >= 1 && v <= 1<<30 {
			return int(v)
		}
	case []any:
		largest := 0
		for _, one := range v {
			if f, ok := one.(float64); ok {
				largest = max(largest, number(f))
			}
		}
		return largest
	}
	return 0
}

// thinks says whether the model reasons before it replies.
func (c Card) thinks() bool { return slices.Contains(c.Capabilities, "thinking") }

// leveled says whether the model's thinking has levels in place of on and off.
func (c Card) leveled() bool {
	return c.Parser == "harmony" || c.Family == "gptoss" || c.Family == "gpt-oss"
}

// sets says whether the model comes with a value of its own for an option.
func (c Card) sets(option string) bool {
	for line := range strings.Lines(c.Parameters) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == option {
			return true
		}
	}
	return false
}
