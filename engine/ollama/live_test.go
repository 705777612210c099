package ollama_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// claim is what holds of the fake server and of a real one alike. The real
// one is at AIMO3_OLLAMA, and has the model AIMO3_OLLAMA_MODEL, which must not
// be one that thinks and should not be one that stops early.
type claim struct {
	name   string
	script []fake.Step // for the fake one
	ask    engine.Ask
	class  engine.Class // "" for a reply that ends properly
	check  func(h *heard, end engine.Ending) bool
}

// window is the context length of all that is asked of the real server: with
// another one it loads the model anew, which a busy server may wait for without
// end (ollama/ollama, pull request 14407).
const window = 128

// longSeed is one with which the tiny model of e2e does not end its reply before the
// window is full.
const longSeed = 3

func claims() []claim {
	turns := func(text string) []engine.Turn { return []engine.Turn{{Role: "user", Text: text}} }
	short := engine.Options{NumCtx: window, NumPredict: 8}
	return []claim{
		{
			name: "a reply ends", script: []fake.Step{fake.Say("4"), fake.Ended("stop", 9, 8)}, ask: engine.Ask{Turns: turns("2+2?"), Options: short},
			check: func(h *heard, end engine.Ending) bool {
				return h.Len() > 0 && end.Tokens > 0 && end.PromptTokens > 0 && end.Rate() > 0
			},
		},
		{
			name: "a limit cuts it", script: []fake.Step{fake.Say("4"), fake.Ended("length", 9, 8)}, ask: engine.Ask{Turns: turns("count to a thousand"), Options: short},
			check: func(_ *heard, end engine.Ending) bool { return end.Cut && end.Tokens == 8 },
		},
		{
			name: "a full window cuts it", script: []fake.Step{fake.Say("4"), fake.Ended("length", 9, 119)},
			ask:   engine.Ask{Seed: longSeed, Turns: turns("count to a million"), Options: engine.Options{NumCtx: window, NumPredict: 100_000}},
			check: func(_ *heard, end engine.Ending) bool { return end.Cut && end.Tokens < window },
		},
		{
			name: "a prompt that is too long", script: []fake.Step{fake.Fail(400, "the input length exceeds the context length")}, class: engine.TooLong,
			ask: engine.Ask{Turns: turns(strings.Repeat("one two three ", 2000)), Options: short},
		},
		{name: "an unknown model", ask: engine.Ask{Model: "no-such-model", Turns: turns("?")}, class: engine.NoModel},
		{name: "thinking of a model that cannot", ask: engine.Ask{Turns: turns("?"), Think: engine.ThinkOn}, class: engine.Invalid},
		{name: "thinking left to the model", script: []fake.Step{fake.Say("4"), fake.Done()}, ask: engine.Ask{Turns: turns("?"), Think: engine.ThinkAuto, Options: short}},
	}
}

func TestClaims(t *testing.T) {
	for _, c := range claims() {
		t.Run(c.name, func(t *testing.T) {
			script := c.script
			if script == nil {
				script = []fake.Step{fake.Done()}
			}
			c.hold(t, fake.NewServer(t, script).URL, "fake")
		})
	}
}

func TestClaimsOfARealServer(t *testing.T) {
	url, model := liveServer(t)
	for _, c := range claims() {
		t.Run(c.name, func(t *testing.T) { c.hold(t, url, model) })
	}
}

func (c claim) hold(t *testing.T, url, model string) {
	t.Helper()
	if c.ask.Model == "" {
		c.ask.Model = model
	}
	var h heard
	var end engine.Ending
	client := newClient(t, url)
	err := unlessLost(t, func(ctx context.Context) (err error) {
		h = heard{}
		end, err = client.Stream(ctx, c.ask, h.say)
		return err
	})
	switch {
	case c.class == "" && err != nil, c.class != "" && !errors.Is(err, &engine.Fault{Class: c.class}):
		t.Errorf("class %q of %v, want %q", engine.ClassOf(err), err, c.class)
	case c.check != nil && !c.check(&h, end):
		t.Errorf("heard %.200q, ending %+v", h.String(), end)
	}
}

var errLost = errors.New("the server lost the request")

// unlessLost asks again where the real server loses a request: now and then version
// 0.17.4 answers nothing until the request is given up. After that its runner may be stuck
// for good, so it is given up too.
func unlessLost(t *testing.T, ask func(context.Context) error) (err error) {
	t.Helper()
	for range 5 {
		ctx, cancel := context.WithTimeoutCause(t.Context(), 20*time.Second, errLost)
		err = ask(ctx)
		cancel()
		if !errors.Is(err, errLost) {
			return err
		}
		t.Log(err)
		unload(t)
	}
	return err
}

// unload has the real server end the runner of its model.
func unload(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	body := strings.NewReader(`{"model":"` + os.Getenv("AIMO3_OLLAMA_MODEL") + `","keep_alive":0}`)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("AIMO3_OLLAMA")+"/api/generate", body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Log(err)
		return
	}
	_ = resp.Body.Close()
}

func liveServer(t *testing.T) (url, model string) {
	t.Helper()
	url, model = os.Getenv("AIMO3_OLLAMA"), os.Getenv("AIMO3_OLLAMA_MODEL")
	if url == "" || model == "" {
		t.Skip("set AIMO3_OLLAMA and AIMO3_OLLAMA_MODEL to run against a real server")
	}
	return url, model
}

func TestRealServerIsKnown(t *testing.T) {
	url, model := liveServer(t)
	c := newClient(t, url)
	if s := c.Server(t.Context()); s.Fault != nil || s.Version == "" || len(s.Models) == 0 {
		t.Errorf("%+v", s)
	}
	if card, err := c.Show(t.Context(), model); err != nil || card.Shape.Layers == 0 || card.Shape.KVHeads == 0 || card.Shape.HeadDim == 0 || card.Context == 0 || card.Digest == "" {
		t.Errorf("%+v, %v", card, err)
	}
}

// A cancelled reply frees its seat: the next one is answered.
func TestRealServerFreesACancelledSeat(t *testing.T) {
	url, model := liveServer(t)
	c := newClient(t, url)
	ask := engine.Ask{Model: model, Seed: longSeed, Turns: []engine.Turn{{Role: "user", Text: "count to a million"}}, Options: engine.Options{NumCtx: window, NumPredict: 100_000}}
	for range 4 {
		err := unlessLost(t, func(ctx context.Context) error {
			ctx, cancel := context.WithCancelCause(ctx)
			defer cancel(nil)
			_, err := c.Stream(ctx, ask, func(p engine.Piece) {
				if p.Text != "" {
					cancel(engine.ErrStopped)
				}
			})
			return err
		})
		if err != nil && !errors.Is(err, engine.ErrStopped) {
			t.Error(err)
		}
	}
	ask.Options.NumPredict = 1
	err := unlessLost(t, func(ctx context.Context) error {
		_, err := c.Stream(ctx, ask, func(engine.Piece) {})
		return err
	})
	if err != nil {
		t.Errorf("the next: %v", err)
	}
}

// AIMO3_OLLAMA_GGUF is a model file to import into the real server.
func TestRealServerImports(t *testing.T) {
	url, _ := liveServer(t)
	path := os.Getenv("AIMO3_OLLAMA_GGUF")
	if path == "" {
		t.Skip("set AIMO3_OLLAMA_GGUF to import a model file")
	}
	c := newClient(t, url)
	var told []engine.Pull
	if err := c.Import(t.Context(), path, "aimo3-imported", func(p engine.Pull) { told = append(told, p) }); err != nil {
		t.Fatal(err)
	}
	rises(t, told)
	card, err := c.Show(t.Context(), "aimo3-imported")
	t.Logf("template %q\nparameters %q\ntold %+v", card.Template, card.Parameters, told[len(told)-3:])
	if err != nil || !strings.Contains(card.Template, ".Messages") || !strings.Contains(card.Parameters, "stop") {
		t.Errorf("%+v, %v", card, err)
	}
}

// AIMO3_OLLAMA_REPEATER is a model that says one token for ever, of which the
// real server makes a clean end without a word.
func TestRealServerGivesUpOnRepetition(t *testing.T) {
	url, _ := liveServer(t)
	model := os.Getenv("AIMO3_OLLAMA_REPEATER")
	if model == "" {
		t.Skip("set AIMO3_OLLAMA_REPEATER to a model that repeats itself")
	}
	c := newClient(t, url)
	err := unlessLost(t, func(ctx context.Context) error {
		_, err := c.Stream(ctx, engine.Ask{Model: model, Options: engine.Options{NumCtx: 512, NumPredict: 500}, Turns: []engine.Turn{{Role: "user", Text: "hi"}}}, func(engine.Piece) {})
		return err
	})
	if engine.ClassOf(err) != engine.Looped || !strings.Contains(err.Error(), "repeated itself") {
		t.Errorf("%v", err)
	}
}

// AIMO3_OLLAMA_PROGRAM is the real program, started here as our own server.
func TestRealProgramAsOurOwn(t *testing.T) {
	program := os.Getenv("AIMO3_OLLAMA_PROGRAM")
	if program == "" {
		t.Skip("set AIMO3_OLLAMA_PROGRAM to the path of ollama")
	}
	dir := t.TempDir()
	f := newFinder(t, &ollama.Finder{Host: closedPort(t), Own: &ollama.Local{
		Program: program, Parallel: 2, Log: filepath.Join(dir, "log"), Env: []string{"HOME=" + dir, "OLLAMA_MODELS=" + filepath.Join(dir, "models")},
	}})
	c, err := f.Ensure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s := f.Server(t.Context()); !s.Own || s.Version == "" || s.Fault != nil {
		t.Errorf("%+v", s)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	awaitClosed(t, c.Host())
}

// What the real server was asked of is in its memory, and once unloaded is there no more.
func TestRealServerUnloads(t *testing.T) {
	url, model := liveServer(t)
	c := newClient(t, url)
	held := func() bool {
		all, err := c.Loaded(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(all, func(l ollama.Loaded) bool { return engine.FullName(l.Name) == engine.FullName(model) })
	}
	ask := engine.Ask{Model: model, Turns: []engine.Turn{{Role: "user", Text: "count"}}, Options: engine.Options{NumCtx: window, NumPredict: 1}}
	err := unlessLost(t, func(ctx context.Context) error {
		_, err := c.Stream(ctx, ask, func(engine.Piece) {})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for !held() { // it is listed in the server's own time
		if t.Context().Err() != nil {
			t.Fatal("the model that was asked is not in memory")
		}
	}
	if err := c.Unload(t.Context(), model); err != nil {
		t.Fatal(err)
	}
	for held() { // the server ends its process in its own time
		if t.Context().Err() != nil {
			t.Fatal("it is still in memory")
		}
	}
}
