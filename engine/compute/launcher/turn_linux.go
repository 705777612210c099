package launcher

import (
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
// The bound on memory comes in the last moment: this program may hold more than
// it allows, and dies of it as soon as its runtime wants a page. The signal at
// the parent's death is asked for again, since it is a thread's, and the thread
// that turns into the program need not be the one that was started with it.
func turnInto(s spec, args []string) error {
	path, argv, env, err := pointers(s.Path, append([]string{s.Path}, args...), os.Environ())
	if err != nil {
		return fmt.Errorf("turn into %s: %w", s.Path, err)
	}
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetPdeathsig, uintptr(syscall.SIGKILL), 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("be tied to the parent: %w", e)
	}
	if os.Getppid() != s.Parent {
		return errOrphan
	}
	if m := uint64(max(s.Cage.Memory, 0)); m > 0 {
		limit := syscall.Rlimit{Cur: m, Max: m}
		_, _, e := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, 0, syscall.RLIMIT_AS, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
		if e != 0 {
			return fmt.Errorf("bound memory: %w", e)
		}
	}
	_, _, e := syscall.RawSyscall(syscall.SYS_EXECVE, uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&env[0])))
	return fmt.Errorf("turn into %s: %w", s.Path, e)
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
