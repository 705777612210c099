package ollama

import (
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
	case <-time.After(stopTime):
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
	const most = 4 << 10
	if stat, err := f.Stat(); err == nil && stat.Size() > most {
		if _, err := f.Seek(-most, io.SeekEnd); err != nil {
			return ""
		}
	}
	b, _ := io.ReadAll(io.LimitReader(f, most)) // what can be read will do
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return clean(lines[len(lines)-1])
}
