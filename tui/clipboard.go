package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"

	"github.com/aimo3/aimo3/tui/termsafe"
)

// clipboard copies by the first way that works here: tmux, the clipboard's own tool, the
// terminal by OSC 52, a file. It may be used from any goroutine.
type clipboard struct {
	out    io.Writer
	getenv func(string) string
	// give hands text to a program; an error says that it did not take it.
	give func(text, program string, args ...string) error

	mu   sync.Mutex
	file string // that was written to before
}

func newClipboard(out io.Writer, getenv func(string) string) *clipboard {
	return &clipboard{out: out, getenv: getenv, give: give}
}

// maxOSC52 is how many bytes terminals take by OSC 52.
const maxOSC52 = 74_000

// copy copies text and says how; the words claim no more than is known. What is copied is
// what was seen: control characters of a model would be obeyed where the text is pasted.
func (c *clipboard) copy(text string) (how string, err error) {
	text = termsafe.Clean(text)
	if c.getenv("TMUX") != "" {
		if c.give(text, "tmux", "load-buffer", "-w", "-") == nil {
			return "is in tmux's buffer: its prefix and ] paste it", nil
		}
		if c.give(text, "tmux", "load-buffer", "-") == nil { // before 3.2
			return "is in tmux's buffer, and no further: its prefix and ] paste it", nil
		}
	}
	for _, tool := range c.tools() {
		if c.give(text, tool[0], tool[1:]...) == nil {
			return "is in the clipboard, by " + tool[0], nil
		}
	}
	switch remote := c.remote(); {
	case len(text) > maxOSC52 || c.getenv("TERM") == "dumb" || c.getenv("TERM") == "linux":
		return c.write(text)
	case remote:
		return c.send(text)
	}
	how, err = c.send(text) // a terminal of this machine may take it or not, and does not say
	if err != nil {
		return how, err
	}
	if file, err := c.write(text); err == nil {
		how += ", and " + file
	}
	return how, nil
}

// remote says whether the person is at another machine.
func (c *clipboard) remote() bool {
	return c.getenv("SSH_TTY") != "" || c.getenv("SSH_CONNECTION") != ""
}

// tools are the programs that reach the clipboard of the person, those to try first.
func (c *clipboard) tools() [][]string {
	var all [][]string
	if !c.remote() {
		if runtime.GOOS == "darwin" {
			all = append(all, []string{"pbcopy"})
		}
		if c.getenv("WAYLAND_DISPLAY") != "" {
			all = append(all, []string{"wl-copy"})
		}
	}
	if c.getenv("DISPLAY") != "" {
		all = append(all, []string{"xclip", "-selection", "clipboard"}, []string{"xsel", "--clipboard", "--input"})
	}
	if c.getenv("WSL_DISTRO_NAME") != "" {
		all = append(all, []string{"clip.exe"})
	}
	return all
}

// send asks the terminal, by OSC 52, to take text for its clipboard. Whether it did so
// cannot be known.
func (c *clipboard) send(text string) (how string, err error) {
	seq, how := osc52.New(termsafe.Clean(text)), "was sent to the terminal's clipboard"
	bytes := seq.String()
	switch {
	case c.getenv("TMUX") != "": // which form tmux lets through depends on its settings
		bytes, how = bytes+seq.Tmux().String(), how+" through tmux"
	case strings.HasPrefix(c.getenv("TERM"), "screen"):
		bytes, how = seq.Screen().String(), how+" through screen"
	}
	if _, err := io.WriteString(c.out, bytes); err != nil {
		return "", fmt.Errorf("send to the clipboard: %w", err)
	}
	return how, nil
}

// write writes text to a file that is its owner's alone, the same one every time.
func (c *clipboard) write(text string) (how string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.file == "" {
		f, err := os.CreateTemp(c.getenv("XDG_RUNTIME_DIR"), "aimo3-*.txt")
		if err != nil {
			return "", fmt.Errorf("copy to a file: %w", err)
		}
		c.file = f.Name()
		_ = f.Close()
	}
	if err := os.WriteFile(c.file, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("copy to a file: %w", err)
	}
	return "is in " + filepath.Clean(c.file), nil
}

// maxGiving is how long a program has to take a text.
const maxGiving = 3 * time.Second

func give(text, program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), maxGiving)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin, cmd.WaitDelay = strings.NewReader(text), maxGiving
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // it took the text, and goes on to hold it
		return nil
	}
	return err
}
