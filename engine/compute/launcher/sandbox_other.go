//go:build unix && !linux && !darwin

package launcher

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// Probe gives the best means of containment that this machine has.
func Probe() (Level, string) { return None, "aimo3 knows none for this system" }

func self() (string, error) { return os.Executable() }

func confine(spec) error { return nil }

func watch(*Child, Sandbox) {}

func tether(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// threads cannot be counted here.
func threads(int) int { return 0 }

type wrapping struct {
	args  []string
	files []*os.File
}

func (*wrapping) close()           {}
func (*wrapping) pid(k *Child) int { return k.Pid() }

func prepare(_ *spec, args []string, files []*os.File) (*wrapping, error) {
	return &wrapping{args: args, files: files}, nil
}

// turnInto replaces this process by the program; it returns only with an error.
func turnInto(s spec, args []string) error {
	err := syscall.Exec(s.Path, append([]string{s.Path}, args...), os.Environ())
	return fmt.Errorf("turn into %s: %w", s.Path, err)
}
