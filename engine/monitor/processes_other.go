//go:build !linux

package monitor

import (
	"context"
	"fmt"

	"github.com/shirou/gopsutil/v3/process"
)

// listProcesses asks the system for each process. Of one that it tells little of, as of
// another user, what it does not tell is 0.
func listProcesses(ctx context.Context) ([]listed, error) {
	running, err := process.ProcessesWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the processes: %w", err)
	}
	var all []listed
	for _, p := range running {
		name, err := p.NameWithContext(ctx)
		if err != nil {
			continue
		}
		parent, _ := p.PpidWithContext(ctx)
		l := listed{identity: identity{pid: int(p.Pid)}, parent: int(parent), name: name}
		if began, err := p.CreateTimeWithContext(ctx); err == nil {
			l.begun = uint64(began)
		}
		if rss, spent, err := usedBy(ctx, l.pid); err == nil {
			l.rss, l.spent = rss, spent
		}
		all = append(all, l)
	}
	return all, nil
}
