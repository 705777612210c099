package ollama

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/ollama/ollama/api"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama/gguf"
)

// Import gives the server a model from a GGUF file and names it. The model
// chats as its family does: where the server does not know its template, ours
// is used. Calls of tell never overlap, and none comes after Import returned.
func (c *Client) Import(ctx context.Context, path, name string, tell func(engine.Pull)) error {
	if !validName(name) {
		return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%q is not a valid model name", clean(name)), Todo: "use letters, digits, - and _, as in small:latest"}
	}
	if at, err := os.Stat(path); err == nil && !at.Mode().IsRegular() { // to open a pipe would wait for a writer
		return &engine.Fault{Class: engine.Invalid, What: clean(path) + " is not a regular file", Todo: "give the path of a .gguf file"}
	}
	file, err := os.Open(path)
	if err != nil {
		return &engine.Fault{Class: engine.Invalid, What: "cannot open the model file", Todo: "give the path of a .gguf file", Err: err}
	}
	defer file.Close()
	head, err := readHead(file)
	if err != nil {
		return err
	}
	m := &meter{ctx: ctx, tell: tell}
	defer m.close()
	digest, err := c.upload(ctx, file, m)
	if err != nil {
		return err
	}
	req := api.CreateRequest{Model: name, Files: map[string]string{"model.gguf": digest}}
	if err := c.create(ctx, req, m); err != nil {
		return err
	}
	return c.teach(ctx, req, head, m)
}

// readHead is the head of a file that holds a model which can chat, as far as can be
// told before it is sent.
func readHead(file *os.File) (gguf.Head, error) {
	refused := func(what, todo string, err error) error {
		return &engine.Fault{Class: engine.Invalid, What: "cannot import " + clean(file.Name()) + what, Todo: todo, Err: err}
	}
	head, err := gguf.Read(file)
	if err != nil {
		return head, refused("", "give a complete model in GGUF format", err)
	}
	if what, todo := head.Unfit(filepath.Base(file.Name())); what != "" {
		return head, refused(": it is "+what, todo, nil)
	}
	return head, nil
}

// teach makes a second model of the first where that one lacks something: the
// template of its dialect, or a temperature that suits its size.
func (c *Client) teach(ctx context.Context, req api.CreateRequest, head gguf.Head, m *meter) error {
	card, err := c.Show(ctx, req.Model)
	if err != nil {
		return err
	}
	if head.ChatTemplate() == "" {
		m.status("note: the file has no chat template; such a model may continue a text and not answer it")
	}
	req.Parameters = map[string]any{}
	if tiny(card) {
		req.Parameters["temperature"] = tinyTemperature
	}
	if d, known := dialectOf(head); known && strings.TrimSpace(card.Template) == bare {
		if req.Template, err = d.template(); err != nil {
			return err
		}
		req.Parameters["stop"] = d.stop
	}
	if len(req.Parameters) == 0 {
		return nil
	}
	return c.create(ctx, req, m)
}

// tinyTemperature is the temperature for a tiny model. At 0.7 and more SmolLM2 135M
// wanders off before it has added two numbers.
const tinyTemperature = 0.2

// tiny says whether a model has less than a billion parameters, which the
// server counts as "134.52M".
func tiny(card Card) bool { return strings.HasSuffix(card.Model.Parameters, "M") }

func (c *Client) create(ctx context.Context, req api.CreateRequest, m *meter) error {
	finished := false
	err := c.api.Create(ctx, &req, func(p api.ProgressResponse) error {
		finished = finished || p.Status == "success"
		m.status(c.clean(p.Status))
		return nil
	})
	c.forget(req.Model)
	return c.installed(ctx, "import", req.Model, finished, err)
}

// upload sends file to the server unless it is there, and returns its digest.
// Reading it to name it is the first half of the way, sending it the second.
func (c *Client) upload(ctx context.Context, file *os.File, m *meter) (digest string, err error) {
	sum := sha256.New()
	if err = m.open("reading the file", file); err != nil {
		return "", err
	}
	if _, err = io.Copy(sum, m); err != nil {
		return "", fmt.Errorf("read the model file: %w", err)
	}
	digest = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	there, err := c.hasBlob(ctx, digest)
	if err != nil {
		return "", err
	}
	if !there {
		if err = m.open("sending it to the server", file); err != nil {
			return "", err
		}
		if err = c.api.CreateBlob(ctx, digest, m); err != nil {
			return "", c.installed(ctx, "send", digest, false, err)
		}
	}
	m.sent()
	return digest, nil
}

func (c *Client) hasBlob(ctx context.Context, digest string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, c.base.JoinPath("/api/blobs", digest).String(), http.NoBody)
	if err != nil {
		return false, fmt.Errorf("ask %s: %w", c.Host(), err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return false, c.failed(ctx, err)
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK, nil
}
