package main

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/cache/redis/redistest"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// readyPath answers 200 once a server can work.
const readyPath = "/readyz"

// mended is a server all of whose parts can be taken away and given back.
type mended struct {
	t              *testing.T
	db, address    string
	model          *httptest.Server // before the model server: it is this that is killed
	modelAt, truly string
	redis          *redistest.Server
	asked          int
}

// TestReadyAgain: whichever part is killed and comes back, the server answers again
// without a hand. It prints how soon after the part was there.
func TestReadyAgain(t *testing.T) {
	m := &mended{t: t, db: filepath.Join(t.TempDir(), "aimo3.db"), redis: redistest.Start(t), modelAt: "127.0.0.1:0"}
	m.truly = fake.NewServer(t, []fake.Step{fake.Say(`\boxed{42}`), fake.Done()}).URL
	m.startModel()
	flags := []string{"--cache-redis", m.redis.URL, "--tools", "off", "--samples", "1"}
	server, address := served(t, "127.0.0.1:0", m.model.URL, m.db, flags...)
	m.address = address
	m.until("an answer at the start", m.answered)
	fmt.Printf("%-34s %s\n", "killed", "time to an answer")

	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	m.tell("the server, ready", func() { served(t, address, m.model.URL, m.db, flags...) }, func() bool {
		resp, err := http.Get("http://" + address + readyPath)
		if err == nil {
			_ = resp.Body.Close()
		}
		return err == nil && resp.StatusCode == http.StatusOK
	})
	m.tell("the server, an attempt", func() {}, m.answered)

	m.model.CloseClientConnections()
	m.model.Close()
	if m.answered() {
		t.Error("an attempt is answered without a model server")
	}
	m.tell("the model server", m.startModel, m.answered)

	m.redis.Kill()
	m.tell("Redis, an attempt without it", func() {}, m.answered)
	m.tell("Redis, used again", m.redis.Restart, func() bool { return m.answered() && m.redis.Do("DBSIZE") != "0" })

	m.tell("a lock of the database", m.lock(), m.answered)
}

// tell gives a part back, waits until the server works, and prints how long that took.
func (m *mended) tell(what string, back func(), works func() bool) {
	m.t.Helper()
	begun := time.Now()
	back()
	m.until(what, works)
	ended := time.Now()
	fmt.Printf("%-34s %s\n", what, ended.Sub(begun).Round(time.Millisecond))
}

func (m *mended) until(what string, works func() bool) {
	m.t.Helper()
	for !works() {
		select {
		case <-m.t.Context().Done():
			m.t.Fatalf("%s: it never works again", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// answered says whether a new problem is answered.
func (m *mended) answered() bool {
	m.asked++
	body := fmt.Sprintf(`{"model":"aimo3","messages":[{"role":"user","content":"What is 42 times %d?"}]}`, m.asked)
	resp, err := http.Post("http://"+m.address+"/v1/chat/completions", "application/json", strings.NewReader(body))
	if err != nil {
		return false
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return err == nil && resp.StatusCode == http.StatusOK && strings.Contains(string(text), "42")
}

// startModel has something listen where the model server is reached.
func (m *mended) startModel() {
	m.t.Helper()
	l, err := net.Listen("tcp", m.modelAt)
	if err != nil {
		m.t.Fatal(err)
	}
	at, err := url.Parse(m.truly)
	if err != nil {
		m.t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(at)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) } // who asked has left
	m.modelAt = l.Addr().String()
	m.model = httptest.NewUnstartedServer(proxy)
	_ = m.model.Listener.Close()
	m.model.Listener = l
	m.model.Start()
	m.t.Cleanup(m.model.Close)
}

// lock locks the database as another program would, has an attempt wait for it, and
// returns what lets it go.
func (m *mended) lock() (let func()) {
	m.t.Helper()
	other, err := sql.Open("sqlite3", "file:"+m.db+"?_txlock=immediate&_busy_timeout=60000")
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = other.Close() })
	tx, err := other.BeginTx(m.t.Context(), nil)
	if err != nil {
		m.t.Fatal(err)
	}
	return func() { _ = tx.Rollback() }
}
