package monitor

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// clockTicks is how many of the kernel's ticks make a second for programs: always 100.
const clockTicks = 100

// listProcesses reads one short file for each process, which costs 10 µs.
func listProcesses(ctx context.Context) ([]listed, error) { return listIn(ctx, procOf(ctx)) }

func listIn(ctx context.Context, proc fs.FS) ([]listed, error) {
	entries, err := fs.ReadDir(proc, ".")
	if err != nil {
		return nil, fmt.Errorf("list the processes: %w", err)
	}
	var all []listed
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		text, err := fs.ReadFile(proc, path.Join(e.Name(), "stat"))
		if err != nil {
			continue // it has ended
		}
		if l, ok := parseStat(pid, string(text)); ok {
			all = append(all, l)
		}
	}
	return all, nil
}

// parseStat reads /proc/PID/stat. The name, in parentheses, may hold anything, such as
// more of these.
func parseStat(pid int, text string) (l listed, ok bool) {
	open, closing := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || closing < open {
		return l, false
	}
	columns := strings.Fields(text[closing+1:]) // from the third on
	if len(columns) < 22 {
		return l, false
	}
	number := func(column int) uint64 {
		n, _ := strconv.ParseUint(columns[column-3], 10, 64) // the kernel writes numbers
		return n
	}
	l.pid, l.begun, l.name = pid, number(22), text[open+1:closing]
	l.parent = int(number(4))
	l.spent = float64(number(14)+number(15)) / clockTicks
	l.rss = number(24) * uint64(os.Getpagesize())
	return l, true
}
