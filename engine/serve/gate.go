package serve

import (
	"net"
	"net/netip"
	"sync"
	"syscall"

	"github.com/aimo3/aimo3/engine/secure/limit"
)

// maxConns is how many connections there may be: as many as there are descriptors for,
// but for those that the rest of the program needs.
func maxConns() int {
	const wanted, spare, fewest = 16_384, 256, 64
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil || limit.Cur > wanted+spare {
		return wanted
	}
	return max(int(limit.Cur)-spare, fewest) //nolint:gosec // a small number
}

// gate is a listener that closes connections beyond a number, in all and from one
// address, at once. Loopback is many clients, or a proxy, and has no bound of its own.
type gate struct {
	net.Listener
	all, each int

	mu   sync.Mutex
	open int
	from map[string]int
}

func newGate(l net.Listener, all, each int) *gate {
	return &gate{Listener: l, all: all, each: each, from: map[string]int{}}
}

// Accept waits for a connection that there is room for.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := hostname(c.RemoteAddr().String())
		if g.enter(from) {
			return &guest{Conn: c, leave: sync.OnceFunc(func() { g.leave(from) })}, nil
		}
		_ = c.Close()
	}
}

func (g *gate) enter(from string) bool {
	caller := callerAt(from)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open >= g.all || g.from[caller] >= g.each && !isLoopback(from) {
		return false
	}
	g.open++
	g.from[caller]++
	return true
}

func (g *gate) leave(from string) {
	caller := callerAt(from)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
	if g.from[caller]--; g.from[caller] == 0 {
		delete(g.from, caller)
	}
}

// callerAt is who asks from an address, as a limit counts them: of IPv6 a whole network.
func callerAt(from string) string {
	at, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	return limit.Address(at)
}

// guest is a connection that counts until it is closed.
type guest struct {
	net.Conn
	leave func()
}

// Close closes it.
func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}
