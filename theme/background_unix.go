//go:build unix

package theme

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// ask sends the terminal the question and returns what it answers within the
// time, up to an answer that ends in end.
func ask(question string, end byte, within time.Duration) string {
	fd, err := unix.Open("/dev/tty", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	defer func() { _ = unix.Close(fd) }()
	if group, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP); err != nil || group != unix.Getpgrp() {
		return "" // in the background a terminal must not be touched
	}
	restore, err := raw(fd)
	if err != nil {
		return ""
	}
	defer restore()
	if _, err := unix.Write(fd, []byte(question)); err != nil {
		return ""
	}
	var answer []byte
	buf := make([]byte, 256)
	for last := time.Now().Add(within); len(answer) < 1024; {
		left := time.Until(last)
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(max(left, 0)/time.Millisecond))
		if err == unix.EINTR && left > 0 {
			continue
		}
		if err != nil || n <= 0 {
			break
		}
		got, err := unix.Read(fd, buf)
		if err != nil || got <= 0 {
			break
		}
		if answer = append(answer, buf[:got]...); answer[len(answer)-1] == end {
			break
		}
	}
	return string(answer)
}

// raw turns echo and line editing off, and returns how to turn them on again.
func raw(fd int) (restore func(), err error) {
	was, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, os.NewSyscallError("ioctl", err)
	}
	now := *was
	now.Lflag &^= unix.ECHO | unix.ICANON
	now.Cc[unix.VMIN], now.Cc[unix.VTIME] = 0, 0
	if err := unix.IoctlSetTermios(fd, setTermios, &now); err != nil {
		return nil, os.NewSyscallError("ioctl", err)
	}
	return func() { _ = unix.IoctlSetTermios(fd, setTermios, was) }, nil
}
