package remote

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// TestTheKeyIsNotRepeated: what a server, or something in front of it, says of a request with
// the key in it is shown without.
func TestTheKeyIsNotRepeated(t *testing.T) {
	const key = "a-key-of-another-form"
	for name, handle := range map[string]http.HandlerFunc{
		"a problem": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = fmt.Fprintf(w, `{"type":"urn:aimo3:problem:unauthorized","detail":"nobody has %s"}`, r.Header.Get("Authorization"))
		},
		"no HTTP": func(w http.ResponseWriter, r *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(c, r.Header.Get("Authorization")+" is odd\n\n")
				_ = c.Close()
			}
		},
		"checks": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			said := "saw " + r.Header.Get("Authorization")
			_, _ = fmt.Fprintf(w, `{"version":1,"checks":[{"component":"x","what":%q,"todo":%[1]q}],"model_server":{"fault":{"what":%[1]q,"todo":%[1]q}}}`, said)
		},
	} {
		t.Run(name, func(t *testing.T) {
			at, err := ParseAddress(served(t, handle))
			if err != nil {
				t.Fatal(err)
			}
			c := newClient(Options{Address: at, Key: secure.NewSecret(key)}, small())
			said := fmt.Sprintf("%v %+v", c.Hello(t.Context()), c.link)
			for _, f := range c.Check(t.Context()) {
				said += fmt.Sprintf(" %+v", f)
			}
			if f := c.Server(t.Context()).Fault; f != nil {
				said += " " + engine.Hint(f)
			}
			if !strings.Contains(said, engine.Hidden) || strings.Contains(said, key) {
				t.Error(said)
			}
		})
	}
}
