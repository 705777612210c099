package launcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Child is a process in a sandbox. It is the head of a process group of its own
// and dies with this program, however that ends.
type Child struct {
	among *Children // may be nil
	cmd   *exec.Cmd
	said  tail          // of its standard error; read after ended
	pid   int           // of the contained process itself, which bwrap is not
	ended chan struct{} // closed when it has been waited for
	err   error         // how it ended; read after ended

	level   Level
	crowded atomic.Bool // it was ended since it had too many threads

	watches sync.WaitGroup // who looks at it
}

// maxThreads is how many threads a child may have beside its first.
const maxThreads = 64

var errCrowded = fmt.Errorf("it ran more than %d threads at once: start fewer", maxThreads)

// Start turns a new process into the program at path, in the sandbox. The files
// are its descriptors 3, 4 and so on; its standard input and output are the
// null device. Where nothing can contain it the error is a fault that says so.
func (c Sandbox) Start(path string, args []string, files ...*os.File) (*Child, error) {
	s := spec{Path: path, Sandbox: c, Parent: os.Getpid(), Level: c.Level, OldFilter: os.Getenv("AIMO3_OLD_FILTER") != ""}
	if s.Level == "" {
		var why string
		if s.Level, why = Probe(); s.Level == None {
			return nil, refuse(why)
		}
	}
	exe, err := self()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	wrap, err := prepare(&s, args, files)
	if err != nil {
		return nil, err
	}
	defer wrap.close()
	arg, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("describe the sandbox: %w", err)
	}
	k := &Child{level: s.Level, among: c.Among, ended: make(chan struct{})}
	k.cmd = &exec.Cmd{
		Path: exe, Args: append([]string{exe, name, string(arg)}, wrap.args...), Env: c.Env, Dir: "/",
		Stderr: &k.said, ExtraFiles: wrap.files, WaitDelay: time.Second,
	}
	if len(c.Env) == 0 {
		k.cmd.Env = []string{"LC_ALL=C.UTF-8"} // nil would be this program's own
	}
	tether(k.cmd)
	if err := k.run(); err != nil {
		return nil, fmt.Errorf("start the sandbox: %w", err)
	}
	k.pid = wrap.pid(k)
	k.among.add(k)
	watch(k, c)
	return k, nil
}

// run starts the process and leaves a goroutine that waits for it. Linux ends a
// tethered child with the thread that started it, so that thread is kept.
func (k *Child) run() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := k.cmd.Start()
		started <- err
		if err == nil {
			k.err = k.cmd.Wait()
			close(k.ended)
			k.among.drop(k)
		}
	}()
	return <-started
}

// Pid is the process's number.
func (k *Child) Pid() int { return k.cmd.Process.Pid }

// Interrupt sends it the interrupt signal, as ctrl+c does. One that has ended
// is left alone.
func (k *Child) Interrupt() {
	select {
	case <-k.ended:
	default:
		_ = syscall.Kill(k.pid, syscall.SIGINT)
	}
}

// Kill ends the process and its group and waits for it.
func (k *Child) Kill() {
	k.signal()
	<-k.ended
	k.watches.Wait()
}

// signal ends the process and its group, and leaves one alone that has ended.
func (k *Child) signal() {
	select {
	case <-k.ended:
	default:
		_ = syscall.Kill(-k.cmd.Process.Pid, syscall.SIGKILL)
	}
}

// Contained says whether anything keeps it from doing harm.
func (k *Child) Contained() bool { return k.level != None }

// Crowded says whether it has too many threads; if so, it ends it.
func (k *Child) Crowded() bool {
	if k.Contained() && threads(k.pid) > 1+maxThreads {
		k.crowded.Store(true)
		k.signal()
	}
	return k.crowded.Load()
}

// Ended is closed when the process has ended and left nothing.
func (k *Child) Ended() <-chan struct{} { return k.ended }

// Err says how the process ended: nil, or why with the end of what it wrote to
// its standard error. It waits for the end.
func (k *Child) Err() error {
	<-k.ended
	if k.crowded.Load() {
		return errCrowded
	}
	if k.err == nil || errors.Is(k.err, exec.ErrWaitDelay) {
		return nil
	}
	if said := k.said.String(); said != "" {
		return fmt.Errorf("%w: %s", k.err, said)
	}
	return k.err
}
