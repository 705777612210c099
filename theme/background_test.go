package theme

import "testing"

func TestBackground(t *testing.T) {
	tests := []struct {
		answer      string
		dark, known bool
	}{
		{"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;c", true, true},
		{"\x1b]11;rgb:ffff/ffff/ffff\a\x1b[?1;2c", false, true},
		{"\x1b]11;rgb:ff/ff/d0\a", false, true},
		{"\x1b]11;rgb:0/0/f\a", true, true},
		{"\x1b[?1;2c", false, false},
		{"\x1b]11;rgb:ff/ff\a", false, false},
		{"\x1b]11;rgb:zz/ff/ff\a", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		if dark, known := background(tt.answer); dark != tt.dark || known != tt.known {
			t.Errorf("background(%q) = %t, %t; want %t, %t", tt.answer, dark, known, tt.dark, tt.known)
		}
	}
}

// TestSilentPlaces: where an answer could come late nothing is asked.
func TestSilentPlaces(t *testing.T) {
	for _, env := range []map[string]string{{}, {"TERM": "dumb"}, {"TERM": "tmux-256color"}, {"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, {"TERM": "xterm", "TMUX": "x"}} {
		if !OnDark(func(name string) string { return env[name] }) {
			t.Errorf("%v: not taken to be dark", env)
		}
	}
}
