package launcher

import (
	"fmt"
	"syscall"

	"golang.org/x/sys/unix"
)

// dropPrivileges takes every capability from this thread for good, and leaves it
// its user. Where root may not bound what later programs get, the promise never
// to gain any, which goes with the filter, does it.
func dropPrivileges() error {
	for c := uintptr(0); ; c++ {
		if _, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, unix.PR_CAPBSET_DROP, c, 0); e != 0 {
			break // there is no such capability, or it is not this thread's to drop
		}
	}
	_, _, _ = syscall.RawSyscall6(syscall.SYS_PRCTL, unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0, 0) // none are left below anyway
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	var none [2]unix.CapUserData
	if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
		return fmt.Errorf("drop capabilities: %w", err)
	}
	return nil
}
