package monitor

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// Role is what a process is to this program.
type Role string

// The roles, in the order in which they are told of.
const (
	RoleOwn     Role = "aimo3"
	RoleServer  Role = "server"  // a model server that runs here
	RoleRunner  Role = "runner"  // what a model server started, as to run a model
	RoleSandbox Role = "sandbox" // runs the cells of a sample
)

// Process is one that matters here.
type Process struct {
	PID  int
	Name string // short, printable
	Role Role
	CPU  Value  // percent of one core
	RSS  uint64 // resident memory, bytes
}

// Processes finds the processes that matter: this program, its sandbox, and model servers
// on this machine with what they started. It looks when it is asked, and keeps nothing
// running. It may be used by several goroutines.
type Processes struct {
	own     int
	sandbox func() []int
	list    func(context.Context) ([]listed, error)

	mu    sync.Mutex
	spent map[identity]float64 // seconds, at the last look
	at    time.Time            // of the last look
}

// listed is a process as the system lists it.
type listed struct {
	identity
	parent int
	name   string
	spent  float64 // seconds that it had of the processors
	rss    uint64
}

// identity tells a process from another one that gets its number later.
type identity struct {
	pid   int
	begun uint64 // when, in whatever unit
}

// NewProcesses returns a Processes for this program, whose sandbox has the processes that
// the given function tells; nil if there is none. It has to be fast.
func NewProcesses(sandbox func() []int) *Processes {
	if sandbox == nil {
		sandbox = func() []int { return nil }
	}
	return &Processes{own: os.Getpid(), sandbox: sandbox, list: listProcesses}
}

// Read looks once. Those of one role stand together, the busiest first. The share of the
// processors is that since the last look; the first has none. Looks that are less than a
// tenth of a second apart tell little.
func (p *Processes) Read(ctx context.Context) ([]Process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	all, err := p.list(ctx)
	if err != nil {
		return nil, err
	}
	roles := p.roles(all)
	spent, passed := map[identity]float64{}, now.Sub(p.at).Seconds()
	var found []Process
	for _, l := range all {
		role := roles[l.pid]
		if role == "" {
			continue
		}
		share := Value{Missing: Measuring}
		if before, known := p.spent[l.identity]; known && passed > 0 {
			share = Value{N: max(0, l.spent-before) / passed * 100}
		}
		spent[l.identity] = l.spent
		found = append(found, Process{PID: l.pid, Name: oneLine(l.name), Role: role, CPU: share, RSS: l.rss})
	}
	p.spent, p.at = spent, now
	order := []Role{RoleOwn, RoleServer, RoleRunner, RoleSandbox}
	slices.SortFunc(found, func(a, b Process) int {
		return cmp.Or(slices.Index(order, a.Role)-slices.Index(order, b.Role), cmp.Compare(b.CPU.N, a.CPU.N), a.PID-b.PID)
	})
	return found, nil
}

// roles are what processes are here, by number; most of a machine are nothing.
func (p *Processes) roles(all []listed) map[int]Role {
	roles, parents := map[int]Role{p.own: RoleOwn}, make(map[int]int, len(all))
	for _, pid := range p.sandbox() {
		roles[pid] = RoleSandbox
	}
	servers := map[int]bool{}
	for _, l := range all {
		parents[l.pid] = l.parent
		if serves(l.name) {
			servers[l.pid] = true
		}
	}
	for _, l := range all {
		switch {
		case roles[l.pid] != "":
		case under(l.pid, parents, func(pid int) bool { return servers[pid] }):
			roles[l.pid] = RoleRunner
		case servers[l.pid]:
			roles[l.pid] = RoleServer
		case under(l.pid, parents, func(pid int) bool { return roles[pid] == RoleSandbox }):
			roles[l.pid] = RoleSandbox
		}
	}
	return roles
}

// under says whether a process was started by one that is something, or by one that such
// a one started.
func under(pid int, parents map[int]int, is func(int) bool) bool {
	for range len(parents) { // a list that changes while it is read may hold a circle
		parent, known := parents[pid]
		if !known {
			return false
		}
		if is(parent) {
			return true
		}
		pid = parent
	}
	return false
}

// serves says whether a program of this name is a model server. One that our own started
// is called the same, and told by its parent.
func serves(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".exe")
	return slices.Contains([]string{"ollama", "llama-server", "ollama app"}, name)
}
