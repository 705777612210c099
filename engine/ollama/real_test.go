package ollama_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama"
)

// realServer is the real program in a process group of its own, which a test may kill.
type realServer struct {
	*testing.T
	host string
	cmd  *exec.Cmd
	next time.Duration // how long a reply may bring nothing
}

// startReal starts AIMO3_OLLAMA_PROGRAM on the models of OLLAMA_MODELS. It is soon
// full, so that it is seen to be busy.
func startReal(t *testing.T) *realServer {
	t.Helper()
	if os.Getenv("AIMO3_OLLAMA_PROGRAM") == "" || os.Getenv("OLLAMA_MODELS") == "" || os.Getenv("AIMO3_OLLAMA_ENDLESS") == "" {
		t.Skip("set AIMO3_OLLAMA_PROGRAM, OLLAMA_MODELS and AIMO3_OLLAMA_ENDLESS, a model whose replies do not end, to harm a real server")
	}
	r := &realServer{T: t, host: closedPort(t), next: lost}
	r.start()
	t.Cleanup(r.kill)
	return r
}

func (r *realServer) start() {
	r.Helper()
	log, err := os.Create(filepath.Join(r.TempDir(), "log"))
	if err != nil {
		r.Fatal(err)
	}
	r.cmd = exec.Command(os.Getenv("AIMO3_OLLAMA_PROGRAM"), "serve") //nolint:noctx // kill ends it
	r.cmd.Env = append(os.Environ(), "OLLAMA_HOST="+r.host, "OLLAMA_NUM_PARALLEL=1", "OLLAMA_MAX_QUEUE=1", "OLLAMA_NOPRUNE=1", "OLLAMA_LOAD_TIMEOUT=60m")
	r.cmd.SysProcAttr, r.cmd.Stderr = &syscall.SysProcAttr{Setpgid: true}, log
	if err := r.cmd.Start(); err != nil {
		r.Fatal(err)
	}
	c := newClient(r.T, r.host)
	for c.Server(r.Context()).Fault != nil {
		if err := r.Context().Err(); err != nil {
			r.Fatal(err)
		}
	}
}

// kill kills the server and what it started.
func (r *realServer) kill() {
	_ = syscall.Kill(-r.cmd.Process.Pid, syscall.SIGKILL) // it may be dead
	_ = r.cmd.Wait()
}

// runner sends a signal to the process that has the model, which the server started.
func (r *realServer) runner(sig syscall.Signal) {
	r.Helper()
	out, err := exec.CommandContext(r.Context(), "pgrep", "-P", strconv.Itoa(r.cmd.Process.Pid)).Output()
	if err != nil {
		r.Fatalf("the server has no runner: %v", err)
	}
	for _, field := range strings.Fields(string(out)) {
		if pid, err := strconv.Atoi(field); err != nil || syscall.Kill(pid, sig) != nil {
			r.Fatalf("signal %s: %v", field, err)
		}
	}
}

// through is a way to the server that changes requests.
func (r *realServer) through(change func(*http.Request)) string {
	to := &url.URL{Scheme: "http", Host: r.host}
	front := httptest.NewServer(&httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(to)
		change(p.Out)
	}})
	r.Cleanup(front.Close)
	return front.URL
}

// instead changes the body of requests for replies.
func instead(change func(body []byte) []byte) func(*http.Request) {
	return func(req *http.Request) {
		if req.URL.Path == "/api/chat" {
			body, _ := io.ReadAll(req.Body)
			body = change(body)
			req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
	}
}

// lost is how long a server may bring nothing before it has lost the request, as it does
// now and then on a busy machine.
const lost = 30 * time.Second

// again does what a row does, and anew while the server loses the request.
func again(class engine.Class, does func() (*heard, error)) (h *heard, err error) {
	for range 5 {
		if h, err = does(); class == engine.Stalled || engine.ClassOf(err) != engine.Stalled {
			break
		}
	}
	return h, err
}

// reply asks for a reply of the endless model, and does something once the first piece
// comes of which when is true.
func (r *realServer) reply(host string, ask engine.Ask, when func(engine.Piece) bool, do func()) (*heard, error) {
	c, err := ollama.New(host)
	if err != nil {
		r.Fatal(err)
	}
	defer c.Close()
	c.Hurry(lost, r.next, time.Hour)
	ask.Model = cmp.Or(ask.Model, os.Getenv("AIMO3_OLLAMA_ENDLESS"))
	if ask.Turns == nil {
		ask.Turns = []engine.Turn{{Role: "user", Text: "count"}}
	}
	ask.Options.NumCtx = 4096
	var h heard
	_, err = c.Stream(r.Context(), ask, func(p engine.Piece) {
		if when != nil && when(p) {
			when = nil
			do()
		}
		h.say(p)
	})
	return &h, err
}

func text(p engine.Piece) bool { return p.Text != "" }

func reading(p engine.Piece) bool { return p.Phase == engine.Reading }

// TestRealServerIsHarmed: a real server that is killed, hangs, is busy or is asked what
// it refuses, and the classes of its faults. The number of the row of the table of
// faults begins each name; rows that need no harm are in TestClaimsOfARealServer.
func TestRealServerIsHarmed(t *testing.T) {
	r := startReal(t)
	few := engine.Ask{Options: engine.Options{NumPredict: 3}}
	long := engine.Ask{Options: few.Options, Turns: []engine.Turn{{Role: "user", Text: strings.Repeat("so we get x ", 120)}}}
	for _, row := range []struct {
		name  string
		class engine.Class // "" for a whole reply
		what  string       // part of the fault
		does  func() (*heard, error)
	}{
		{"22 cancelled", "", "stopped", func() (*heard, error) { return r.cancelled() }},
		{"22 the next after that", "", "", func() (*heard, error) { return r.reply(r.host, few, nil, nil) }},
		{"06 the runner crashed while idle", "", "", func() (*heard, error) {
			r.runner(syscall.SIGKILL)
			return r.reply(r.host, few, nil, nil)
		}},
		{"04 the runner is killed midway", engine.Crashed, "runner died", func() (*heard, error) {
			return r.reply(r.host, engine.Ask{}, text, func() { r.runner(syscall.SIGKILL) })
		}},
		{"05 the runner is killed before the first word", engine.Crashed, "runner died", func() (*heard, error) {
			for try := 1; ; try++ {
				if h, err := r.reply(r.host, few, nil, nil); err != nil { // else it reads with a runner that is not there yet
					return h, err
				}
				h, err := r.reply(r.host, long, reading, func() { r.runner(syscall.SIGKILL) })
				if engine.ClassOf(err) == engine.Crashed || try == 9 { // else it was killed too late, or before it listened
					return h, err
				}
			}
		}},
		{"17 the runner hangs", engine.Stalled, "sent nothing", func() (*heard, error) {
			r.next = 2 * time.Second
			defer func() { r.next = lost; r.runner(syscall.SIGKILL) }()
			return r.reply(r.host, engine.Ask{}, text, func() { r.runner(syscall.SIGSTOP) })
		}},
		{"09 it is busy", engine.Busy, "server is busy", func() (*heard, error) { return nil, r.crowded() }},
		{"11 a request that is no JSON", engine.Invalid, "refused the request", func() (*heard, error) {
			return r.reply(r.through(instead(func([]byte) []byte { return []byte("{") })), few, nil, nil)
		}},
		{"12 a mistyped option", engine.Invalid, "refused a setting", func() (*heard, error) {
			return r.reply(r.through(instead(func(b []byte) []byte {
				return bytes.Replace(b, []byte(`"num_predict":3`), []byte(`"num_predict":"3"`), 1)
			})), few, nil, nil)
		}},
		{"13 an unknown option", "", "", func() (*heard, error) {
			return r.reply(r.through(instead(func(b []byte) []byte {
				return bytes.Replace(b, []byte(`"num_predict":3`), []byte(`"num_predict":3,"odd":3`), 1)
			})), few, nil, nil)
		}},
		{"25 a foreign name for it", engine.Invalid, "OLLAMA_ORIGINS", func() (*heard, error) {
			return r.reply(r.through(func(req *http.Request) { req.Host = "aimo.example" }), few, nil, nil)
		}},
		{"29 hostile bytes", "", "", func() (*heard, error) { return r.hostile() }},
		{"02 it is killed midway", engine.Truncated, "broke in the middle", func() (*heard, error) { return r.reply(r.host, engine.Ask{}, text, r.kill) }},
		{"01 it does not run", engine.Unreachable, "ollama serve", func() (*heard, error) { return r.reply(r.host, few, nil, nil) }},
		{"01 it runs again", "", "", func() (*heard, error) {
			r.start()
			return r.reply(r.host, few, nil, nil)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			h, err := again(row.class, row.does)
			switch {
			case errors.Is(err, engine.ErrStopped) && row.what == "stopped":
			case row.class == "" && (err != nil || h.Len() == 0), row.class != "" && (engine.ClassOf(err) != row.class || !strings.Contains(engine.Hint(err), row.what)):
				t.Errorf("class %q of %v, want %q and %q", engine.ClassOf(err), err, row.class, row.what)
			}
			t.Log(err)
		})
	}
}

func (r *realServer) cancelled() (*heard, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	_, err := newClient(r.T, r.host).Stream(ctx, engine.Ask{
		Model: os.Getenv("AIMO3_OLLAMA_ENDLESS"), Turns: []engine.Turn{{Role: "user", Text: "count"}}, Options: engine.Options{NumCtx: 4096},
	}, func(p engine.Piece) {
		if text(p) {
			cancel(engine.ErrStopped)
		}
	})
	return nil, err
}

// crowded asks for more replies at once than the server lets wait, while it loads the
// model, and returns what the first one came to that was refused.
func (r *realServer) crowded() error {
	const crowd = 8
	ends := make(chan error, crowd)
	for range crowd {
		go func() {
			_, err := r.reply(r.host, engine.Ask{Options: engine.Options{NumPredict: 1}}, nil, nil)
			ends <- err
		}()
	}
	var first error
	for range crowd {
		if err := <-ends; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// hostile has a model of random weights write bytes that a terminal would obey, which
// are heard as they are.
func (r *realServer) hostile() (*heard, error) {
	model := os.Getenv("AIMO3_OLLAMA_MODEL")
	control := func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f }
	for seed := range int64(20) {
		h, err := r.reply(r.host, engine.Ask{Model: model, Seed: seed, Options: engine.Options{NumPredict: 20}}, nil, nil)
		if err != nil || strings.ContainsFunc(h.String(), control) {
			return h, err
		}
	}
	return &heard{}, nil
}
