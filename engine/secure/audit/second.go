package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// What the names of the files end in that stand beside a database, behind its name.
const (
	KeyEnd         = "-audit.key"
	CheckpointsEnd = "-audit.checkpoints"
)

// maxCheckpointsBytes bounds what is read of a file of checkpoints: 250 bytes for each.
const maxCheckpointsBytes = 256 << 20

// AppendTo is a second place: the file at path, to which each checkpoint of the log in rows
// is added, on disk once it returns. Several programs may add to one file, but only those of
// one log: a file that begins with anything but a checkpoint of this log is left as it is, and
// the error says so.
func AppendTo(path string, rows Rows) func(note string) error {
	var checked bool // by one Log, which adds one after the other
	return func(note string) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		if !checked {
			if err := begins(path, rows); err != nil {
				return errors.Join(err, f.Close())
			}
			checked = true
		}
		_, err = f.WriteString(note + "\n")
		return errors.Join(err, f.Sync(), f.Close())
	}
}

// ReadFrom reads the checkpoints in a file.
func ReadFrom(path string) ([]Checkpoint, error) {
	about, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !about.Mode().IsRegular() || about.Size() > maxCheckpointsBytes {
		return nil, errors.New(path + " is not a file of checkpoints")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseCheckpoints(text, path)
}

// maxCheckpointBytes is more than a checkpoint has.
const maxCheckpointBytes = 4 << 10

// begins refuses a file that does not begin with a checkpoint of the log in rows. What
// cannot be read back, as a pipe or a file that may only be written, is taken as it is.
func begins(path string, rows Rows) error {
	head := headOf(path)
	if len(bytes.TrimSpace(head)) == 0 {
		return nil
	}
	first := head
	if at := bytes.Index(head, []byte("\n\n")); at >= 0 {
		if end := bytes.Index(head[at+2:], []byte("\n\n")); end >= 0 {
			first = head[:at+2+end+1]
		}
	}
	if _, err := ParseCheckpoint(string(first), path); err != nil {
		return fmt.Errorf("%s holds something else: name another file with --checkpoints", path)
	}
	own, err := rows.Checkpoints(context.Background())
	if err == nil && !slices.Contains(own, string(first)) {
		err = fmt.Errorf("%s holds checkpoints of another database: give each its own with --checkpoints", path)
	}
	return err
}

// headOf is the beginning of a regular file; nil if it cannot be had.
func headOf(path string) []byte {
	if about, err := os.Stat(path); err != nil || !about.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	head, _ := io.ReadAll(io.LimitReader(f, maxCheckpointBytes)) // what could be read decides
	return head
}
