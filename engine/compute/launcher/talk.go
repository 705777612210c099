package launcher

import (
	"errors"
	"fmt"
	"os"
)

// Talk has start start a child with two pipes for its first descriptors: it
// reads 3, which is written to by in, and writes 4, which out reads.
func Talk(start func(files ...*os.File) (*Child, error)) (child *Child, in, out *os.File, err error) {
	theirs, in, err := os.Pipe()
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open a pipe to a process: %w", err)
	}
	defer func() { _ = theirs.Close() }()
	out, replies, err := os.Pipe()
	if err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("open a pipe from a process: %w", err), in.Close())
	}
	defer func() { _ = replies.Close() }()
	if child, err = start(theirs, replies); err != nil {
		return nil, nil, nil, errors.Join(err, in.Close(), out.Close())
	}
	return child, in, out, nil
}
