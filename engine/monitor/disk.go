package monitor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/shirou/gopsutil/v3/disk"
)

// diskOf reads the file system that holds path, or will: of a path that does not
// exist the nearest directory that does is asked.
func diskOf(path string) func(context.Context) (Usage, error) {
	return func(ctx context.Context) (Usage, error) {
		at, u, err := path, (*disk.UsageStat)(nil), error(nil)
		for {
			u, err = disk.UsageWithContext(ctx, at)
			if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(at) == at {
				break
			}
			at = filepath.Dir(at)
		}
		if err != nil {
			return Usage{}, fmt.Errorf("read the disk of %s: %w", path, err)
		}
		// What is set aside for root counts as used: nothing can be kept there.
		return Usage{Used: u.Total - min(u.Free, u.Total), Total: u.Total}, nil
	}
}
