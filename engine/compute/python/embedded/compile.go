//go:build embedpy && (linux || darwin) && (amd64 || arm64)

package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// compiler compiles the modules named on its input. Their sources are not looked
// at again: nobody writes there, and a sandbox could not renew them. It ends when
// the program that started it is gone.
const compiler = `
import os, py_compile, sys
here, final, parent = sys.argv[1:]
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
for line in sys.stdin:
    if os.getppid() != int(parent):
        break
    path = line.rstrip("\n")
    py_compile.compile(path, dfile=final + path.removeprefix(here), doraise=True, invalidation_mode=mode)
`

// compile compiles every module below dir, as if it lay below final, on all
// processors.
func compile(ctx context.Context, dir, final string) error {
	shares := make([]strings.Builder, runtime.NumCPU())
	count := 0
	err := filepath.WalkDir(library(dir), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".py") {
			shares[count%len(shares)].WriteString(path + "\n")
			count++
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("find the modules: %w", err)
	}
	errs := make([]error, len(shares))
	self := strconv.Itoa(os.Getpid())
	var all sync.WaitGroup
	for i := range shares {
		all.Go(func() { _, errs[i] = run(ctx, dir, strings.NewReader(shares[i].String()), compiler, dir, final, self) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("compile the modules: %w", err)
	}
	return nil
}
