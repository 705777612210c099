package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine/cache/redis"
	"github.com/aimo3/aimo3/engine/ollama"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/tui/cli"
)

// spellings are the texts by which a secret may be told: itself, as bytes that were
// printed, and within base64, as a browser sends it, at each place where that may cut.
func spellings(secret string) []string {
	all := []string{secret, hex.EncodeToString([]byte(secret)), strings.Trim(fmt.Sprintf("%d", []byte(secret)), "[]")}
	for before := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", before) + secret))
		all = append(all, strings.TrimRight(text, "=")[(before*8+5)/6:(before+len(secret))*8/6])
	}
	return all
}

// toldIn is where a text tells a secret, with what stands before; "" if it does not.
func toldIn(text, secret string) string {
	for _, one := range spellings(secret) {
		if at := strings.Index(text, one); at >= 0 {
			return fmt.Sprintf("…%s %q", text[max(at-200, 0):at], one)
		}
	}
	return ""
}

// TestASecretThatIsToldIsSeen: the search finds a secret however it was printed.
func TestASecretThatIsToldIsSeen(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://h/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{"", "u", "ab", "abc"} {
		r.SetBasicAuth(user, canary)
		for _, text := range []string{fmt.Sprintf("%v", r.Header), fmt.Sprintf("%x %q", []byte(canary+user), user), fmt.Sprintf("%d", []byte(user+canary)), fmt.Sprintf("%+v", struct{ s string }{user + canary}), "http://" + user + ":" + canary + "@h/"} {
			if toldIn(text, canary) == "" {
				t.Errorf("not seen in %s", text)
			}
		}
	}
	if seen := toldIn(secure.NewSecret(canary).String()+canary[1:], canary); seen != "" {
		t.Errorf("seen where it is not: %s", seen)
	}
}

// holders are things that hold the secret, each as somebody might print it.
func holders() map[string]any {
	secret := secure.NewSecret(canary)
	key := signature.HMAC("id", []byte(canary))
	client, _ := ollama.New("http://u:" + canary + "@127.0.0.1:9/" + canary + "?k=" + canary)
	tier, _ := redis.New("redis://127.0.0.1:9/0", secret)
	return map[string]any{
		"secret": secret, "within": struct {
			s secure.Secret
			p *secure.Secret
		}{secret, &secret},
		"an error": fmt.Errorf("cannot open it with %v, %+v, %#v, %s, %q, %x", secret, secret, secret, secret, secret, secret),
		"key":      key, "keys": struct {
			k signature.Key
			p *signature.Key
		}{key, &key},
		"ed25519": struct{ k signature.Key }{signature.Ed25519("id", ed25519.NewKeyFromSeed([]byte(canary+canary)))},
		"model":   client, "its host": client.Host(), "redis": tier, "its name": tier.Name(),
	}
}

// crash is this program as it ends when something throws in a goroutine that has secrets
// in hand: what it holds, as it is or printed, or nothing, which is a mistake in memory.
func crash(how string) {
	all, done := holders(), make(chan struct{})
	what, printed := strings.CutSuffix(how, ", printed")
	go func() {
		defer close(done)
		switch held := all[what]; {
		case how == "told":
			panic("the secret is " + canary)
		case printed:
			panic(fmt.Sprintf("%v %+v %#v", held, held, held))
		case held != nil:
			panic(held)
		}
		var none *signature.Key
		inHand(all, canary, none)
	}()
	<-done
}

//go:noinline
func inHand(_ map[string]any, _ string, none *signature.Key) { _ = none.Refused[1:] }

// TestACrashTellsNoSecret: whatever is thrown, and whatever is in hand, the last words of
// the program hold no secret.
func TestACrashTellsNoSecret(t *testing.T) {
	ways := []string{"told", "nothing"}
	for what := range holders() {
		ways = append(ways, what, what+", printed")
	}
	for _, how := range ways {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), crashing+"="+how, "GOTRACEBACK=all")
		out, err := cmd.CombinedOutput()
		seen := toldIn(string(out), canary)
		if err == nil || !strings.Contains(string(out), "goroutine ") || (seen != "") != (how == "told") {
			t.Errorf("%s: %v, told %q in\n%s", how, err, seen, out)
		}
	}
}

// guest is a server of this program's that holds secrets, and all that it sends.
type guest struct {
	*premises
	url, key, id string
	secret       string // of the key
	cmd          *exec.Cmd
	answers      strings.Builder
}

// newGuest starts a server whose model server, Redis and collector each are shown the
// secret, with the log at its fullest.
func newGuest(t *testing.T) (g *guest, collected func() string) {
	t.Helper()
	g = &guest{premises: newPremises(t, canary)}
	t.Setenv("AIMO3_REDIS_PASSWORD", canary)
	t.Setenv("AIMO3_OTLP", collector(t, &collected)+"/v1/traces?token="+canary)
	t.Setenv("AIMO3_HOST", strings.Replace(os.Getenv("OLLAMA_HOST"), "://", "://u:"+canary+"@", 1)+"/?token="+canary)
	var bearer bytes.Buffer
	if code := cli.Run(t.Context(), program(), []string{"auth", "key", "create", "--name", "grader", "--scope", "solve,metrics,admin"}, strings.NewReader(""), &bearer, &g.told); code != 0 {
		t.Fatalf("code %d: %s", code, &g.told)
	}
	g.key = strings.TrimSpace(bearer.String())
	g.id, g.secret, _ = secure.Split(g.key)
	said, err := os.Create(filepath.Join(g.home, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = said.Close() })
	g.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], "serve", "--listen", "127.0.0.1:0", "--debug", "--cache-redis", g.redis)
	g.cmd.Env, g.cmd.Stderr, g.cmd.Stdout = append(os.Environ(), programming+"=1", "GOTRACEBACK=all"), said, said
	if err := g.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.cmd.Process.Kill(); _ = g.cmd.Wait() })
	g.url = "http://" + g.address()
	return g, collected
}

// address waits until the server says where it listens.
func (g *guest) address() string {
	g.t.Helper()
	for {
		text, err := os.ReadFile(filepath.Join(g.home, "stderr"))
		if _, after, found := strings.Cut(string(text), "serves at "); found && strings.Contains(after, "\n") {
			return strings.Fields(after)[0]
		}
		if err != nil || g.cmd.ProcessState != nil || syscall.Kill(g.cmd.Process.Pid, 0) != nil {
			g.t.Fatalf("no server: %v, %s", err, text)
		}
	}
}

// collector takes spans, tells what it was sent but for the address, and takes none.
func collector(t *testing.T, collected *func() string) (url string) {
	var mu sync.Mutex
	var all strings.Builder
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(&all, r.Header, string(body))
		http.Error(w, "no token "+r.URL.RawQuery, http.StatusForbidden)
	}))
	t.Cleanup(s.Close)
	*collected = func() string { mu.Lock(); defer mu.Unlock(); return all.String() }
	return s.URL
}

// ask sends a request and keeps the answer.
func (g *guest) ask(method, path, body string, headers ...string) (status int, text string) {
	g.t.Helper()
	r, err := http.NewRequestWithContext(g.t.Context(), method, g.url+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	fmt.Fprintln(&g.answers, method, resp.Status, resp.Header, string(all))
	return resp.StatusCode, string(all)
}

// TestAServerTellsNoSecret: what clients show, right or wrong, and what the server shows to
// others, is in no answer, log, metric, record, span, export or dump of its goroutines.
// What stands beside it is, so the log, the records and the dump are those of its work.
func TestAServerTellsNoSecret(t *testing.T) {
	g, collected := newGuest(t)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("u:"+canary))
	wrong := "Bearer aimo3_0123456789_" + (canary + strings.Repeat("x", 43))[:43]
	for _, path := range []string{"/v1/models", "/metrics", "/health", "/v1/attempts?words=" + canary, "/v1/attempts/mArKeR", "/mArKeR?key=" + canary} {
		for want, shown := range map[int][]string{
			200: {"Authorization", "Bearer " + g.key},
			401: {"Authorization", wrong},
			0:   {"Authorization", basic, "X-Api-Key", canary, "Cookie", "key=" + canary, "Proxy-Authorization", basic},
			402: {"Authorization", "Bearer " + g.key, "Authorization", wrong, "Signature", "aimo3=:" + canary + ":", "Signature-Input", "aimo3=();nonce=\"" + canary + "\""},
		} {
			if got, text := g.ask("GET", path, "", shown...); want == 401 && got != want || want == 200 && got != want && !strings.Contains(path, "mArKeR") {
				t.Errorf("%s with %q: %d %s", path, shown, got, text)
			}
		}
	}
	status, text := g.ask("POST", "/v1/chat/completions", `{"model":"aimo3","messages":[{"role":"user","content":"What is 2+2, as a number?"}]}`, "Authorization", "Bearer "+g.key)
	if status != 200 || !strings.Contains(text, "4") {
		t.Errorf("%d %s", status, text)
	}
	g.ask("POST", "/v1/attempts", `{"problem":{"`+canary+`":1},"token":"`+canary+`"}`, "Authorization", "Bearer "+g.key)
	_, metrics := g.ask("GET", "/metrics", "", "Authorization", "Bearer "+g.key)
	if err := g.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	_ = g.cmd.Wait() // it dumps its goroutines, and dies
	for _, args := range []string{"audit list --json", "audit export -", "audit verify", "log", "metrics --json", "history show last --json", "history profile last --traces", "auth key list", "db backup " + filepath.Join(g.home, "b.db")} {
		if code, out := g.run("", strings.Fields(args)...); code != 0 {
			t.Errorf("%s: code %d, %s", args, code, out)
		}
	}
	for name, text := range map[string]string{"an answer": g.answers.String(), "a span": collected(), "a command": g.told.String()} {
		for _, secret := range []string{canary, g.secret} {
			if seen := toldIn(text, secret); seen != "" {
				t.Errorf("%s tells: %s", name, seen)
			}
		}
	}
	g.kept(map[string][]string{"stderr": {"SIGQUIT", "goroutine 1 "}, "aimo3.log": {"/mArKeR", g.id, "spans not sent", "***@127.0.0.1"}, "b.db": {g.id}})
	if !strings.Contains(metrics, "aimo3_attempts_total{") || !strings.Contains(g.told.String(), g.id) || !strings.Contains(collected(), "attempt") {
		t.Errorf("no attempt in the metrics, no key in the records or no span:\n%s\n%s\n%s", metrics, &g.told, collected())
	}
}

// kept holds every file of the home to having no secret, and some to having what they are
// to have.
func (g *guest) kept(wanted map[string][]string) {
	g.t.Helper()
	err := filepath.WalkDir(g.home, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, secret := range []string{canary, g.secret} {
			if seen := toldIn(string(text), secret); seen != "" {
				g.t.Errorf("%s holds it: %s", path, seen)
			}
		}
		for _, want := range wanted[d.Name()] {
			if !bytes.Contains(text, []byte(want)) {
				g.t.Errorf("%s has no %q:\n%.3000s", path, want, text)
			}
		}
		delete(wanted, d.Name())
		return err
	})
	if err != nil || len(wanted) > 0 {
		g.t.Errorf("%v; there are no %v", err, wanted)
	}
}

// TestAnAddressToListenAtTellsNoSecret: one with a user is refused and not told.
func TestAnAddressToListenAtTellsNoSecret(t *testing.T) {
	host := fake.NewServer(t).URL
	for _, listen := range []string{
		"http://u:" + canary + "@127.0.0.1:0", "u:" + canary + "@127.0.0.1:0", canary + "@127.0.0.1:0", canary + "@0.0.0.0:0", "u:" + canary + "@mArKeR",
		"127.0.0.1:0?key=" + canary, "127.0.0.1:0/" + canary, "127.0.0.1/" + canary + ":0", canary + "%40127.0.0.1:0",
	} {
		for _, more := range [][]string{nil, {"--insecure-behind-proxy"}, {"--tls-cert", "c", "--tls-key", "k"}} {
			out, said, code := process(t, nil, append([]string{"serve", "--listen", listen, "--host", host, "--debug", "--log", "-", "--db", filepath.Join(t.TempDir(), "a.db")}, more...)...)
			if seen := toldIn(out+said, canary); seen != "" || code != 2 || !strings.Contains(said, "127.0.0.1:8000") {
				t.Errorf("%s: code %d, told %s in\n%s", listen, code, seen, said)
			}
		}
	}
}
