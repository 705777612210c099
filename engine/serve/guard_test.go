package serve

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

var wrongRequests = []struct {
	name, method, path, body string
	headers                  []string
	status                   int
	want                     string
}{
	{"no JSON", "POST", "/v1/attempts", `{"problem":`, nil, 400, "unexpected end of JSON"},
	{"more than one", "POST", "/v1/attempts", ask42 + ask42, nil, 400, "after top-level value"},
	{"no body", "POST", "/v1/attempts", "", nil, 400, "body is required"},
	{"a list", "POST", "/v1/attempts", `[1]`, nil, 422, "expected object"},
	{"wrong type", "POST", "/v1/attempts", `{"problem":7}`, nil, 422, "body.problem: expected string"},
	{"wrong type of a number", "POST", "/v1/attempts", `{"problem":"x","samples":"3"}`, nil, 422, "body.samples: expected integer"},
	{"a whole number with a point", "POST", "/v1/attempts", `{"problem":"x","samples":2.0}`, nil, 422, "samples cannot be number 2.0: whole numbers"},
	{"half a sample", "POST", "/v1/attempts", `{"problem":"x","samples":1.5}`, nil, 422, "body.samples: expected integer"},
	{"too many samples", "POST", "/v1/attempts", `{"problem":"x","samples":513}`, nil, 422, "body.samples: expected number <= 512"},
	{"unknown field", "POST", "/v1/attempts", `{"problem":"x","host":"http://169.254.169.254"}`, nil, 422, "body.host: unexpected property"},
	{"unsafe Python", "POST", "/v1/attempts", `{"problem":"x","unsafe_python":true}`, nil, 422, "unexpected property"},
	{"NUL in JSON", "POST", "/v1/attempts", `{"problem":"What is two\u0000 times two?"}`, nil, 422, "U+0000"},
	{"NUL between", "POST", "/v1/attempts", "{\"problem\":\x00\"a\"}", nil, 400, "invalid character"},
	{"not UTF-8", "POST", "/v1/attempts", "{\"problem\":\"a\xff\"}", nil, 400, "not UTF-8"},
	{"empty", "POST", "/v1/attempts", `{"problem":""}`, nil, 422, "body.problem"},
	{"nothing to see", "POST", "/v1/attempts", `{"problem":" \u200b "}`, nil, 422, "the problem is empty"},
	{"no such model", "POST", "/v1/attempts", `{"problem":"x","model":"qwen4"}`, nil, 422, "no model"},
	{"a model that is an address", "POST", "/v1/attempts", `{"problem":"x","model":"http://evil/x"}`, nil, 422, "no model"},
	{"budget without end", "POST", "/v1/attempts", `{"problem":"x","budget":"none"}`, nil, 422, "budget"},
	{"budget too long", "POST", "/v1/attempts", `{"problem":"x","budget":"200h"}`, nil, 422, "budget"},
	{"stop rule", "POST", "/v1/attempts", `{"problem":"x","stop":"soon"}`, nil, 422, "stop"},
	{"answer range", "POST", "/v1/attempts", `{"problem":"x","answer":"a"}`, nil, 422, "answer"},
	{"key", "POST", "/v1/attempts", `{"problem":"x","key":"` + strings.Repeat("1", 1001) + `"}`, nil, 422, "body.key"},
	{"deep", "POST", "/v1/attempts", strings.Repeat("[", 200) + strings.Repeat("]", 200), nil, 400, "deeper than 32"},
	{"a name twice", "POST", "/v1/attempts", `{"problem":"x","problem":"y"}`, nil, 400, `the name \"problem\" twice`},
	{"a name twice, once escaped", "POST", "/v1/attempts", `{"problem":"x","\u0070roblem":"y"}`, nil, 400, `the name \"problem\" twice`},
	{"a name twice, in another case", "POST", "/v1/attempts", `{"problem":"x","Problem":"y"}`, nil, 400, `the name \"Problem\" twice`},
	{"a name twice, deep", "POST", "/v1/chat/completions", `{"model":"aimo3","x":[{"a":1},{"a":{"b":"}","b":2}}],"messages":[]}`, nil, 400, `the name \"b\" twice`},
	{"too large", "POST", "/v1/attempts", `{"problem":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "at most 1048576 bytes"},
	{"type of content", "POST", "/v1/attempts", ask42, []string{"Content-Type", "text/plain"}, 415, "send JSON"},
	{"no type of content", "POST", "/v1/attempts", ask42, []string{"Content-Type", ""}, 415, "send JSON"},
	{"compressed", "POST", "/v1/attempts", ask42, []string{"Content-Encoding", "gzip"}, 415, "Content-Encoding"},
	{"body of a GET", "GET", "/v1/attempts", "{}", nil, 400, "has no body"},
	{"unknown query", "GET", "/v1/attempts?host=evil", "", nil, 422, "unknown query parameter"},
	{"limit", "GET", "/v1/attempts?limit=0", "", nil, 422, "query.limit"},
	{"page of nobody", "GET", "/v1/attempts?before=zzz", "", nil, 404, "no attempt has this ID"},
	{"no such attempt", "GET", "/v1/attempts/none", "", nil, 404, "no attempt has this ID"},
	{"the beginning of an ID", "GET", "/v1/attempts/0", "", nil, 404, "no attempt has this ID"},
	{"stop nobody", "POST", "/v1/attempts/none/stop", "", nil, 404, "no attempt has this ID"},
	{"delete nobody", "DELETE", "/v1/attempts/none", "", nil, 404, "no attempt has this ID"},
	{"no such path", "GET", "/etc/passwd", "", nil, 404, "nothing at this path"},
	{"a path with dots", "GET", "/v1/../v1/attempts", "", nil, 404, "nothing at this path"},
	{"two slashes", "GET", "//evil.example", "", nil, 404, "nothing at this path"},
	{"no HTML", "GET", "/docs", "", nil, 404, "nothing at this path"},
	{"method", "PUT", "/v1/attempts", ask42, nil, 405, "does not know the method PUT"},
	{"trace", "TRACE", "/v1/attempts", "", nil, 405, "does not know the method TRACE"},
	{"wrong Host", "GET", "/v1/attempts", "", []string{"Host", "evil.example"}, 421, "not called"},
	{"wrong Host with our port", "POST", "/v1/attempts", ask42, []string{"Host", "evil.example:8000"}, 421, "not called"},
	{"Host in the network", "GET", "/v1/attempts", "", []string{"Host", "192.168.1.1"}, 421, "not called"},
	{"another site", "POST", "/v1/attempts", ask42, []string{"Origin", "https://evil.example"}, 403, "other sites"},
	{"another site, told by the browser", "GET", "/v1/attempts", "", []string{"Sec-Fetch-Site", "cross-site"}, 403, "other sites"},
	{"no page at all", "POST", "/v1/attempts", ask42, []string{"Origin", "null"}, 403, "other sites"},
	{"event that is no number", "GET", "/v1/attempts/x/events", "", []string{"Last-Event-ID", "x"}, 422, "Last-Event-ID"},
	{"no metrics", "GET", "/metrics", "", nil, 404, "nothing at this path"},
	{"grade nothing", "POST", "/v1/grade", `{"rows":[]}`, nil, 422, "body.rows"},
	{"grade by a rule that is none", "POST", "/v1/grade", `{"rows":[{"gold":"1","pred":"1"}],"policy":"kind"}`, nil, 422, "policy"},
}

// TestRefused: whatever is wrong with a request, the answer has the right status and a
// problem with one line why, and nothing is begun.
func TestRefused(t *testing.T) {
	r := start(t, nil, replies("42"))
	for _, tt := range wrongRequests {
		got := r.ask(tt.method, tt.path, tt.body, tt.headers...)
		var p struct{ Type, Title, Detail, Instance string }
		if got.status != tt.status || !strings.Contains(got.body, tt.want) {
			t.Errorf("%s: %d %s, want %d with %q", tt.name, got.status, got.body, tt.status, tt.want)
			continue
		}
		got.into(t, &p)
		if p.Detail == "" || strings.Contains(p.Detail, "\n") || !strings.HasPrefix(p.Type, typePrefix) || p.Title != http.StatusText(tt.status) ||
			got.header.Get("Content-Type") != "application/problem+json" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
			got.header.Get("Cache-Control") != "no-store" || strings.Contains(got.body, "evil/x") && tt.status != 422 {
			t.Errorf("%s: %+v %v", tt.name, p, got.header)
		}
	}
	if n := len(r.model.Asked()); n > 0 {
		t.Errorf("%d requests were made of the model", n)
	}
}

// keyed is a server whose keys are words: as a rig's, but without a socket.
func (r *rig) keyed(change func(*Options)) (*API, func(method, path string, headers ...string) response) {
	o := r.with
	o.Check = func(req *http.Request, open bool, _ func(*http.Request) ([]byte, error)) (Who, error) {
		switch req.Header.Get("Authorization") {
		case "Bearer good":
			return Who{"ann", []Scope{Solve}}, nil
		case "Bearer meter":
			return Who{"meter", []Scope{Metrics}}, nil
		case "Bearer unread":
			return Who{}, &engine.Fault{Class: engine.Storage, What: "disk I/O error"}
		case "":
			if open {
				return Who{}, nil
			}
		}
		return Who{}, &Denied{"no such\nkey"}
	}
	o.Audit = audit.New(audit.Options{Rows: r.db.Audit(), KeyFile: r.db.Path() + audit.KeyEnd, Who: "machine", FrontEnd: "serve"})
	r.t.Cleanup(o.Audit.Close)
	change(&o)
	s := newServer(o, r.bounds)
	return s, func(method, path string, headers ...string) response {
		w, req := recorder(method, path, headers...)
		s.handler.ServeHTTP(w, req)
		return response{w.Code, w.Header(), w.Body.String()}
	}
}

// records are those of the audit log, but for the one of its key.
func (r *rig) records() (all []string) {
	r.t.Helper()
	err := r.db.Audit().Each(r.t.Context(), 1, func(_ int64, text, _ []byte) error {
		one, err := audit.Parse(text)
		all = append(all, fmt.Sprintf("%s by %q: %s %s, %s", one.FrontEnd, one.Who, one.Action, one.Object, one.Outcome))
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// TestKeys: without a key nothing is answered, with one of another scope neither; where keys
// cannot be read nobody is told that theirs is wrong. What was refused is counted in
// the audit log, by who asked if that is known.
func TestKeys(t *testing.T) {
	r := start(t, nil, replies("42"))
	left := 12
	s, ask := r.keyed(func(o *Options) {
		o.Allow = func(_ string, cost int) (Limits, bool) {
			left -= cost
			return Limits{Limit: 12, Remaining: max(left, 0), Window: time.Minute, Reset: 1500 * time.Millisecond, Retry: 700 * time.Millisecond}, left >= 0
		}
		o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "up 1\n") })
	})
	for _, tt := range []struct {
		path    string
		headers []string
		status  int
		want    string
	}{
		{"/v1/models", nil, 401, `"no such key"`},
		{"/v1/models", []string{"Authorization", "Bearer bad"}, 401, `"no such key"`},
		{"/v1/models", []string{"Authorization", "Basic good"}, 401, `"no such key"`},
		{"/v1/models", []string{"Authorization", "Bearer unread"}, 503, "keys cannot be read now"},
		{"/v1/models", []string{"Authorization", "Bearer good"}, 200, "fake"},
		{"/v1/models", []string{"Authorization", "Bearer meter"}, 403, "the scope"},
		{"/metrics", []string{"Authorization", "Bearer good"}, 403, "the scope"},
		{"/metrics", []string{"Authorization", "Bearer meter"}, 200, "up 1"},
		{"/openapi.json", nil, 401, "no such key"},
		{"/readyz", nil, 200, ""},
	} {
		if got := ask("GET", tt.path, tt.headers...); got.status != tt.status || !strings.Contains(got.body, tt.want) {
			t.Errorf("%s %v: %d %s, want %d %s", tt.path, tt.headers, got.status, got.body, tt.status, tt.want)
		}
	}
	got := ask("POST", "/v1/attempts", "Authorization", "Bearer good")
	if got.status == 429 || got.header.Get("RateLimit") != `"default";r=0;t=2` {
		t.Errorf("the last that is allowed: %+v", got)
	}
	got = ask("GET", "/v1/models", "Authorization", "Bearer good")
	if got.status != 429 || got.header.Get("Retry-After") != "1" || got.header.Get("RateLimit") != `"default";r=0;t=2` || got.header.Get("RateLimit-Policy") != `"default";q=12;w=60` {
		t.Errorf("one too many: %+v", got)
	}
	s.refused.Close()
	want := []string{
		`serve by "": refuse 192.0.2.1, refused: 4 with 401`,
		`serve by "key ann": refuse 192.0.2.1, refused: 1 with 403, 1 with 429`,
		`serve by "key meter": refuse 192.0.2.1, refused: 1 with 403`,
	}
	if got := r.records(); !slices.Equal(got, want) {
		t.Errorf("recorded\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestListening: nothing but loopback is listened on without a key and TLS.
func TestListening(t *testing.T) {
	for _, tt := range []struct {
		l    Listening
		keys bool
		want string
	}{
		{Listening{Address: "127.0.0.1:0"}, false, ""},
		{Listening{Address: "[::1]:0"}, false, ""},
		{Listening{Address: "localhost:0"}, false, ""},
		{Listening{Address: "8000"}, false, "no host and port"},
		{Listening{Address: ":8000"}, false, "there is no key"},
		{Listening{Address: "0.0.0.0:8000"}, false, "there is no key"},
		{Listening{Address: "192.168.1.1:8000", CertFile: "c", KeyFile: "k"}, false, "there is no key"},
		{Listening{Address: "0.0.0.0:8000"}, true, "without TLS"},
		{Listening{Address: "0.0.0.0:8000", CertFile: "c", KeyFile: "k"}, true, ""},
		{Listening{Address: "0.0.0.0:8000", CertFile: "c"}, true, "needs a certificate and its key"},
		{Listening{Address: "0.0.0.0:8000", BehindProxy: true}, false, ""},
	} {
		if err := tt.l.check(tt.keys); fmt.Sprint(err) == "<nil>" != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v with keys %v: %v, want %q", tt.l, tt.keys, err, tt.want)
		}
	}
}

// TestACrashOfAHandlerTellsNoSecret: the client is told that there was an error, and the log
// where, but nobody what the request showed to be let in. What a handler threw, which may
// quote a problem, is told only to a log of everything.
func TestACrashOfAHandlerTellsNoSecret(t *testing.T) {
	const secret = "cAnArY-7f3b-2e91"
	for name, shown := range map[string]string{
		"Authorization": "Bearer " + secret, "Cookie": secret, "Signature": "aimo3=:" + secret + ":", "Proxy-Authorization": "Basic " + secret, "X-Other": "told: " + secret,
	} {
		var log bytes.Buffer
		r := start(t, func(o *Options, _ *bounds) {
			o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			o.Metrics = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				panic(fmt.Sprintf("mistaken about %q of %v", r.Header.Get(name), r.Header))
			})
		}, replies("42"))
		got := r.ask("GET", "/metrics", "", name, shown)
		if err := r.end(); err != nil {
			t.Error(err)
		}
		if got.status != 500 || strings.Contains(got.body, secret) || !strings.Contains(log.String(), "mistaken about") || !strings.Contains(log.String(), "guard_test.go") {
			t.Errorf("%s: %d %s, log:\n%s", name, got.status, got.body, &log)
		}
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, "mistaken about") && !strings.Contains(line, "level=DEBUG") {
				t.Errorf("%s: what was thrown is told in %s", name, line)
			}
		}
		if told := strings.Contains(log.String(), secret); told != (name == "X-Other") {
			t.Errorf("%s: the log tells it: %v\n%s", name, told, &log)
		}
	}
}

// TestRude: clients that send slowly, or too much, or read nothing, are cut off, and
// another is served all the while.
func TestRude(t *testing.T) {
	r := start(t, func(_ *Options, b *bounds) { b.header, b.read = 300*time.Millisecond, 600*time.Millisecond }, replies("42"))
	dial := func(text string) net.Conn {
		c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = io.WriteString(c, text)
		return c
	}
	head := "POST /v1/attempts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	for _, tt := range []struct{ name, text, want string }{
		{"a header that never ends", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ", ""},
		{"a body that never comes", head + "Content-Length: 100\r\n\r\n{", "408"},
		{"a body in pieces that never ends", head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "408"},
		{"a piece that is none", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
		{"10 GB", head + "Content-Length: 10737418240\r\n\r\n{", "413"},
		{"100,000 bytes of header", "GET /readyz HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 100_000) + "\r\n\r\n", "431"},
		{"no Host", "GET /readyz HTTP/1.1\r\n\r\n", "400"},
		{"two Hosts", "GET /readyz HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", "400"},
		{"an absolute address", "GET http://evil.example/readyz HTTP/1.1\r\nHost: localhost\r\n\r\n", "421"},
		{"no HTTP", "\x16\x03\x01\x00\x00", "400"},
	} {
		c := dial(tt.text)
		status, err := bufio.NewReader(c).ReadString('\n')
		if tt.want == "" && err == nil && !strings.Contains(status, "408") || tt.want != "" && !strings.Contains(status, " "+tt.want+" ") {
			t.Errorf("%s: %q, %v, want %q", tt.name, status, err, tt.want)
		}
		if got := r.ask("GET", "/readyz", ""); got.status != 200 {
			t.Errorf("after %s another got %d", tt.name, got.status)
		}
	}
}
