package audit

import (
	"errors"
	"os"
)

// What the names of the files end in that stand beside a database, behind its name.
const (
	KeyEnd         = "-audit.key"
	CheckpointsEnd = "-audit.checkpoints"
)

// maxCheckpointsBytes bounds what is read of a file of checkpoints: 250 bytes for each.
const maxCheckpointsBytes = 256 << 20

// AppendTo is a second place: the file at path, to which each checkpoint is added, on disk
// once it returns. Several programs may add to one file.
func AppendTo(path string) func(note string) error {
	return func(note string) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return err
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
