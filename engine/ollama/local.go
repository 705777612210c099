package ollama

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Local is an Ollama server that this program runs for itself. It never
// touches a server that it did not start. Its fields must not change once it
// is in use.
type Local struct {
	Program   string        // if empty, "ollama" is looked for on PATH and then in Dirs
	Dirs      []string      // where else to look
	Parallel  int           // replies at once; if zero, the server decides
	KeepAlive time.Duration // how long a model stays loaded; if zero, the server decides
	Log       string        // file that the server's output is added to; if empty, it is lost
	Env       []string      // added to this program's own
	Logger    *slog.Logger  // of its beginning and its end; if nil, none

	mu    sync.Mutex
	child *child
}

const (
	startTimeout = 60 * time.Second // for a server to answer once started
	stopTimeout  = 5 * time.Second  // for a server to end once asked to
)

// Find is the path of the server's program.
func (l *Local) Find() (string, error) {
	names := []string{l.Program}
	if l.Program == "" {
		names[0] = "ollama"
		for _, dir := range l.Dirs {
			names = append(names, filepath.Join(dir, "ollama"))
		}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", &engine.Fault{Class: engine.Unreachable, What: "no Ollama server runs, and no ollama program was found", Todo: "install Ollama from https://ollama.com/download"}
}

// Start starts a server on a free port of the loopback, unless one of ours is
// running, and returns its address once it answers.
func (l *Local) Start(ctx context.Context) (host string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.child != nil && l.child.alive() {
		return l.child.host, nil
	}
	path, err := l.Find()
	if err != nil {
		return "", err
	}
	port, err := freePort(ctx)
	if err != nil {
		return "", err
	}
	c := &child{host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), gone: make(chan struct{})}
	if err := l.launch(c, path); err != nil {
		return "", err
	}
	if err := l.await(ctx, c); err != nil {
		c.stop()
		return "", err
	}
	l.child = c
	return c.host, nil
}

// launch starts the process. It is started and waited for on one thread of its
// own, since Linux ends a child with Pdeathsig when the thread that made it ends.
func (l *Local) launch(c *child, path string) error {
	out, err := l.openLog()
	if err != nil {
		return err
	}
	c.cmd = exec.Command(path, "serve") //nolint:noctx // stop ends it, and first asks it to
	log := &hidingLog{to: out}
	c.cmd.Stdout, c.cmd.Stderr, c.cmd.WaitDelay = log, log, stopTimeout
	c.cmd.Env = l.environ(c.host)
	c.cmd.SysProcAttr = attributes()
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer close(c.gone)
		defer out.Close()
		err := c.cmd.Start()
		started <- err
		if err == nil {
			l.watch(c)
			log.flush()
		}
	}()
	if err := <-started; err != nil {
		return &engine.Fault{Class: engine.Unreachable, What: "cannot start " + path, Todo: "start `ollama serve` yourself", Err: err}
	}
	return nil
}

// watch waits for the end of a process, and logs both ends of its life.
func (l *Local) watch(c *child) {
	log := orNone(l.Logger).With("pid", c.cmd.Process.Pid, "host", c.host)
	begun := time.Now()
	log.Info("ollama started", "program", c.cmd.Path)
	c.err = c.cmd.Wait()
	log.Info("ollama ended", "how", c.cmd.ProcessState.String(), "took_ns", time.Since(begun))
}

// environ is the server's environment: this program's own, but for what is not for others.
func (l *Local) environ(host string) []string {
	env := append(engine.ForOthers(os.Environ()), l.Env...)
	env = append(env, "OLLAMA_HOST="+host)
	if l.Parallel > 0 {
		env = append(env, "OLLAMA_NUM_PARALLEL="+strconv.Itoa(l.Parallel))
	}
	if l.KeepAlive != 0 {
		env = append(env, "OLLAMA_KEEP_ALIVE="+l.KeepAlive.String())
	}
	return env
}

func (l *Local) openLog() (*os.File, error) {
	name, flag := l.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND
	if name == "" {
		name, flag = os.DevNull, os.O_WRONLY
	} else if stat, err := os.Stat(name); err == nil && stat.Size() > 8<<20 {
		flag |= os.O_TRUNC
	}
	f, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, &engine.Fault{Class: engine.Storage, What: "cannot write the server's log", Err: err}
	}
	return f, nil
}

// await waits until the server answers.
func (l *Local) await(ctx context.Context, c *child) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	client, err := New(c.host)
	if err != nil {
		return err
	}
	defer client.Close()
	for {
		if _, err := client.version(ctx); err == nil {
			return nil
		}
		select {
		case <-c.gone:
			return l.died(c)
		case <-ctx.Done():
			return fmt.Errorf("wait for ollama to start: %w", context.Cause(ctx))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Fault says why the server has died; nil while it runs or if it never ran.
func (l *Local) Fault() *engine.Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.child == nil || l.child.alive() {
		return nil
	}
	return l.died(l.child)
}

func (l *Local) died(c *child) *engine.Fault {
	f := &engine.Fault{Class: engine.Crashed, What: "the ollama server that aimo3 started has ended", Err: c.err}
	if last := lastLine(l.Log); last != "" {
		f.What += " (" + last + ")"
	}
	if l.Log != "" {
		f.Todo = "see its log, " + l.Log
	}
	return f
}

// running says whether the server runs.
func (l *Local) running() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.child != nil && l.child.alive()
}

// Close ends the server, if it runs, and waits until it is gone.
func (l *Local) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.child != nil {
		l.child.stop()
		l.child = nil
	}
	return nil
}
