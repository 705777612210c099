package launcher

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	"unsafe"
)

const prSetPdeathsig = 1

var errOrphan = errors.New("the program that started this one is gone")

// turnInto replaces this process by the program; it returns only with an error.
//
// Most of the sandbox comes in the last moment. This program may hold more
// memory than the bound allows, and dies of it as soon as its runtime wants a
// page; and the filter then allows what the other program needs, not this one.
// The signal at the parent's death is asked for again, since it is a thread's,
// and the thread that turns into the program need not be the one that was
// started with it.
func turnInto(s spec, args []string) error {
	path, argv, env, err := pointers(s.Path, append([]string{s.Path}, args...), os.Environ())
	if err != nil {
		return fmt.Errorf("turn into %s: %w", s.Path, err)
	}
	t := newTicket()
	rules, err := filter(os.Getpid(), t, s.OldFilter)
	if s.Filter && err != nil {
		return err
	}
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	if s.Filter {
		if err := dropPrivileges(); err != nil {
			return err
		}
	}
	if err := tie(s.Parent); err != nil {
		return err
	}
	if m := uint64(max(s.Sandbox.Memory, 0)); m > 0 {
		limit := syscall.Rlimit{Cur: m, Max: m}
		_, _, e := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, 0, syscall.RLIMIT_AS, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
		if e != 0 {
			return fmt.Errorf("bound memory: %w", e)
		}
	}
	if s.Filter {
		if err := load(rules); err != nil {
			return err
		}
	}
	_, _, e := syscall.RawSyscall6(syscall.SYS_EXECVE, uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&env[0])),
		uintptr(t[0]), uintptr(t[1]), uintptr(t[2]))
	return fmt.Errorf("turn into %s: %w", s.Path, e)
}

// newTicket makes one that nobody can guess. It goes with this program's memory
// when that turns into another.
func newTicket() ticket {
	var secret [12]byte
	_, _ = rand.Read(secret[:]) // it never fails
	return ticket{binary.NativeEndian.Uint32(secret[:]), binary.NativeEndian.Uint32(secret[4:]), binary.NativeEndian.Uint32(secret[8:])}
}

// tie has the kernel kill this thread's process when the parent dies.
func tie(parent int) error {
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetPdeathsig, uintptr(syscall.SIGKILL), 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("be tied to the parent: %w", e)
	}
	if os.Getppid() != parent {
		return errOrphan
	}
	return nil
}

// pointers are the arguments of execve(2), made ready so that nothing need be
// allocated later.
func pointers(path string, args, env []string) (p *byte, argv, envv []*byte, err error) {
	if p, err = syscall.BytePtrFromString(path); err != nil {
		return nil, nil, nil, err
	}
	if argv, err = syscall.SlicePtrFromStrings(args); err != nil {
		return nil, nil, nil, err
	}
	envv, err = syscall.SlicePtrFromStrings(env)
	return p, argv, envv, err
}
