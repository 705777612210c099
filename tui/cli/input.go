package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/problemfile"
)

// maxInput bounds what is read of a text, in bytes.
const maxInput = problemfile.MaxBytes

// problem reads the statement from where the command line says: the argument,
// the file, or standard input.
func (s *shell) problem(ctx context.Context, args []string, file string) (engine.Problem, error) {
	const todo = "give the problem as one argument, with -f FILE, or on standard input"
	switch {
	case len(args) > 0 && file != "":
		return engine.Problem{}, usage("give one of the two", "both a problem and a file were given")
	case file != "" && file != "-":
		return fromFile(ctx, file)
	case len(args) > 0 && args[0] != "-":
		return engine.NewProblem("typed", args[0])
	case len(args) == 0 && file == "" && s.Terminal(s.in):
		return engine.Problem{}, usage(todo, "no problem was given")
	}
	text, err := readBounded(ctx, s.in)
	if err != nil {
		return engine.Problem{}, fault(err, "cannot read standard input", todo)
	}
	return engine.NewProblem("stdin", text)
}

func fromFile(ctx context.Context, path string) (engine.Problem, error) {
	f, err := opened(ctx, path)
	if err != nil {
		return engine.Problem{}, fault(bare(err), "cannot open "+path, "check the file's name and permissions")
	}
	defer f.Close()
	text, err := readBounded(ctx, f)
	if err != nil {
		return engine.Problem{}, fault(bare(err), "cannot read "+path, "give a text file that holds one problem")
	}
	return engine.NewProblem(filepath.Base(path), text)
}

// bare is why a file could not be used, without what was done and to which file:
// the words around it say that.
func bare(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.Is(err, syscall.EFBIG):
		return errTooLarge
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// errTooLarge is EFBIG, which here comes of a limit that somebody set.
var errTooLarge = errors.New("the limit on a file's size is reached (see `ulimit -f`)")

// fault gives an input error its words, but leaves one that has them, and the
// end of a context, alone.
func fault(err error, what, todo string) error {
	if engine.ClassOf(err) != engine.Unknown || errors.Is(err, context.Canceled) {
		return err
	}
	return &engine.Fault{Class: engine.Invalid, What: what, Todo: todo, Err: err}
}

// readBounded reads r to its end, or until ctx ends.
func readBounded(ctx context.Context, r io.Reader) (string, error) {
	return awaited(ctx, func() (string, error) { return problemfile.Read(r) })
}

// opened opens a file, or ends with ctx: a pipe that nobody writes to is waited for.
func opened(ctx context.Context, path string) (*os.File, error) {
	return awaited(ctx, func() (*os.File, error) { return os.Open(path) })
}

// awaited waits for a read or for the end of ctx. A read cannot be called off,
// so its goroutine may outlive the call; it then ends with the program.
func awaited[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type got struct {
		what T
		err  error
	}
	done := make(chan got, 1)
	go func() {
		what, err := read()
		done <- got{what, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case g := <-done:
		return g.what, g.err
	}
}
