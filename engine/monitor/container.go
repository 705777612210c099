package monitor

import (
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// containerMemory reads the memory limit that a container sets (cgroup v2); ok is
// false if there is none. The cache of files that could be dropped is not counted.
func containerMemory(sys fs.FS) (u Usage, ok bool) {
	const group = "fs/cgroup/"
	limit, err := readCount(sys, group+"memory.max") // "max" if there is no limit
	if err != nil || limit == 0 {
		return Usage{}, false
	}
	used, err := readCount(sys, group+"memory.current")
	if err != nil {
		return Usage{}, false
	}
	used -= min(used, inactiveFiles(sys, group+"memory.stat"))
	return Usage{Of: "this container", Used: min(used, limit), Total: limit}, true
}

func inactiveFiles(sys fs.FS, name string) uint64 {
	text, err := fs.ReadFile(sys, name)
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(text) {
		if rest, found := bytes.CutPrefix(line, []byte("inactive_file ")); found {
			n, err := strconv.ParseUint(string(bytes.TrimSpace(rest)), 10, 64)
			if err != nil {
				return 0
			}
			return n
		}
	}
	return 0
}

// readCount reads a file that holds one whole number.
func readCount(sys fs.FS, name string) (uint64, error) {
	text, err := fs.ReadFile(sys, name)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", name, err)
	}
	return n, nil
}
