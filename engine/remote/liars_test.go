package remote

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const liarsID = engine.AttemptID("01abc")

// frame is an event as a server sends it.
func frame(id string, of engine.AttemptID, seq int, text string) string {
	return fmt.Sprintf("id: %s\nevent: delta\ndata: {\"attempt\":%q,\"seq\":%d,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"delta\",\"fact\":{\"sample\":0,\"channel\":\"reply\",\"text\":%q,\"frames\":1}}\n\n", id, of, seq, text)
}

func right(seq int) string { return frame(fmt.Sprint(seq), liarsID, seq, "x") }

// small are bounds that a test runs into soon.
func small() bounds {
	b := defaultBounds()
	b.eventBytes, b.answerBytes, b.streamEvents, b.streamBytes = 64<<10, 256<<10, 1000, 1<<20
	return b
}

// endless writes the same until nobody reads it, and counts what it wrote.
func endless(w io.Writer, text func(n int) string) (written int64) {
	for n := 1; ; n++ {
		size, err := io.WriteString(w, text(n))
		written += int64(size)
		if err != nil {
			return written
		}
	}
}

// TestLyingStreams: what is no stream of events of that attempt ends the watch with a fault
// that says so; what was right before it was put, and nothing after it.
func TestLyingStreams(t *testing.T) {
	finish := `data: {"attempt":"01abc","seq":3,"at":"2026-01-01T00:00:00Z","kind":"attempt_finished","fact":{"verdict":{}}}` + "\n\n"
	for _, tt := range []struct {
		name, stream string
		put          int
		want         string
	}{
		{"the event of another attempt", right(1) + frame("2", "01abd", 2, "x") + right(3), 1, "of another attempt"},
		{"a number that falls", right(1) + right(5) + right(4), 2, "comes again, or late"},
		{"an event that comes again", right(1) + right(2) + right(2), 2, "comes again, or late"},
		{"an id that is not its number", right(1) + frame("3", liarsID, 2, "x"), 1, "another number than its id"},
		{"no id", right(1) + strings.TrimPrefix(right(2), "id: 2\n"), 1, "another number than its id"},
		{"an id that is no number", frame("1e0", liarsID, 1, "x"), 0, "another number than its id"},
		{"a negative one", frame("-1", liarsID, -1, "x"), 0, "cannot be read"},
		{"what is no JSON", "id: 1\ndata: {\n\n", 0, "cannot be read"},
		{"a fact of another form", "id: 1\ndata: {\"attempt\":\"01abc\",\"seq\":1,\"kind\":\"delta\",\"fact\":[]}\n\n", 0, "cannot be read"},
		{"HTML", "<html>\n\n" + right(1) + "id: 3\n" + finish, 2, ""},
		{"a longer event than there are", "id: 1\ndata: " + strings.Repeat("x", 100<<10), 0, "longer than any can be"},
		{"one of many lines", strings.Repeat("data: "+strings.Repeat("x", 1<<10)+"\n", 100), 0, "longer than any can be"},
		{"a fact that is not known here", "id: 1\ndata: {\"attempt\":\"01abc\",\"seq\":1,\"kind\":\"later\",\"fact\":{}}\n\nid: 3\n" + finish, 2, ""},
		{"ends of lines of another kind", strings.ReplaceAll(right(1)+"id: 3\n"+finish, "\n", "\r\n"), 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
				if !isServer(w, r) {
					_, _ = io.WriteString(w, tt.stream)
				}
			}), small())
			events, over, err := all(t, c, liarsID)
			if len(events) != tt.put || !over {
				t.Errorf("put %d events, over %v; want %d", len(events), over, tt.put)
			}
			if tt.want == "" && err != nil || tt.want != "" && (engine.ClassOf(err) != engine.Garbled || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestEndlessStreams: a line, a comment, events and an answer without end are each given
// up; of lines and events no more is read than the bounds say.
func TestEndlessStreams(t *testing.T) {
	for _, tt := range []struct {
		name string
		text func(n int) string
		want string
	}{
		{"a line", func(int) string { return strings.Repeat("data: x", 1<<10) }, "longer than any can be"},
		{"lines of one event", func(int) string { return "data: x\n" }, "longer than any can be"},
		{"names of one event", func(n int) string { return fmt.Sprintf("id: %d\n", n) }, "longer than any can be"},
		{"signs of life", func(int) string { return ": still here\n\n" }, "more events than an attempt can have"},
		{"events", right, "more events than an attempt can have"},
		{"large events", func(n int) string { return frame(fmt.Sprint(n), liarsID, n, strings.Repeat("x", 30<<10)) }, "more events than an attempt can have"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wrote := make(chan int64, 1)
			c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
				if !isServer(w, r) {
					wrote <- endless(w, tt.text)
				}
			}), small())
			events, _, err := all(t, c, liarsID)
			if engine.ClassOf(err) != engine.Garbled || !strings.Contains(err.Error(), tt.want) || len(events) > small().streamEvents {
				t.Errorf("%d events, %v", len(events), err)
			}
			if n := <-wrote; n > 64<<20 { // buffers of sockets are megabytes
				t.Errorf("%d bytes were sent", n)
			}
		})
	}
}

// TestEventsWithoutEnd: of events that are each right a client takes as many as an attempt
// can have, and not one more; REMOTE_EVENTS says how many that are here.
func TestEventsWithoutEnd(t *testing.T) {
	b := defaultBounds()
	b.streamEvents = 50_000
	if n, err := strconv.Atoi(os.Getenv("REMOTE_EVENTS")); err == nil {
		b.streamEvents = n
	}
	c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
		if !isServer(w, r) {
			endless(w, right)
		}
	}), b)
	n := 0
	_, err := c.Watch(t.Context(), liarsID, func(engine.Event) error {
		n++
		return nil
	})
	if n != b.streamEvents || engine.ClassOf(err) != engine.Garbled {
		t.Errorf("%d events, %v", n, err)
	}
}

// TestOddAnswers: what is no answer of a server of this program is told in one line,
// and none is asked for again.
func TestOddAnswers(t *testing.T) {
	type answer struct {
		status       int
		header, body string
	}
	const problem = "Content-Type: application/problem+json"
	said := func(kind, detail string) string {
		return fmt.Sprintf(`{"type":"urn:aimo3:problem:%s","detail":%q}`, kind, detail)
	}
	for name, tt := range map[string]struct {
		answer
		class engine.Class
		want  string
	}{
		"a page":                {answer{200, "Content-Type: text/html", "<html>"}, engine.Garbled, "its answer is not JSON"},
		"half of it":            {answer{200, "Content-Type: application/json", `{"attempt":`}, engine.Garbled, "cannot be read"},
		"far too much":          {answer{200, "Content-Type: application/json", `{"x":"` + strings.Repeat("x", 300<<10)}, engine.Garbled, "longer than"},
		"no ID":                 {answer{202, "Content-Type: application/json", `{"state":"running"}`}, engine.Garbled, "has no ID"},
		"an ID that is none":    {answer{202, "Content-Type: application/json", `{"attempt":"../x"}`}, engine.Garbled, "has no ID"},
		"a redirect":            {answer{302, "Location: http://127.0.0.1:1/", ""}, engine.Invalid, "leads elsewhere (status 302), which is not followed"},
		"a status of its own":   {answer{418, "", "teapot"}, engine.Garbled, "status 418"},
		"something in front":    {answer{502, "Content-Type: text/html", "<html>"}, engine.Unreachable, "answers with status 502"},
		"no key":                {answer{401, problem, said("unauthorized", "no key")}, engine.Invalid, "wants a key: no key"},
		"the wrong scope":       {answer{403, problem, said("wrong_scope", "not this one")}, engine.Invalid, "not this one"},
		"a wrong problem":       {answer{422, problem, said("invalid", "the problem is empty")}, engine.Invalid, "the problem is empty"},
		"a model that is none":  {answer{422, problem, said("no_model", "no model x")}, engine.NoModel, "no model x"},
		"too many":              {answer{429, "Retry-After: 7", said("rate_limited", "too many requests")}, engine.Busy, "try again in 7s"},
		"no room":               {answer{503, "Retry-After: 5", said("full", "as many as there is room for")}, engine.Busy, "as many as there is room for"},
		"no model server":       {answer{503, problem, said("unreachable", "the model server cannot be used")}, engine.Unreachable, "the model server cannot be used"},
		"an error of its own":   {answer{500, problem, said("internal", "see its log")}, engine.Internal, "see its log"},
		"a class that is none":  {answer{500, problem, said("weird", "odd")}, engine.Unknown, "odd"},
		"a detail without end":  {answer{422, problem, said("invalid", strings.Repeat("x", 1<<16))}, engine.Garbled, "status 422"},
		"a name that is not it": {answer{421, problem, said("wrong_host", "not called x")}, engine.Invalid, "--allow-host"},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int64
			c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
				if isServer(w, r) {
					return
				}
				asked.Add(1)
				if name, value, is := strings.Cut(tt.header, ": "); is {
					w.Header().Set(name, value)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}), small())
			connected(t, c)
			_, _, err := c.Create(t.Context(), forty2, engine.Plan{}, false)
			if engine.ClassOf(err) != tt.class || !strings.Contains(engine.Hint(err), tt.want) || asked.Load() != 1 {
				t.Errorf("asked %d times: %s: %v, want %s: %q", asked.Load(), engine.ClassOf(err), err, tt.class, tt.want)
			}
		})
	}
}

// TestRefusalsEndTheLink: a server that rejects this key, leads elsewhere or is
// another program's is not asked again, and whoever watches is told.
func TestRefusalsEndTheLink(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"rejected this key": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(401)
			_, _ = io.WriteString(w, `{"type":"urn:aimo3:problem:unauthorized","detail":"the key was revoked"}`)
		},
		"leads elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
		},
		"not JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Ollama is running") },
		"what it is": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := clientOf(t, served(t, handle), small(), "secret-key")
			next := c.LinkWatch()
			l, _ := next(t.Context())
			for l.State == engine.LinkConnecting {
				l, _ = next(t.Context())
			}
			if l.State != engine.LinkGone || !strings.Contains(l.Why, name) || strings.Contains(l.Why, "secret-key") {
				t.Errorf("%+v", l)
			}
			if err := c.Hello(t.Context()); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("hello: %v", err)
			}
			if f := c.Server(t.Context()).Fault; f == nil || !strings.Contains(f.What, name) {
				t.Errorf("server: %v", f)
			}
		})
	}
}

// TestLists that no server would give are refused.
func TestLists(t *testing.T) {
	for body, want := range map[string]string{
		`{"attempts":[{"id":"a/../b"}]}`:            "an invalid ID",
		`{"attempts":[{"id":"a"},{"id":"b"}]}`:      "more attempts than were asked for",
		`{"attempts":[{"id":"a","begun":"never"}]}`: "cannot be read",
	} {
		c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
			if !isServer(w, r) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, body)
			}
		}), small())
		if got, err := c.Attempts(t.Context(), engine.Filter{Limit: 1}); engine.ClassOf(err) != engine.Garbled || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want %q", body, got, err, want)
		}
	}
}

// TestPassages that no server would give are refused.
func TestPassages(t *testing.T) {
	for body, want := range map[string]string{
		`{"found":{"sample":-1,"text":"x"}}`:                                    "an impossible passage",
		`{"found":{"sample":1,"cell":-2,"text":"x"}}`:                           "an impossible passage",
		`{"found":{"sample":1,"text":"` + strings.Repeat("x", 2000) + `"}}`:     "an impossible passage",
		`{"found":{"sample":99999999999999999999,"text":"more than a number"}}`: "cannot be read",
	} {
		c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
			if !isServer(w, r) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, body)
			}
		}), small())
		if p, ok, err := c.Passage(t.Context(), "a", "x"); ok || engine.ClassOf(err) != engine.Garbled || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v, want %q", body, p, err, want)
		}
	}
}

// TestSilence: a stream on which nothing comes is given up, and taken up again.
func TestSilence(t *testing.T) {
	b := small()
	b.silence = 10 * time.Millisecond // what runs into it never ends
	var times atomic.Int64
	c := clientOf(t, served(t, func(w http.ResponseWriter, r *http.Request) {
		if isServer(w, r) {
			return
		}
		if times.Add(1) == 1 {
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
			return
		}
		_, _ = io.WriteString(w, frame("x", liarsID, 1, "x"))
	}), b)
	_, _, err := all(t, c, liarsID)
	if fault := new(engine.Fault); !errors.As(err, &fault) || times.Load() < 2 {
		t.Errorf("%v after %d connections", err, times.Load())
	}
}
