package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/cli"
)

// TestTheSettingOfKeys: commands list, judge and complete it.
func TestTheSettingOfKeys(t *testing.T) {
	home := t.TempDir()
	p := program()
	p.Environ = nil
	p.Getenv = func(name string) string { return map[string]string{"HOME": home, "TERM": "xterm"}[name] }
	for _, row := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"config", "keys"}, 0, "stop all"},
		{[]string{"config", "keys", "--keys", "stop all=Z"}, 0, " Z\n"},
		{[]string{"config", "keys", "--json"}, 0, `"action": "stop all"`},
		{[]string{"--keys", "stop all=s"}, 2, "--keys: “stop” and “stop all” are both on s on the screen live · give one of them another key"},
		{[]string{"config", "set", "keys", "stop al=Z"}, 2, "did you mean “stop all”"},
		{[]string{"__complete", "--keys", "stop al"}, 0, "stop all=\n"},
	} {
		var out, err bytes.Buffer
		code := cli.Run(t.Context(), p, row.args, strings.NewReader(""), &out, &err)
		if code != row.code || !strings.Contains(out.String()+err.String(), row.says) {
			t.Errorf("%q: %d, %s%s; want %d, %s", row.args, code, &out, &err, row.code, row.says)
		}
	}
}
