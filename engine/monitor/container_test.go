package monitor

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestLimitsOfControlGroups is of /proc and /sys as they are recorded on systems
// of each kind. Sizes are in GiB, in a machine of 8 of which 6 are free.
func TestLimitsOfControlGroups(t *testing.T) {
	const (
		v2      = "0::/user.slice/job.scope\n"
		v1      = "12:pids:/user.slice\n9:cpuset,memory:/docker/ab\n1:name=systemd:/docker/ab\n"
		huge    = "9223372036854771712"
		mountV2 = "31 24 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"
		mountV1 = "35 31 0:30 / /sys/fs/cgroup/memory ro,nosuid master:9 - cgroup cgroup rw,cpuset,memory\n"
	)
	gib := func(n float64) uint64 { return uint64(n * (1 << 30)) }
	type files map[string]string
	for _, c := range []struct {
		name          string
		cgroup, mount string
		sys           files // below fs/cgroup; a figure in GiB has a G at its end
		used, total   float64
	}{
		{"nothing set", v2, mountV2, files{"memory.stat": "inactive_file 5"}, 2, 8},
		{"own group", v2, mountV2, files{"user.slice/job.scope/memory.max": "4G", "user.slice/job.scope/memory.current": "1G"}, 1, 4},
		{"the group above", v2, mountV2, files{"user.slice/memory.max": "4G", "user.slice/memory.current": "3G", "user.slice/job.scope/memory.max": "max", "user.slice/job.scope/memory.current": "1G"}, 3, 4},
		{"the least of both", v2, mountV2, files{"user.slice/memory.max": "6G", "user.slice/memory.current": "2G", "user.slice/job.scope/memory.max": "4G", "user.slice/job.scope/memory.current": "1G"}, 1, 4},
		{"a group above that is nearly full", v2, mountV2, files{"user.slice/memory.max": "6G", "user.slice/memory.current": "5.5G", "user.slice/job.scope/memory.max": "4G", "user.slice/job.scope/memory.current": "1G"}, 3.5, 4},
		{"a limit that slows down", v2, mountV2, files{"user.slice/job.scope/memory.max": "max", "user.slice/job.scope/memory.high": "3G", "user.slice/job.scope/memory.current": "1G"}, 1, 3},
		{"below the limit that kills", v2, mountV2, files{"memory.max": "4G", "memory.high": "3G", "memory.current": "1G"}, 1, 3},
		{"a namespace", "0::/\n", mountV2, files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"a group outside the namespace", "0::/../../other\n", mountV2, files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"a group that is gone", "0::/user.slice/x (deleted)\n", mountV2, files{"user.slice/memory.max": "4G", "user.slice/memory.current": "1G"}, 1, 4},
		{"no namespace, the group mounted alone", "0::/docker/ab\n", "31 24 0:26 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n", files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"below the group that is mounted", "0::/docker/ab/sub\n", "31 24 0:26 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n", files{"sub/memory.max": "2G", "sub/memory.current": "1G"}, 1, 2},
		{"mounted from beside", "0::/docker/abc\n", "31 24 0:26 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n", files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"a mount above the namespace", "0::/\n", "31 24 0:26 /../.. /sys/fs/cgroup ro - cgroup2 cgroup rw\n", files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"nothing told of groups", "", "", files{"memory.max": "4G", "memory.current": "1G"}, 1, 4},
		{"cached files, in use and not", "0::/\n", mountV2, files{"memory.max": "4G", "memory.current": "3.8G", "memory.stat": "anon 9\nfile 8\ninactive_file 1G\nactive_file 2.5G\n"}, 0.3, 4},
		{"more cached than used", "0::/\n", mountV2, files{"memory.max": "4G", "memory.current": "1G", "memory.stat": "inactive_file 1G\nactive_file 1G\n"}, 0, 4},
		{"odd statistics", "0::/\n", mountV2, files{"memory.max": "4G", "memory.current": "1G", "memory.stat": "inactive_file -3\nactive_file\n\x00"}, 1, 4},
		{"an odd limit", "0::/\n", mountV2, files{"memory.max": "lots", "memory.high": "", "memory.current": "1G"}, 2, 8},
		{"v1", v1, mountV1, files{"memory/docker/ab/memory.limit_in_bytes": "4G", "memory/docker/ab/memory.usage_in_bytes": "1G"}, 1, 4},
		{"v1 without a limit", v1, mountV1, files{"memory/docker/ab/memory.limit_in_bytes": huge, "memory/docker/ab/memory.usage_in_bytes": "1G"}, 2, 8},
		{"v1, the group above", v1, mountV1, files{"memory/docker/ab/memory.limit_in_bytes": huge, "memory/docker/ab/memory.usage_in_bytes": "1G", "memory/docker/memory.limit_in_bytes": "3G", "memory/docker/memory.usage_in_bytes": "2G"}, 2, 3},
		{"v1, mounted alone", v1, "35 31 0:30 /docker/ab /sys/fs/cgroup/memory ro master:9 - cgroup cgroup rw,memory\n", files{"memory/memory.limit_in_bytes": "4G", "memory/memory.usage_in_bytes": "1G"}, 1, 4},
		{"v1, a limit out of sight", v1, mountV1, files{"memory/docker/ab/memory.limit_in_bytes": huge, "memory/docker/ab/memory.usage_in_bytes": "1G", "memory/docker/ab/memory.stat": "hierarchical_memory_limit 2G"}, 1, 2},
		{"v1 with cached files", v1, mountV1, files{"memory/docker/ab/memory.limit_in_bytes": "4G", "memory/docker/ab/memory.usage_in_bytes": "3.5G", "memory/docker/ab/memory.stat": "inactive_file 0\ntotal_inactive_file 1G\ntotal_active_file 1.5G"}, 1, 4},
		{"v1, nothing told", "", "", files{"memory/memory.limit_in_bytes": "4G", "memory/memory.usage_in_bytes": "1G"}, 1, 4},
		{"hybrid", v1 + "0::/init.scope\n", mountV1 + "36 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw\n", files{"memory/docker/ab/memory.limit_in_bytes": "4G", "memory/docker/ab/memory.usage_in_bytes": "1G", "unified/init.scope/cgroup.procs": "1"}, 1, 4},
		{"hybrid, the limit in v2", v1 + "0::/a\n", mountV1 + "36 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw\n", files{"unified/a/memory.max": "2G", "unified/a/memory.current": "1G"}, 1, 2},
		{"other controllers' mounts", v1, "33 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n33 31 0:29 / /mnt/memory rw - cgroup cgroup rw,memory\nhalf a line\n", files{"memory/docker/ab/memory.limit_in_bytes": "4G", "memory/docker/ab/memory.usage_in_bytes": "1G"}, 1, 4},
		{"a use that is hidden", "0::/\n", mountV2, files{"memory.max": "4G"}, 2, 8},
		{"a limit above all there is", "0::/\n", mountV2, files{"memory.max": "64G", "memory.current": "1G"}, 2, 8},
	} {
		sys := map[string]string{}
		for name, text := range c.sys {
			sys["fs/cgroup/"+name] = inBytes(text, gib)
		}
		proc := map[string]string{
			"meminfo":     "MemTotal: 8388608 kB\nMemFree: 1048576 kB\nMemAvailable: 6291456 kB\nCached: 4194304 kB\n",
			"self/cgroup": c.cgroup, "self/mountinfo": c.mount,
		}
		want := Usage{Of: "this container", Used: gib(c.used), Total: gib(c.total)}
		if c.total == 8 {
			want.Of = ""
		}
		got := newHost(sysWith(sys)).memory(procWith(t, proc))
		if off := max(got.Used, want.Used) - min(got.Used, want.Used); got.Of != want.Of || got.Total != want.Total || off > 1000 || got.Missing != "" {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

// inBytes writes figures such as 2.5G out.
func inBytes(text string, gib func(float64) uint64) string {
	return regexp.MustCompile(`[0-9.]+G`).ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseFloat(strings.TrimSuffix(s, "G"), 64)
		return strconv.FormatUint(gib(n), 10)
	})
}
