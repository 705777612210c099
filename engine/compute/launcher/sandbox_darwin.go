package launcher

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// seatbelt is the program that puts a profile on a process. Apple calls it
// deprecated and ships it all the same. Nothing in this file has been tried on
// a Mac: it is written after the documentation, and compiles.
const seatbelt = "/usr/bin/sandbox-exec"

// libraries is what every program needs to run at all.
var libraries = []string{"/usr/lib", "/usr/bin", "/usr/share", "/System", "/Library/Frameworks", "/Library/Developer/CommandLineTools", "/private/var/db/dyld", "/private/etc/localtime"}

// Probe gives the best means of containment that this machine has, and why
// there is no better one.
func Probe() (Level, string) {
	if _, err := os.Stat(seatbelt); err != nil {
		return None, "sandbox-exec is not there"
	}
	return Seatbelt, ""
}

func self() (string, error) { return os.Executable() }

// confine only bounds: the profile is put on by sandbox-exec.
func confine(s spec) error { return bound(s.Sandbox) }

// soft says whether a limit may fail to be set: macOS has no bound on address
// space, so the child's resident memory is watched.
func soft(what int) bool { return what == syscall.RLIMIT_AS || what == syscall.RLIMIT_STACK }

func tether(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// watch kills the child when its resident memory passes the bound.
func watch(k *Child, c Sandbox) {
	if c.Memory <= 0 {
		return
	}
	go func() {
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-k.ended:
				return
			case <-tick.C:
				//nolint:noctx // it ends at once, and the child with it if it does not
				out, err := exec.Command("/bin/ps", "-o", "rss=", "-p", strconv.Itoa(k.Pid())).Output()
				if kb, e := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64); err == nil && e == nil && kb<<10 > c.Memory {
					k.Kill()
					return
				}
			}
		}
	}()
}

// threads cannot be counted here.
func threads(int) int { return 0 }

type wrapping struct {
	args  []string
	files []*os.File
}

func (*wrapping) close()           {}
func (*wrapping) pid(k *Child) int { return k.Pid() }

// prepare completes the spec: the launcher bounds itself and turns into
// sandbox-exec, which puts on the profile and turns into the program.
func prepare(s *spec, args []string, files []*os.File) (*wrapping, error) {
	if s.Level != Seatbelt {
		return &wrapping{args: args, files: files}, nil
	}
	read := append(append([]string{}, s.Sandbox.Read...), filepath.Dir(s.Path))
	w := &wrapping{args: append([]string{"-p", profile(read), s.Path}, args...), files: files}
	s.Path = seatbelt
	return w, nil
}

// profile denies everything but to run, to think, and to read the given paths.
func profile(read []string) string {
	var b strings.Builder
	b.WriteString("(version 1)(deny default)(allow process-exec)(allow sysctl-read)(allow signal (target self))(allow file-read-metadata)\n")
	for _, path := range append(append([]string{}, libraries...), read...) {
		if file, err := filepath.EvalSymlinks(path); err == nil {
			fmt.Fprintf(&b, "(allow file-read* (subpath %s))\n", strconv.Quote(file))
		}
	}
	b.WriteString(`(allow file-read* (literal "/") (literal "/dev/urandom") (literal "/dev/random") (literal "/dev/null"))(allow file-write-data (literal "/dev/null"))`)
	return b.String()
}

// turnInto replaces this process by the program; it returns only with an error.
func turnInto(s spec, args []string) error {
	err := syscall.Exec(s.Path, append([]string{s.Path}, args...), os.Environ())
	return fmt.Errorf("turn into %s: %w", s.Path, err)
}
