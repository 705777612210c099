package monitor

import (
	"os/exec"
	"syscall"
)

// tether has the kernel kill cmd when this program dies, and makes it the head of
// a process group of its own: keys pressed at the terminal do not reach it, and
// it is ended together with what it started.
func tether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return killGroup(cmd) }
}
