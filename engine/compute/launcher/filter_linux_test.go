package launcher

import (
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/net/bpf"
)

const testPid = 4242

//nolint:gochecknoglobals // never written
var testTicket = ticket{7, 8, 9}

// judge runs a machine's program over system calls, as the kernel would.
type judge struct {
	m  machine
	vm *bpf.VM
}

func judges(t *testing.T) map[string]judge {
	t.Helper()
	all := map[string]judge{}
	for name, m := range machines {
		vm, err := bpf.NewVM(m.program(testPid, testTicket))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = judge{m, vm}
	}
	return all
}

func (j judge) says(t *testing.T, number uint32, args ...uint64) uint32 {
	t.Helper()
	return j.of(t, j.m.audit, number, args...)
}

func (j judge) of(t *testing.T, audit, number uint32, args ...uint64) uint32 {
	t.Helper()
	seen := make([]byte, 64) // struct seccomp_data, but each word as this interpreter reads it
	binary.BigEndian.PutUint32(seen[numberAt:], number)
	binary.BigEndian.PutUint32(seen[archAt:], audit)
	for i, a := range args {
		binary.BigEndian.PutUint32(seen[argsAt+8*i:], uint32(a))
		binary.BigEndian.PutUint32(seen[argsAt+8*i+4:], uint32(a>>32))
	}
	v, err := j.vm.Run(seen)
	if err != nil {
		t.Fatal(err)
	}
	return uint32(v)
}

// names are the calls of a processor by number, from another source than ours.
func names(machine string) map[uint32]string {
	from := arch.X86_64.SyscallNames
	if machine == "arm64" {
		from = arch.AARCH64.SyscallNames
	}
	all := map[uint32]string{}
	for name, number := range from {
		if number >= 0 && (number < 403 || number > 423) && name != "arch_specific_syscall" { // of 32 bits
			all[uint32(number)] = strings.TrimPrefix(name, "__")
		}
	}
	return all
}

// TestNumbers holds the numbers of the tables against another source.
func TestNumbers(t *testing.T) {
	for machine, j := range judges(t) {
		known := names(machine)
		for _, c := range append(append(all(), probedCalls...), call{name: "execve", amd64: 59, arm64: 221}) {
			number := j.m.of(c)
			if number < 0 {
				continue
			}
			if got, ok := known[uint32(number)]; ok && got != c.name && got != strings.TrimPrefix(c.name, "new") {
				t.Errorf("%s: %d is %s, not %s", machine, number, got, c.name)
			}
			if c.why == "" && c.name != "execve" {
				t.Errorf("%s is allowed for no reason", c.name)
			}
		}
	}
}

// TestEveryNumber: what is in the table and has no condition is allowed; what
// has one is not when each bit of the arguments is set; what Linux has besides
// is not permitted or, where libraries probe, not there, as is all the rest.
func TestEveryNumber(t *testing.T) {
	const ones = ^uint64(0)
	for machine, j := range judges(t) {
		free, bound, probed := map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}
		for _, c := range all() {
			number := uint32(j.m.of(c))
			bound[number] = len(c.only) > 0
			free[number] = len(c.only) == 0
		}
		for _, c := range probedCalls {
			probed[uint32(j.m.of(c))] = true
		}
		known := names(machine)
		if machine == "amd64" {
			known[335], known[336] = "uretprobe", "uprobe" // newer than that source
		}
		for number := range uint32(1024) {
			want := uint32(unknown)
			_, named := known[number]
			switch {
			case free[number]:
				want = allowed
			case !probed[number] && (named || bound[number] || number >= 424 && number <= 471):
				want = refused
			}
			if got := j.says(t, number, ones, ones, ones, ones, ones, ones); got != want {
				t.Errorf("%s: %d %s: %#x, want %#x", machine, number, known[number], got, want)
			}
			for _, strange := range []uint32{1 << 30, 1 << 31, 3 << 30, 1 << 16, 1 << 10} { // x32 is the first
				if got := j.says(t, strange|number); got != unknown {
					t.Errorf("%s: %#x: %#x, want it unknown", machine, strange|number, got)
				}
			}
			for _, other := range []uint32{0x40000003, 0x40000028, j.m.audit ^ 1<<30} { // i386, ARM
				if got := j.of(t, other, number); got != killed {
					t.Errorf("%s: %d by another convention: %#x", machine, number, got)
				}
			}
		}
	}
}

// TestArguments: where one call does good and harm the arguments decide.
func TestArguments(t *testing.T) {
	const high = 1 << 32
	rows := []struct {
		name string
		args [][]uint64
		want uint32
	}{
		{"execve", [][]uint64{{1, 2, 3, 7, 8, 9}}, allowed},
		{"execve", [][]uint64{{}, {1, 2, 3, 7, 8, 8}, {1, 2, 3, 0, 8, 9}, {1, 2, 3, 7, 0, 9}}, refused},
		{"prlimit64", [][]uint64{{0, 4}, {testPid, 4}, {high | testPid, 4}}, allowed},
		{"prlimit64", [][]uint64{{1, 4}, {testPid + 1}, {1 << 31}, {^uint64(0)}}, refused},
		{"sched_setaffinity", [][]uint64{{0}, {testPid}}, allowed},
		{"sched_setaffinity", [][]uint64{{1}, {testPid - 1}}, refused},
		{"sched_getaffinity", [][]uint64{{0}, {testPid}}, allowed},
		{"sched_getaffinity", [][]uint64{{1}}, unknown},
		{"kill", [][]uint64{{testPid, 9}}, allowed},
		{"kill", [][]uint64{{0, 9}, {1, 9}, {^uint64(0), 9}, {^uint64(testPid - 1), 9}}, refused},
		{"tgkill", [][]uint64{{testPid, 5, 9}}, allowed},
		{"tgkill", [][]uint64{{5, testPid, 9}, {0, 5, 9}}, refused},
		{"tkill", [][]uint64{{5, 9}, {0, 9}}, refused},
		{"clone", [][]uint64{{0x3D0F00}, {0x7D0F00}, {0x50F00}}, allowed},
		{"clone", [][]uint64{{0}, {17}, {0x10000}, {0x40F00}, {0x50E00}, {0x51F00}, {0x50F00 | 0x10000000}, {0x50F00 | 0x2000}, {0x50F00 | 0x8000}, {0x50F00 | 0x800000}, {0x50F00 | 1<<31}, {0x4111}}, refused},
		{"mmap", [][]uint64{{0, 1, 0}, {0, 1, 3, 0x22}, {0, 1, 5, 2}, {0, 1, 4, 1}, {0, 1, 7, 0x22}}, allowed},
		{"mmap", [][]uint64{{0, 1, 7, 0x21}, {0, 1, 6, 2}, {0, 1, 7, 0x32}, {0, 1, 0xF, 1}, {0, 1, 7, 1}}, refused},
		{"mprotect", [][]uint64{{0, 1, 0}, {0, 1, 1}, {0, 1, 3}, {0, 1, 5}}, allowed},
		{"mprotect", [][]uint64{{0, 1, 7}, {0, 1, 6}, {0, 1, 0x01000007}}, refused},
		{"madvise", [][]uint64{{0, 1, 4}, {0, 1, 21}}, allowed},
		{"madvise", [][]uint64{{0, 1, 100}, {0, 1, 101}}, refused},
		{"prctl", [][]uint64{{15, 1}, {16, 1}, {1, 9}}, allowed},
		{"prctl", [][]uint64{{1, 0}, {1, 15}, {4, 0}, {22, 2}, {35, 1}, {36, 1}, {59, 1}, {62, 1}}, refused},
		{"fcntl", [][]uint64{{1, 0}, {1, 1}, {1, 2, 1}, {1, 3}, {1, 4, 0x800}, {1, 1030}}, allowed},
		{"fcntl", [][]uint64{{1, 4, 0x2000}, {1, 4, 0x2800}, {1, 5}, {1, 6}, {1, 7}, {1, 8}, {1, 10}, {1, 15}, {1, 37}, {1, 38}, {1, 1024}, {1, 1026}, {1, 1031}, {1, 1033}}, refused},
		{"ioctl", [][]uint64{{0, 0x5401}, {0, 0x541B}, {0, 0x5421}, {0, 0x5451}}, allowed},
		{"ioctl", [][]uint64{{0, 0x5412}, {0, 0x541C}, {0, 0x5402}, {0, 0x40086602}, {0, 0x401C5820}, {0, 0x5452}, {0, 0}}, refused},
		{"socketpair", [][]uint64{{1, 1}, {1, 1 | 0x80000 | 0x800}}, allowed},
		{"socketpair", [][]uint64{{1, 2}, {1, 5}, {2, 1}, {1, 3}, {30, 1}, {0, 1}}, refused},
		{"clock_gettime", [][]uint64{{0}, {1}, {3}, {7}}, allowed},
		{"clock_gettime", [][]uint64{{uint64(uint32(0xFFFFFF02))}, {16}}, refused},
		{"arch_prctl", [][]uint64{{0x1002}, {0x3001}}, allowed},
		{"arch_prctl", [][]uint64{{0x1001}, {0x1012}, {0x5001}}, refused},
	}
	for machine, j := range judges(t) {
		for _, r := range rows {
			i := slices.IndexFunc(append(all(), call{name: "execve", amd64: 59, arm64: 221}), func(c call) bool { return c.name == r.name })
			number := j.m.of(append(all(), call{name: "execve", amd64: 59, arm64: 221})[i])
			for _, args := range r.args {
				if number < 0 {
					continue
				}
				if got := j.says(t, uint32(number), args...); got != r.want {
					t.Errorf("%s: %s %#x: %#x, want %#x", machine, r.name, args, got, r.want)
				}
			}
		}
	}
}

// TestOldFilter: the filter of the release before is still there for who asks.
func TestOldFilter(t *testing.T) {
	for _, old := range []bool{false, true} {
		f, err := filter(1, nil, old)
		if err != nil || len(packed(f)) != 8*len(f) {
			t.Fatal(err)
		}
		raw := make([]bpf.Instruction, len(f))
		for i, c := range f {
			raw[i] = bpf.RawInstruction{Op: c.Code, Jt: c.Jt, Jf: c.Jf, K: c.K}.Disassemble()
		}
		vm, err := bpf.NewVM(raw)
		if err != nil {
			t.Fatal(err)
		}
		j := judge{machines[runtime.GOARCH], vm}
		if got := j.says(t, 472); (got == allowed) != old {
			t.Errorf("old %t: an unknown call: %#x", old, got)
		}
		if got := j.says(t, uint32(syscall.SYS_MOUNT)); got != refused {
			t.Errorf("old %t: mount: %#x", old, got)
		}
	}
}
