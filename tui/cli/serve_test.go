package cli

import (
	"strings"
	"testing"
)

// TestServeRefused: what would be open to a network is refused, in one line.
func TestServeRefused(t *testing.T) {
	b := newBench(t).boxes("336")
	for args, want := range map[string]string{
		"--listen 0.0.0.0:0":                            "there is no key",
		"--listen 8000":                                 "no host and port",
		"--listen 127.0.0.1:0 --tls-cert x":             "needs a certificate and its key",
		"--listen 127.0.0.1:0 --tls-cert x --tls-key y": "cannot use the certificate",
		"--attempts 0":                                  "is not a whole number from 1",
		"--no-save":                                     "unknown flag --no-save",
		"now":                                           "takes no arguments",
	} {
		b.wantCode(b.run(append([]string{"serve"}, strings.Fields(args)...)...), exitUsage)
		if !strings.Contains(b.err.String(), want) || strings.Count(b.err.String(), "\n") != 1 {
			t.Errorf("serve %s: %q, want one line with %q", args, b.err.String(), want)
		}
	}
}
