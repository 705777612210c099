package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
)

// errEnough ends a reading.
var errEnough = errors.New("enough was read")

// WriteLines writes the records that the latest checkpoint signs, a line of JSON for each, byte
// for byte as they were hashed, and as the last line that checkpoint. Without a
// checkpoint it writes all records.
func WriteLines(ctx context.Context, w io.Writer, rows Rows) error {
	notes, err := rows.Checkpoints(ctx)
	if err != nil {
		return err
	}
	var last Checkpoint
	if len(notes) > 0 {
		if last, err = ParseCheckpoint(notes[len(notes)-1], inLog); err != nil {
			return err
		}
	}
	b := bufio.NewWriter(w)
	err = rows.Each(ctx, 0, func(n int64, record, _ []byte) error {
		if last.Note != "" && n == last.Size {
			return errEnough
		}
		_, err := b.Write(record)
		return errors.Join(err, b.WriteByte('\n'))
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if err == nil && last.Note != "" {
		err = json.NewEncoder(b).Encode(map[string]string{"checkpoint": last.Note})
	}
	return errors.Join(err, b.Flush())
}
