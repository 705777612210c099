package engine_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestHideSecrets(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"no address at all, me@home: 3://4", "no address at all, me@home: 3://4"},
		{"see https://ollama.com/download, then", "see https://ollama.com/download, then"},
		{"at http://127.0.0.1:11434: refused", "at http://127.0.0.1:11434: refused"},
		{"https://hf.co/@scope/model", "https://hf.co/@scope/model"},
		{"http://[::1]:11434/a", "http://[::1]:11434/a"},
		{"http://user:PW@h:11434/a", "http://***@h:11434/a"},
		{"HTTP://user:PW@h", "HTTP://***@h"},
		{"http://TOKEN@h", "http://***@h"},
		{"http://user:P%40W@h", "http://***@h"},
		{"http://user:P@W@h", "http://***@h"},
		{"http://user:PW%40h", "http://***@h"},
		{"http://user:P/W@h", "http://***@h"},
		{"http://user:P?W@h", "http://***@h"},
		{"http://user:P#W@h", "http://***@h"},
		{`parse "http://user:P W@h": invalid`, `parse "http://***@h": invalid`},
		{`parse \"http://user:P W@h\": invalid`, `parse \"http://***@h\": invalid`},
		{`invalid proxy address "socks5://user:PW@ h": parse "socks5://user:PW@ h": bad`, `invalid proxy address "socks5://***@ h": parse "socks5://***@ h": bad`},
		{`Get "https://h/v2?token=PW&x=1": EOF`, `Get "https://h/v2?***": EOF`},
		{"http://h/a?key=PW: refused (http://b:c@d)", "http://h/a?***: refused (http://***@d)"},
		{"http://h/#access_token=PW.", "http://h/#***."},
		{"map[HTTP_PROXY:http://u:PW@p:3128 HOME:/root]", "map[HTTP_PROXY:http://***@p:3128 HOME:/root]"},
		{"://", "://"},
		{"http://", "http://"},
		{"http://@", "http://***@"},
		{"'http://a:PW@h'", "'http://***@h'"},
	} {
		got := engine.HideSecrets(row.in)
		if got != row.want || strings.Contains(got, "PW") {
			t.Errorf("%q\n got %q\nwant %q", row.in, got, row.want)
		}
		if again := engine.HideSecrets(got); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
		f := &engine.Fault{What: row.in, Todo: row.in, Err: errors.New(row.in)}
		if strings.Contains(f.Error()+engine.Hint(f)+engine.Hint(f.Err), "PW") {
			t.Errorf("a fault tells: %s", engine.Hint(f))
		}
	}
}

// A program that is started is given what others may know.
func TestForOthers(t *testing.T) {
	own := []string{"HOME=/root", "AIMO3_REDIS_PASSWORD=PW", "OLLAMA_HOST=http://u:PW@h", "OLLAMA_MODELS=/m", "PATH=/bin", "AIMO3_="}
	if got := strings.Join(engine.ForOthers(own), " "); got != "HOME=/root OLLAMA_MODELS=/m PATH=/bin" {
		t.Errorf("got %q", got)
	}
}
