package monitor

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/shirou/gopsutil/v3/disk"
)

// flow makes rates of two counters, from one reading to the next, so it belongs to one
// goroutine.
type flow struct {
	in, out uint64
	at      time.Time // of the last counts; zero if there are none
}

// since takes what was counted by now. A counter that went back begins anew.
func (f *flow) since(now time.Time, in, out uint64, err error) Flow {
	if err != nil {
		f.at = time.Time{}
		return Flow{Value{Missing: err.Error()}, Value{Missing: err.Error()}}
	}
	before, passed := *f, now.Sub(f.at).Seconds()
	f.in, f.out, f.at = in, out, now
	if before.at.IsZero() || passed <= 0 || in < before.in || out < before.out {
		return Flow{Value{Missing: Measuring}, Value{Missing: Measuring}}
	}
	return Flow{Value{N: float64(in-before.in) / passed}, Value{N: float64(out-before.out) / passed}}
}

var (
	errNoDiskFlow = errors.New("this system does not tell what its disks do")
	errNoTraffic  = errors.New("no model server to ask")
)

// diskCounts are the bytes that all disks have read and written since the system started.
func diskCounts(ctx context.Context, proc, sys fs.FS) (read, written uint64, err error) {
	if runtime.GOOS == "linux" {
		return linuxDiskCounts(proc, sys)
	}
	counters, err := disk.IOCountersWithContext(ctx)
	if err != nil || len(counters) == 0 {
		return 0, 0, errNoDiskFlow
	}
	for _, c := range counters {
		read += c.ReadBytes
		written += c.WriteBytes
	}
	return read, written, nil
}

// linuxDiskCounts adds up whole disks that are devices: what partitions, mappings and RAM
// disks do is either among that or never reaches a disk.
func linuxDiskCounts(proc, sys fs.FS) (read, written uint64, err error) {
	const sector = 512 // of this file, whatever the disk's own is
	text, err := fs.ReadFile(proc, "diskstats")
	if err != nil {
		return 0, 0, errNoDiskFlow
	}
	found := false
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		columns := strings.Fields(lines.Text())
		if len(columns) < 10 || !device(sys, columns[2]) {
			continue
		}
		in, err1 := strconv.ParseUint(columns[5], 10, 64)
		out, err2 := strconv.ParseUint(columns[9], 10, 64)
		if err := errors.Join(err1, err2); err != nil {
			return 0, 0, fmt.Errorf("read /proc/diskstats: %w", err)
		}
		found, read, written = true, read+in*sector, written+out*sector
	}
	if !found {
		return 0, 0, errNoDiskFlow
	}
	return read, written, nil
}

// device says whether a name is that of a whole disk with a device behind it.
func device(sys fs.FS, name string) bool {
	_, err := fs.Stat(sys, path.Join("block", name, "device"))
	return err == nil
}
