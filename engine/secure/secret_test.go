package secure_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

const canary = "cAnArY-7f3b"

// holders are values that hold a secret in every place in which one can stand.
func holders() map[string]any {
	s := secure.NewSecret(canary)
	type inner struct{ hidden secure.Secret }
	return map[string]any{
		"itself": s, "pointer": &s, "slice": []secure.Secret{s}, "map": map[string]secure.Secret{"k": s}, "any": []any{s},
		"exported field":   struct{ S secure.Secret }{s},
		"unexported field": inner{s}, "pointer to it": &inner{s}, "deep": map[string][]inner{"k": {{s}}},
		"array": [1]inner{{s}}, "fault": &engine.Fault{What: fmt.Sprint("wrong ", s), Err: fmt.Errorf("cause %v %s %q", s, s, s)},
	}
}

// TestASecretIsShownNowhere: no way of printing, encoding or logging gives it.
func TestASecretIsShownNowhere(t *testing.T) {
	for name, v := range holders() {
		var out bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%c", "%U", "%t", "%10.3s", "% x"} {
			fmt.Fprintf(&out, verb, v)
		}
		fmt.Fprintln(&out, v)
		_ = json.NewEncoder(&out).Encode(v)
		_ = xml.NewEncoder(&out).Encode(v)
		_ = gob.NewEncoder(&out).Encode(v)
		for _, h := range []slog.Handler{
			slog.NewTextHandler(&out, &slog.HandlerOptions{Level: engine.Dump}), slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: engine.Dump}),
		} {
			slog.New(h).With("with", v).Debug("said", "v", v, slog.Group("g", "v", v))
		}
		out.WriteString(panicked(v))
		if hex := fmt.Sprintf("%x", canary); strings.Contains(out.String(), canary) || strings.Contains(strings.ToLower(out.String()), hex) {
			t.Errorf("%s: it is told: %s", name, &out)
		}
	}
	s := secure.NewSecret(canary)
	for _, got := range []string{fmt.Sprint(s), s.String(), fmt.Sprintf("%#v", s), fmt.Sprintf("%q", s)} {
		if got != "***" {
			t.Errorf("shown as %q, want ***", got)
		}
	}
	if text, err := json.Marshal(struct{ S secure.Secret }{s}); err != nil || string(text) != `{"S":"***"}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	if s.Reveal() != canary || s.Empty() || !secure.NewSecret("").Empty() || (secure.Secret{}).Reveal() != "" {
		t.Error("a secret does not hold its text")
	}
}

// panicked is what is printed of a panic with a value.
func panicked(v any) (said string) {
	defer func() { said = fmt.Sprintf("%v %+v", recover(), errors.New("after")) }()
	panic(v)
}

// TestAPIKeysAreHidden: what looks like an API key is hidden wherever secrets are, but
// for its ID.
func TestAPIKeysAreHidden(t *testing.T) {
	secret := strings.Repeat("aB3-_", 8) + "xyz"
	for in, want := range map[string]string{
		"Bearer aimo3_0123456789_" + secret + ", sent":   "Bearer aimo3_0123456789_***, sent",
		"aimo3_0123456789_" + secret:                     "aimo3_0123456789_***",
		"twice aimo3_a_" + secret + " aimo3_b_" + secret: "twice aimo3_a_*** aimo3_b_***",
		"http://u:pw@h and aimo3_a_" + secret:            "http://***@h and aimo3_a_***",
		"aimo3_test and aimo3_x_short":                   "aimo3_test and aimo3_x_short",
	} {
		if got := engine.HideSecrets(in); got != want || engine.HideSecrets(got) != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}
