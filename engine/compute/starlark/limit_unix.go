//go:build unix

package starlark

import (
	"fmt"
	"syscall"
)

// holdTo bounds what this process can write to. The limit on its address space
// cannot be as low, since Go's runtime reserves much more than it uses.
func holdTo(bytes int64) error {
	const before = 128 << 20 // mapped when a program of Go begins
	l := syscall.Rlimit{Cur: uint64(bytes) + before, Max: uint64(bytes) + before}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &l); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	return nil
}

// peak is the most memory that this process has held.
func peak() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss << 10
}
