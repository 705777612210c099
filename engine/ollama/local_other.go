//go:build !linux

package ollama

import (
	"os"
	"runtime"
	"syscall"
)

func attributes() *syscall.SysProcAttr { return nil }

func terminate(p *os.Process) error {
	if runtime.GOOS == "windows" {
		return p.Kill() // it knows no gentler way
	}
	return p.Signal(syscall.SIGTERM)
}

func kill(p *os.Process) {
	_ = p.Kill() // it may be gone already
}
