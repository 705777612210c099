package serve

import (
	"net/http"
	"strings"
	"testing"
	"time"

	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestGuessesCost: what is answered with 401 or 403 costs the address, and once that has
// nothing left a key is not looked at, right or wrong. A key that is right costs the address
// nothing. Where the address is a proxy's, or nothing is shown and need be, it is not asked.
func TestGuessesCost(t *testing.T) {
	for name, tt := range map[string]struct {
		open, proxied bool
		authorization string
		allowed       int // of 30
		status        int // of those
	}{
		"wrong keys":                 {false, false, "Bearer bad", 10, 401},
		"no key":                     {false, false, "", 10, 401},
		"a wrong scope":              {false, false, "Bearer meter", 10, 403},
		"a right key":                {false, false, "Bearer good", 30, 200},
		"keys that cannot be read":   {false, false, "Bearer unread", 30, 503},
		"wrong keys, by a proxy":     {false, true, "Bearer bad", 30, 401},
		"wrong keys, on loopback":    {true, false, "Bearer bad", 10, 401},
		"nothing, where it need not": {true, false, "", 30, 200},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, nil)
			left, looked := 10, 0
			s, ask := r.keyed(func(o *Options) {
				check := o.Check
				o.Check = func(req *http.Request, open bool, body func(*http.Request) ([]byte, error)) (Who, error) {
					looked++
					return check(req, open, body)
				}
				o.AllowFrom = func(_ string, cost int) (Limits, bool) {
					if left < cost {
						return Limits{Limit: 10, Remaining: left, Window: time.Minute, Reset: time.Minute, Retry: 6 * time.Second}, false
					}
					left -= cost
					return Limits{}, true
				}
			})
			s.open, s.proxied = tt.open, tt.proxied
			var headers []string
			if tt.authorization != "" {
				headers = []string{"Authorization", tt.authorization}
			}
			for n := range 30 {
				got := ask("GET", "/v1/models", headers...)
				if n < tt.allowed {
					if got.status != tt.status {
						t.Fatalf("request %d: %+v, want %d", n+1, got, tt.status)
					}
					continue
				}
				if got.status != 429 || got.header.Get("Retry-After") != "6" || got.header.Get("RateLimit-Policy") != `"default";q=10;w=60` || got.header.Get("RateLimit") != `"default";r=0;t=60` || got.header.Get("WWW-Authenticate") != "" {
					t.Fatalf("request %d: %+v, want 429", n+1, got)
				}
			}
			if looked != tt.allowed {
				t.Errorf("%d keys were looked at, want %d", looked, tt.allowed)
			}
			if got := ask("GET", "/v1/models", "Authorization", "Bearer good"); (got.status == 200) != (tt.allowed == 30) {
				t.Errorf("a right key afterwards: %d", got.status)
			}
		})
	}
}

// TestDeleteElsewhere: an attempt that runs in one server is not deleted by another that
// shares its database, which says so; the first stops and deletes it.
func TestDeleteElsewhere(t *testing.T) {
	first := start(t, nil, []fake.Step{fake.Think("hm"), fake.Stall()}, []fake.Step{fake.Think("hm"), fake.Stall()})
	second := startOn(t, first.db.Path(), nil)
	id := string(first.create(`{"problem":"What is 6 times 7?","cache":false}`))
	got := second.ask("DELETE", "/v1/attempts/"+id, "")
	if want := "the attempt runs in another program: stop it there"; got.status != 409 || got.problem(t).Detail != want {
		t.Errorf("at the second: %d %s", got.status, got.body)
	}
	if got := second.ask("POST", "/v1/attempts/"+id+"/stop", ""); got.status != 409 {
		t.Errorf("stopped at the second: %d %s", got.status, got.body)
	}
	if got := first.ask("GET", "/v1/attempts/"+id, ""); got.status != 200 {
		t.Errorf("it is there no more: %d %s", got.status, got.body)
	}
	if got := first.ask("DELETE", "/v1/attempts/"+id, ""); got.status != 204 {
		t.Errorf("at the first: %d %s", got.status, got.body)
	}
	if got := second.ask("DELETE", "/v1/attempts/"+id, ""); got.status != 404 {
		t.Errorf("once it is deleted: %d %s", got.status, got.body)
	}
}

// told is a problem as a client reads it.
type told struct{ Type, Detail string }

func (a response) problem(t testing.TB) (p told) {
	t.Helper()
	a.into(t, &p)
	return p
}

// TestRepeatedNames: a name that comes twice in one object is found, however it is written,
// and one that comes in two objects is not.
func TestRepeatedNames(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"a":2}`:                           "a",
		`{"a":1,"\u0061":2}`:                      "a",
		`{"\ud83d\ude00":1,"😀":2}`:                "😀",
		`{"x":[{"b":{"a":1,"a":2}}]}`:             "a",
		`{"a":{"a":{"a":1}},"A":[]}`:              "A",
		`{"k":1,"\u212a":2}`:                      "\u212a",
		`{ "a" : [ {} , [] , "a" ] , "a" : null}`: "a",
		`{"a":"a","b":"a","c":["a","a"]}`:         "",
		`[{"a":1},{"a":2},["a","a"]]`:             "",
		`{"a":{"b":1},"b":{"a":1}}`:               "",
		`{"a\"":1,"a":2,"a\\":3}`:                 "",
		`{"a":"{\"a\":1,\"a\":2}"}`:               "",
		`"a"`:                                     "",
		`]]}}{"a":1,`:                             "",
		`{"a":1,"a`:                               "",
		`{"a`:                                     "",
		``:                                        "",
	} {
		if got, twice := repeated([]byte(text)); got != want || twice != (want != "") {
			t.Errorf("%s: %q, %v; want %q", text, got, twice, want)
		}
	}
}

// TestWhatIsDear: what has a model asked counts for ten, and nothing else does.
func TestWhatIsDear(t *testing.T) {
	r := start(t, nil)
	var cost int
	_, ask := r.keyed(func(o *Options) {
		o.Allow = func(_ string, n int) (Limits, bool) { cost = n; return Limits{}, true }
	})
	for request, want := range map[string]int{
		"POST /v1/attempts": 10, "POST /v1/chat/completions": 10, "POST /v1/attempts/a/extend": 10, "POST /v1/attempts/a/samples": 10,
		"GET /v1/attempts": 1, "POST /v1/attempts/a/hint": 1, "POST /v1/attempts/a/stop": 1, "POST /v1/grade": 1,
	} {
		method, path, _ := strings.Cut(request, " ")
		if ask(method, path, "Authorization", "Bearer good"); cost != want {
			t.Errorf("%s costs %d, want %d", request, cost, want)
		}
	}
}
