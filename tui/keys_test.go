//go:build linux

package tui

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/terminaltest"
)

// heard is a screen that notes the keys that reach it, and ends with ctrl+\.
type heard struct {
	busy
	keys []string
}

func (h *heard) Init() tea.Cmd { return nil }
func (h *heard) View() string  { return "listening" }

func (h *heard) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyMsg); ok {
		if k.Type == tea.KeyCtrlBackslash {
			return tea.Quit
		}
		h.keys = append(h.keys, k.String())
	}
	return nil
}

// TestKeysInARealTerminal types into the app through a terminal that script(1)
// makes, in pieces with some time between them.
func TestKeysInARealTerminal(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with: how keys reach the app through one is untested")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{
		strings.Repeat("\x1b[<64;23;10M", 40), "\x1b", "[D", "\x1b[3", "~", "\x1b[1;", "5D", "\x1b[20", "0~1+1\x1b", "[201~",
		"\x1b]11;rgb:0000/00", "00/0000\x1b", "\\", "\x1bP>|xterm", "(390)\x1b\\", "\x1b_Gi=1;OK\x1b", "\\", "\x1b[?62", ";c", "\xe7", "\xad\x94", "g g+",
	}
	const want = "left delete ctrl+left [1+1] 答 g   g +"
	for _, gap := range []time.Duration{10 * time.Millisecond, 60 * time.Millisecond, 200 * time.Millisecond} {
		t.Run(gap.String(), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), hang)
			defer cancel()
			cmd := exec.CommandContext(ctx, script, "-qec", "stty rows 0 cols 0; '"+self+"'", "/dev/null")
			cmd.Env = append(os.Environ(), fate+"=keys", "TERM=xterm-256color", "COLUMNS=", "LINES=")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if err := until(out, "listening"); err != nil {
				t.Fatalf("the app never came: %v", err)
			}
			for _, p := range pieces {
				_, _ = io.WriteString(in, p)
				time.Sleep(gap) // the input itself, nothing is waited for
			}
			_, _ = io.WriteString(in, "\x1c")
			rest, _ := io.ReadAll(out)
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
			_, keys, _ := strings.Cut(string(rest), "HEARD ")
			keys, _, _ = strings.Cut(keys, "\r\n")
			if withoutEsc(keys) != withoutEsc(want) {
				t.Errorf("%v: heard %q, want %q", gap, keys, want)
			}
		})
	}
}

// withoutEsc leaves out the Esc that the app hears while it still may be one.
func withoutEsc(keys string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(" "+strings.ReplaceAll(keys, " ", "  ")+" ", " esc ", " ")), " ")
}

// until reads what a terminal is sent until it shows a text.
func until(r io.Reader, text string) error {
	shown, some := terminaltest.New(defaultColumns, defaultRows), make([]byte, 4<<10)
	for !strings.Contains(shown.Text(), text) {
		n, err := r.Read(some)
		if _, _ = shown.Write(some[:n]); err != nil {
			return err
		}
	}
	return nil
}
