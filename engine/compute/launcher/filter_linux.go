package launcher

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// machine is a processor's convention of system calls.
type machine struct {
	audit uint32         // AUDIT_ARCH_*
	of    func(call) int // the number of a call
	known [][2]uint32    // numbers that are calls of some Linux, first and last
}

// machines are the processors that a filter can be made for.
//
//nolint:gochecknoglobals // never written
var machines = map[string]machine{
	"amd64": {unix.AUDIT_ARCH_X86_64, func(c call) int { return c.amd64 }, [][2]uint32{{0, 336}, {424, 471}}},
	"arm64": {unix.AUDIT_ARCH_AARCH64, func(c call) int { return c.arm64 }, [][2]uint32{{0, 243}, {260, 294}, {424, 471}}},
}

// Where the kernel lays what a filter can see: struct seccomp_data.
const (
	numberAt = 0
	archAt   = 4
	argsAt   = 16 // eight bytes each, the low half first
)

// What becomes of a call.
const (
	allowed = unix.SECCOMP_RET_ALLOW
	refused = unix.SECCOMP_RET_ERRNO | uint32(syscall.EPERM)
	unknown = unix.SECCOMP_RET_ERRNO | uint32(syscall.ENOSYS)
	killed  = unix.SECCOMP_RET_KILL_PROCESS
)

// ticket is what the one execve that is allowed has in its last arguments, which
// the kernel does not read: whoever has not made it cannot show it. A nil one
// allows any.
type ticket []uint32

// program lets a process with that number make the calls of the table. Any other
// call is not permitted, if some Linux has it; else it does not exist. A call by
// the convention of another processor has other numbers, so that no table fits
// it, and whoever makes one is killed.
func (m machine) program(pid int, t ticket) []bpf.Instruction {
	out := []bpf.Instruction{
		bpf.LoadAbsolute{Off: archAt, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: m.audit, SkipTrue: 1},
		bpf.RetConstant{Val: killed},
		bpf.LoadAbsolute{Off: numberAt, Size: 4},
	}
	exec := call{name: "execve", amd64: 59, arm64: 221}
	for i, word := range t {
		exec.only = append(exec.only, oneOf(3+i, word))
	}
	for _, c := range append(all(), exec) {
		out = append(out, m.allow(c, uint32(pid))...)
	}
	for _, c := range probedCalls {
		out = append(out, bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: uint32(m.of(c)), SkipTrue: 1},
			bpf.RetConstant{Val: unknown})
	}
	for _, r := range m.known {
		out = append(out,
			bpf.JumpIf{Cond: bpf.JumpLessThan, Val: r[0], SkipTrue: 2},
			bpf.JumpIf{Cond: bpf.JumpGreaterThan, Val: r[1], SkipTrue: 1},
			bpf.RetConstant{Val: refused})
	}
	return append(out, bpf.RetConstant{Val: unknown})
}

// allow ends the program for a call that fits the row, and leaves the number
// loaded for the next row if it does not.
func (m machine) allow(c call, pid uint32) []bpf.Instruction {
	number := m.of(c)
	if number < 0 {
		return nil
	}
	var fit []bpf.Instruction
	for _, w := range slices.Backward(c.only) {
		fit = append(w.check(pid, len(fit)), fit...)
	}
	fit = append(fit, bpf.RetConstant{Val: allowed})
	if len(c.only) > 0 {
		fit = append(fit, bpf.LoadAbsolute{Off: numberAt, Size: 4})
	}
	return append([]bpf.Instruction{bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: uint32(number), SkipTrue: uint8(len(fit))}}, fit...)
}

// check goes on where the condition holds, and else leaps over so many of the
// instructions that follow, and the one that allows.
func (w when) check(pid uint32, rest int) []bpf.Instruction {
	out := []bpf.Instruction{bpf.LoadAbsolute{Off: uint32(argsAt + 8*w.arg), Size: 4}}
	if w.mask != 0 {
		out = append(out, bpf.ALUOpConstant{Op: bpf.ALUOpAnd, Val: w.mask})
	}
	fails := uint8(rest + 1)
	for i, v := range w.is {
		if v == itsOwn {
			v = pid
		}
		left := uint8(len(w.is) - 1 - i)
		switch {
		case w.not:
			out = append(out, bpf.JumpIf{Cond: bpf.JumpEqual, Val: v, SkipTrue: left + fails})
		case left == 0:
			out = append(out, bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: v, SkipTrue: fails})
		default:
			out = append(out, bpf.JumpIf{Cond: bpf.JumpEqual, Val: v, SkipTrue: left})
		}
	}
	return out
}

// filter is the program for this processor, as the kernel reads it.
func filter(pid int, t ticket, old bool) ([]syscall.SockFilter, error) {
	m, ok := machines[runtime.GOARCH]
	if !ok {
		return nil, fmt.Errorf("no table of system calls for %s", runtime.GOARCH)
	}
	program := m.program(pid, t)
	if old {
		list, err := oldProgram(pid)
		if err != nil {
			return nil, err
		}
		program = append(program[:3:3], list...)
	}
	raw, err := bpf.Assemble(program)
	if err != nil {
		return nil, fmt.Errorf("assemble the filter: %w", err)
	}
	out := make([]syscall.SockFilter, len(raw))
	for i, r := range raw {
		out[i] = syscall.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	return out, nil
}

// packed is the filter as bwrap reads it.
func packed(f []syscall.SockFilter) []byte {
	out := make([]byte, 0, 8*len(f))
	for _, i := range f {
		out = binary.NativeEndian.AppendUint16(out, i.Code)
		out = append(out, i.Jt, i.Jf)
		out = binary.NativeEndian.AppendUint32(out, i.K)
	}
	return out
}

// load puts the filter on this thread for good. It allocates nothing.
func load(f []syscall.SockFilter) error {
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("give up privileges: %w", e)
	}
	prog := syscall.SockFprog{Len: uint16(len(f)), Filter: &f[0]}
	if _, _, e := syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&prog))); e != 0 {
		return fmt.Errorf("load the filter: %w", e)
	}
	return nil
}

// hasSeccomp says whether the kernel can refuse calls.
func hasSeccomp() bool {
	refuse := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, e := syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&refuse)))
	return e == 0
}
