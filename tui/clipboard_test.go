package tui

import (
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The first way that works is taken, and the words say which that was.
func TestCopySaysWhatHappened(t *testing.T) {
	code := base64.StdEncoding.EncodeToString([]byte("336"))
	plain := "\x1b]52;c;" + code + "\x07"
	for _, row := range []struct {
		name, env, works string // works is the program that takes the text
		text, sent, how  string
	}{
		{"tmux", "TMUX=/tmp/x DISPLAY=:0", "tmux load-buffer -w -", "336", "", "is in tmux's buffer: its prefix and ] paste it"},
		{"an old tmux", "TMUX=/tmp/x", "tmux load-buffer -", "336", "", "is in tmux's buffer, and no further: its prefix and ] paste it"},
		{"a tmux that is gone", "TMUX=/tmp/x SSH_TTY=/dev/pts/1", "", "336", plain + "\x1bPtmux;\x1b\x1b]52;c;" + code + "\x07\x1b\\", "was sent to the terminal's clipboard through tmux"},
		{"X", "DISPLAY=:0", "xclip -selection clipboard", "336", "", "is in the clipboard, by xclip"},
		{"X by the other tool", "DISPLAY=:0", "xsel --clipboard --input", "336", "", "is in the clipboard, by xsel"},
		{"Wayland", "WAYLAND_DISPLAY=w DISPLAY=:0", "wl-copy", "336", "", "is in the clipboard, by wl-copy"},
		{"Wayland of another machine", "WAYLAND_DISPLAY=w SSH_TTY=/dev/pts/1", "wl-copy", "336", plain, "was sent to the terminal's clipboard"},
		{"far away", "SSH_TTY=/dev/pts/1", "", "336", plain, "was sent to the terminal's clipboard"},
		{"screen", "SSH_TTY=/dev/pts/1 TERM=screen.xterm", "", "336", "\x1bP\x1b]52;c;" + code + "\x07\x1b\\", "was sent to the terminal's clipboard through screen"},
		{"a terminal here", "TERM=xterm", "", "336", plain, "was sent to the terminal's clipboard, and is in FILE"},
		{"the console", "TERM=linux", "", "336", "", "is in FILE"},
		{"too long for a terminal", "SSH_TTY=/dev/pts/1", "", strings.Repeat("x", 100_000), "", "is in FILE"},
	} {
		var out bytes.Buffer
		dir := t.TempDir()
		c := newClipboard(&out, func(k string) string {
			for pair := range strings.FieldsSeq(row.env + " XDG_RUNTIME_DIR=" + dir) {
				if name, value, _ := strings.Cut(pair, "="); name == k {
					return value
				}
			}
			return ""
		})
		c.give = func(text, program string, args ...string) error {
			if text != row.text || strings.Join(append([]string{program}, args...), " ") != row.works {
				return errors.New("not here")
			}
			return nil
		}
		how, err := c.copy(row.text)
		if files, _ := filepath.Glob(dir + "/*"); len(files) == 1 {
			how = strings.ReplaceAll(how, files[0], "FILE")
			held, err := os.ReadFile(files[0])
			if info, _ := os.Stat(files[0]); err != nil || string(held) != row.text || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: the file holds %.20q, %v", row.name, held, err)
			}
		}
		if err != nil || how != row.how || out.String() != row.sent {
			t.Errorf("%s: wrote %q and said %q, %v; want %q and %q", row.name, out.String(), how, err, row.sent, row.how)
		}
	}
}

// A real tmux has the text in its buffer, whole.
func TestCopyIntoARealTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("SKIPPED: no tmux: whether it takes what is copied is untested")
	}
	dir := t.TempDir()
	tmux := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), "tmux", append([]string{"-S", dir + "/s", "-f", "/dev/null"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "cat")
	defer tmux("kill-server")
	t.Setenv("TMUX", strings.TrimSpace(tmux("display-message", "-p", "#{socket_path},#{pid},0")))
	c := newClipboard(&bytes.Buffer{}, os.Getenv)
	want := "$\\frac{1}{2}$ 答\n" + strings.Repeat("x", 200_000)
	how, err := c.copy(want)
	if got := tmux("show-buffer"); err != nil || !strings.Contains(how, "tmux's buffer") || got != want {
		t.Errorf("said %q, %v; the buffer has %d bytes, want %d", how, err, len(got), len(want))
	}
}

func TestOnlyTextIsCopied(t *testing.T) {
	for in, want := range map[string]string{
		"x = 2\n\ty ~ 答 é":                           "x = 2\n\ty ~ 答 é",
		"a\x1b[201~\rrm -rf\x00\x7f":                 "a␛[201~␍rm -rf␀␡",
		"\x1b]52;c;ZXZpbA==\x07\u009d0;t\u009c":      "␛]52;c;ZXZpbA==␇⟨U+009D⟩0;t⟨U+009C⟩",
		"\u202e12\u2069\u200b\U000e0041\ufeff\u2028": "⟨U+202E⟩12⟨U+2069⟩⟨U+200B⟩⟨U+E0041⟩⟨U+FEFF⟩⟨U+2028⟩",
		"\xff\x9b2J": "\ufffd\ufffd2J",
	} {
		var out bytes.Buffer
		c := newClipboard(&out, func(k string) string { return map[string]string{"SSH_TTY": "/dev/pts/1"}[k] })
		_, err := c.copy(in)
		code, ok := strings.CutPrefix(strings.TrimSuffix(out.String(), "\x07"), "\x1b]52;c;")
		got, bad := base64.StdEncoding.DecodeString(code)
		if err != nil || bad != nil || !ok || string(got) != want {
			t.Errorf("%q: copied %q, %v, %v; want %q", in, got, err, bad, want)
		}
	}
}
