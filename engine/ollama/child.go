package ollama

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// child is one run of the server.
type child struct {
	host string
	cmd  *exec.Cmd
	gone chan struct{} // closed once the process has ended
	err  error         // how it ended; to be read once gone is closed
}

func (c *child) alive() bool {
	select {
	case <-c.gone:
		return false
	default:
		return true
	}
}

// stop asks the process to end, makes it end if it does not, and waits.
func (c *child) stop() {
	if !c.alive() {
		return
	}
	if err := terminate(c.cmd.Process); err != nil && !errors.Is(err, os.ErrProcessDone) {
		kill(c.cmd.Process)
	}
	select {
	case <-c.gone:
	case <-time.After(stopTimeout):
		kill(c.cmd.Process)
		<-c.gone
	}
}

func freePort(ctx context.Context) (int, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	addr, err := netip.ParseAddrPort(ln.Addr().String())
	return int(addr.Port()), errors.Join(err, ln.Close())
}

// lastLine is the last line of the file, fit to be shown; "" if there is none.
func lastLine(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	const maxBytes = 4 << 10
	if stat, err := f.Stat(); err == nil && stat.Size() > maxBytes {
		if _, err := f.Seek(-maxBytes, io.SeekEnd); err != nil {
			return ""
		}
	}
	b, _ := io.ReadAll(io.LimitReader(f, maxBytes)) // what can be read will do
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return clean(lines[len(lines)-1])
}

// hidingLog passes the lines of a server's log on without the secrets of
// addresses: Ollama begins it with its environment, proxies and their passwords.
type hidingLog struct {
	to   io.Writer
	held []byte // a line that has not ended
}

// maxLogLineBytes bounds what is held of a line.
const maxLogLineBytes = 64 << 10

// Write implements io.Writer. It never fails: a full disk is no reason to end the server.
func (l *hidingLog) Write(p []byte) (int, error) {
	l.held = append(l.held, p...)
	if n := bytes.LastIndexByte(l.held, '\n') + 1; n > 0 {
		l.pass(n)
	}
	if len(l.held) > maxLogLineBytes {
		l.flush()
	}
	return len(p), nil
}

func (l *hidingLog) flush() { l.pass(len(l.held)) }

func (l *hidingLog) pass(n int) {
	_, _ = io.WriteString(l.to, engine.HideSecrets(string(l.held[:n]))) // as said above
	l.held = append(l.held[:0], l.held[n:]...)
}
