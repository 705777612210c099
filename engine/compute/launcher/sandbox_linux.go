package launcher

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"

	"github.com/aimo3/aimo3/engine"
)

// libraries is what every program needs to run at all.
var libraries = []string{"/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/localtime"}

// loaders are what the kernel runs to start a program that uses libraries.
var loaders = []string{"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1"}

// devices are harmless and expected: name, and whether it may be written.
var devices = map[string]bool{"/dev/null": true, "/dev/zero": false, "/dev/urandom": false, "/dev/random": false}

// minABI is the first version of landlock that keeps files from being truncated.
const minABI = 3

// Probe gives the best means of containment that this machine has, and why
// there is no better one. It looks once.
func Probe() (Level, string) { return probed() }

//nolint:gochecknoglobals // what the machine has cannot change
var probed = sync.OnceValues(look)

func look() (Level, string) {
	if !hasSeccomp() {
		return None, "the kernel has no seccomp"
	}
	abi, err := ll.LandlockGetABIVersion()
	if err == nil && abi >= minABI {
		return Landlock, ""
	}
	why := "the kernel has no landlock"
	if err == nil {
		why = fmt.Sprintf("the kernel's landlock is of version %d, and %d is needed", abi, minABI)
	}
	if err := tryBwrap(); err != nil {
		return None, why + ", and " + err.Error()
	}
	return Bubblewrap, why
}

func tryBwrap() error {
	path, err := exec.LookPath("bwrap")
	if err != nil {
		return errors.New("bubblewrap is not installed")
	}
	cmd := exec.Command(path, "--unshare-all", "--ro-bind", "/", "/", "--", "/bin/true") //nolint:noctx // it says its version, or fails, at once
	cmd.Env = engine.ForOthers(os.Environ())
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("bubblewrap cannot be used here (%s)", (&tail{kept: out}).String())
	}
	return nil
}

// self is where this program's own file can be read, even when it was replaced
// or deleted since.
func self() (string, error) { return "/proc/self/exe", nil }

// confine puts on what holds for all threads of this process; the rest is for
// the last moment, when it turns into the program.
func confine(s spec) error {
	if s.Level == Landlock {
		if err := restrict(s); err != nil {
			return err
		}
	}
	return bound(s.Sandbox)
}

// toRead lets files be read and directories listed, and nothing be run.
const toRead = landlock.AccessFSSet(ll.AccessFSReadFile | ll.AccessFSReadDir)

func restrict(s spec) error {
	var rules []landlock.Rule
	for _, path := range append(append([]string{}, libraries...), s.Sandbox.Read...) {
		file, err := filepath.EvalSymlinks(path)
		if err != nil {
			continue
		}
		rights := toRead
		if st, err := os.Stat(file); err != nil || !st.IsDir() {
			rights = ll.AccessFSReadFile
		}
		rules = append(rules, landlock.PathAccess(rights, file).IgnoreIfMissing())
	}
	for _, path := range append([]string{s.Path}, loaders...) { // the only files that may become a process
		rules = append(rules, landlock.PathAccess(ll.AccessFSReadFile|ll.AccessFSExecute, path).IgnoreIfMissing())
	}
	for path, writable := range devices {
		rights := landlock.AccessFSSet(ll.AccessFSReadFile)
		if writable {
			rights |= ll.AccessFSWriteFile
		}
		rules = append(rules, landlock.PathAccess(rights, path).IgnoreIfMissing())
	}
	if err := landlock.V6.BestEffort().Restrict(rules...); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	return nil
}

// soft says whether a limit may fail to be set; here none may.
func soft(int) bool { return false }

// tether has the kernel kill the child when this program dies, and makes it the
// head of a process group of its own.
func tether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
