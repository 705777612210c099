package remote

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// line is what a client in a bubble asks in place of a socket: a server that is up or
// down, and the times at which it was asked how it is.
type line struct {
	mu    sync.Mutex
	down  bool
	looks []time.Time
	serve func(*http.Request) (*http.Response, error) // what else is asked
}

var errDown = &net.OpError{Op: "dial", Err: errors.New("connection refused")}

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.URL.Path == "/v1/server" {
		l.looks = append(l.looks, time.Now())
	}
	switch {
	case l.down:
		return nil, errDown
	case r.URL.Path == "/v1/server":
		return answered(`{"version":1}`), nil
	}
	return l.serve(r)
}

func (l *line) set(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
}

func answered(body string) *http.Response {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}
}

// client is a client of a line, in a bubble.
func (l *line) client(t *testing.T) *Client {
	t.Helper()
	at, err := ParseAddress("http://localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(Options{Address: at}, defaultBounds())
	c.http.Transport = l
	go c.Run(t.Context())
	return c
}

// TestPauses: a server that does not answer is asked again after 1, 2, 4, 8, 16 and then
// every 30 seconds, and the link says when; once it answers, every three seconds.
func TestPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{down: true}
		c := l.client(t)
		begun := time.Now()
		synctest.Wait()
		if link := c.link; link.State != engine.LinkLost || !link.Until.Equal(begun.Add(time.Second)) || !strings.Contains(link.Why, "connection refused") {
			t.Errorf("at first %+v", link)
		}
		time.Sleep(100 * time.Second)
		l.set(false)
		time.Sleep(40 * time.Second)
		synctest.Wait()
		var after []time.Duration
		for _, at := range l.looks {
			after = append(after, at.Sub(begun)/time.Second)
		}
		if want := []time.Duration{0, 1, 3, 7, 15, 31, 61, 91, 121, 124, 127, 130, 133, 136, 139}; !slices.Equal(after, want) {
			t.Errorf("asked after %d s, want %d", after, want)
		}
		if c.link.State != engine.LinkConnected || c.failed != 0 {
			t.Errorf("at last %+v", c.link)
		}
		l.set(true)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if link := c.link; link.State != engine.LinkLost || link.Until.Sub(time.Now()) > time.Second {
			t.Errorf("lost again: %+v", link)
		}
	})
}

// TestOneLinkForAll: however many watch when the connection breaks, the server is asked how
// it is once at each time, and they wait for that.
func TestOneLinkForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		asked := 0
		l.serve = func(*http.Request) (*http.Response, error) {
			asked++
			return nil, errDown
		}
		c := l.client(t)
		synctest.Wait()
		l.serve = func(*http.Request) (*http.Response, error) {
			asked++
			l.down = true
			return nil, errDown
		}
		for i := range 50 {
			go func() {
				_, _ = c.Watch(t.Context(), engine.AttemptID("01a"+string(rune('a'+i%26))+strings.Repeat("x", i)), func(engine.Event) error { return nil })
			}()
		}
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if len(l.looks) > 8 || asked > 50 {
			t.Errorf("%d looks, %d requests beside them", len(l.looks), asked)
		}
	})
}

// TestAServerThatAnswersAndBreaks every stream is asked less and less often.
func TestAServerThatAnswersAndBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, asked := &line{}, 0
		l.serve = func(*http.Request) (*http.Response, error) {
			asked++
			return nil, io.ErrUnexpectedEOF
		}
		c := l.client(t)
		go func() { _, _ = c.Watch(t.Context(), liarsID, func(engine.Event) error { return nil }) }()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if asked < 10 || asked > 20 {
			t.Errorf("%d streams in five minutes", asked)
		}
	})
}

// TestLostAnswers: a wish is sent again with the same key and the same words while answers
// are lost, and given up in the end; where nothing was reached it is sent once.
func TestLostAnswers(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lost  int
		err   error
		asked int
		want  string
	}{
		{"none lost", 0, nil, 1, ""},
		{"three lost", 3, io.ErrUnexpectedEOF, 4, ""},
		{"all lost", 1000, io.ErrUnexpectedEOF, 9, "broke before it answered"},
		{"never reached", 1000, errDown, 1, "no server of aimo3 answers"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &line{}
				var keys, bodies []string
				l.serve = func(r *http.Request) (*http.Response, error) {
					body, _ := io.ReadAll(r.Body)
					keys, bodies = append(keys, r.Header.Get("Idempotency-Key")), append(bodies, string(body))
					if len(keys) <= tt.lost {
						return nil, tt.err
					}
					return answered(`{"attempt":"01abc"}`), nil
				}
				c := l.client(t)
				synctest.Wait()
				id, _, err := c.Create(t.Context(), forty2, engine.Plan{}, false)
				if len(keys) != tt.asked || len(slices.Compact(keys)) != 1 || len(slices.Compact(bodies)) != 1 || len(keys[0]) < 20 {
					t.Errorf("asked %d times, want %d, with %q: %q", len(keys), tt.asked, keys, bodies)
				}
				if tt.want == "" && (err != nil || id != "01abc") || tt.want != "" && (engine.ClassOf(err) != engine.Unreachable || !strings.Contains(err.Error(), tt.want)) {
					t.Errorf("%s, %v, want %q", id, err, tt.want)
				}
				if _, _, err := c.Create(t.Context(), forty2, engine.Plan{}, false); err == nil && slices.Equal(keys[:1], keys[len(keys)-1:]) {
					t.Error("another wish has the same key")
				}
			})
		})
	}
}
