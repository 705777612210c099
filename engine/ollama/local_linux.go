package ollama

import (
	"os"
	"syscall"
)

// attributes make the child end with this program, even if that is killed, and
// keep the terminal's ctrl+c from it.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}

func terminate(p *os.Process) error { return p.Signal(syscall.SIGTERM) }

// kill ends the process and the model runners that it started.
func kill(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL) // it may be gone already
}
