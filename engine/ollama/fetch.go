package ollama

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/ollama/ollama/api"
)

// loose is a field without which the rest still says something: a value of another
// type than V's is V's zero value. The official client gives up on the whole.
type loose[T any] struct{ V T }

// UnmarshalJSON implements json.Unmarshaler. It never fails.
func (l *loose[T]) UnmarshalJSON(b []byte) error {
	var v T
	if json.Unmarshal(b, &v) == nil {
		l.V = v
	}
	return nil
}

// wireModel is a model in the server's lists, of those installed and of those in
// memory.
type wireModel struct {
	Name       string                 `json:"name"`
	Model      loose[string]          `json:"model"`
	RemoteHost loose[string]          `json:"remote_host"`
	Modified   loose[time.Time]       `json:"modified_at"`
	Size       loose[float64]         `json:"size"`
	Digest     loose[string]          `json:"digest"`
	Details    loose[wireDetails]     `json:"details"`
	Can        loose[[]loose[string]] `json:"capabilities"`
	VRAM       loose[float64]         `json:"size_vram"`
	Context    loose[float64]         `json:"context_length"`
	Expires    loose[time.Time]       `json:"expires_at"`
}

type wireDetails struct {
	Family       loose[string] `json:"family"`
	Parameters   loose[string] `json:"parameter_size"`
	Quantization loose[string] `json:"quantization_level"`
}

// wireCard is what the server shows of one model.
type wireCard struct {
	Template   loose[string]          `json:"template"`
	Parameters loose[string]          `json:"parameters"`
	Parser     loose[string]          `json:"parser"`
	Modified   loose[time.Time]       `json:"modified_at"`
	Details    loose[wireDetails]     `json:"details"`
	Info       loose[map[string]any]  `json:"model_info"`
	Can        loose[[]loose[string]] `json:"capabilities"`
}

// list is the models that the server lists at path. An entry that is no model is
// left out.
func (c *Client) list(ctx context.Context, path string) ([]wireModel, error) {
	var listed struct {
		Models []loose[wireModel] `json:"models"`
	}
	if err := c.fetch(ctx, http.MethodGet, path, nil, &listed); err != nil {
		return nil, err
	}
	models := make([]wireModel, 0, len(listed.Models))
	for _, m := range listed.Models {
		if m.V.Name != "" {
			models = append(models, m.V)
		}
	}
	return models, nil
}

// card asks for the card of a model.
func (c *Client) card(ctx context.Context, name string) (wireCard, error) {
	ask, err := json.Marshal(map[string]string{"model": name})
	if err != nil {
		return wireCard{}, fmt.Errorf("write the request: %w", err)
	}
	var card wireCard
	err = c.fetch(ctx, http.MethodPost, "/api/show", ask, &card)
	return card, err
}

// fetch asks the server and reads its answer into answer. Its errors are those of the
// official client, which failed knows.
func (c *Client) fetch(ctx context.Context, method, path string, ask []byte, answer any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base.JoinPath(path).String(), bytes.NewReader(ask))
	if err != nil {
		return fmt.Errorf("ask %s: %w", c.Host(), err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode == http.StatusUnauthorized:
		return api.AuthorizationError{StatusCode: resp.StatusCode}
	case resp.StatusCode >= http.StatusBadRequest:
		text := reported(body)
		if text == "" {
			text = string(body)
		}
		return api.StatusError{StatusCode: resp.StatusCode, ErrorMessage: text}
	}
	return json.Unmarshal(body, answer)
}

// texts are the texts in a list.
func texts(list []loose[string]) []string {
	all := make([]string, 0, len(list))
	for _, one := range list {
		if one.V != "" {
			all = append(all, one.V)
		}
	}
	return all
}
