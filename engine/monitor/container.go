package monitor

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// containerMemory reads the memory limit that control groups set, if that is less
// than all of the memory; ok is false if there is none. A limit of any group from
// this program's own upwards binds it, and the room is that of the fullest. Files
// in the page cache count as free: they are dropped when memory is needed.
func containerMemory(proc, sys fs.FS, all uint64) (u Usage, ok bool) {
	lowest, room := all, all
	for _, group := range memoryGroups(proc) {
		limit, used, known := group.read(sys)
		if known && limit < all {
			lowest, room = min(lowest, limit), min(room, limit-min(used, limit))
		}
	}
	if lowest == all {
		return Usage{}, false
	}
	return Usage{Of: "this container", Used: lowest - min(room, lowest), Total: lowest}, true
}

// group is a control group that binds this program.
type group struct {
	dir string // in sys
	v1  bool
}

// memoryGroups are this program's own groups and all above them that can be seen,
// of both versions: on a hybrid system either may hold the limit.
func memoryGroups(proc fs.FS) []group {
	own, _ := fs.ReadFile(proc, "self/cgroup") // without it, what is mounted is looked at
	mounts, _ := fs.ReadFile(proc, "self/mountinfo")
	var all []group
	for _, v1 := range []bool{false, true} {
		point, root := hierarchy(string(mounts), v1)
		for within := inside(ownGroup(string(own), v1), root); ; within = path.Dir(within) {
			all = append(all, group{path.Join(point, within), v1})
			if within == "/" {
				break
			}
		}
	}
	return all
}

// ownGroup is this program's group by /proc/self/cgroup.
func ownGroup(text string, v1 bool) string {
	for line := range strings.Lines(text) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) < 3 {
			continue
		}
		ours := parts[1] == "" && !v1
		for name := range strings.SplitSeq(parts[1], ",") {
			ours = ours || v1 && name == "memory"
		}
		if ours {
			return path.Clean("/" + parts[2])
		}
	}
	return "/"
}

// hierarchy is where groups of a version are mounted, in sys, and which group is
// seen there: not the root where a container has no namespace of its own.
func hierarchy(mountinfo string, v1 bool) (point, root string) {
	for line := range strings.Lines(mountinfo) {
		place, system, _ := strings.Cut(strings.TrimSpace(line), " - ")
		left, right := strings.Fields(place), strings.Fields(system)
		if len(left) < 5 || len(right) < 3 {
			continue
		}
		ours := right[0] == "cgroup2" && !v1 || right[0] == "cgroup" && v1 && strings.Contains(","+right[2]+",", ",memory,")
		if at, under := strings.CutPrefix(left[4], "/sys/"); ours && under {
			return at, path.Clean("/" + left[3])
		}
	}
	if v1 {
		return "fs/cgroup/memory", "/"
	}
	return "fs/cgroup", "/"
}

// inside is a group as it is seen below root; root itself if it is not there.
func inside(group, root string) string {
	if root == "/" {
		return group
	}
	if within, under := strings.CutPrefix(group+"/", root+"/"); under {
		return path.Clean("/" + within)
	}
	return "/"
}

// read is the group's limit and what of its memory cannot be dropped; known is
// false where it sets no limit or does not tell its use.
func (g group) read(sys fs.FS) (limit, used uint64, known bool) {
	limits, use := []string{"memory.max", "memory.high"}, "memory.current"
	if g.v1 {
		limits, use = []string{"memory.limit_in_bytes"}, "memory.usage_in_bytes"
	}
	stat := readStat(sys, path.Join(g.dir, "memory.stat"))
	limit = stat["hierarchical_memory_limit"] // also of groups above that are out of sight; v1 alone has it
	for _, name := range limits {
		n, err := readCount(sys, path.Join(g.dir, name)) // "max" if there is no limit
		if err == nil && n > 0 && (limit == 0 || n < limit) {
			limit = n
		}
	}
	used, err := readCount(sys, path.Join(g.dir, use))
	if limit == 0 || err != nil {
		return 0, 0, false
	}
	dropped := stat["inactive_file"] + stat["active_file"]
	if g.v1 { // which counts the groups below under other names
		dropped = max(dropped, stat["total_inactive_file"]+stat["total_active_file"])
	}
	return limit, used - min(used, dropped), true
}

// readStat reads a file of names and numbers; what is no number is left out.
func readStat(sys fs.FS, name string) map[string]uint64 {
	text, err := fs.ReadFile(sys, name)
	if err != nil {
		return nil
	}
	stat := map[string]uint64{}
	for line := range bytes.Lines(text) {
		key, figure, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		if n, err := strconv.ParseUint(figure, 10, 64); err == nil {
			stat[key] = n
		}
	}
	return stat
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
