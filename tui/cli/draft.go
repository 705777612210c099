package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// maxDraftBytes bounds the file of the draft: the editor takes no more than that.
const maxDraftBytes = 16 * engine.MaxStatement

// Draft keeps the problem that is being written, in a file that only its owner may
// read. The last of several programs that end counts.
type Draft struct{ path string }

// Drafts are kept beside the database of attempts, in its usual place; nil where nothing
// is to be kept.
func (s Screen) Drafts(getenv func(string) string) *Draft {
	dir := Dir(getenv)
	if dir == "" || s.NoSave {
		return nil
	}
	return &Draft{filepath.Join(dir, "draft.txt")}
}

// Draft is what was kept last. A file that cannot be read, or is larger than any draft,
// is none.
func (d *Draft) Draft() string {
	text, err := secure.ReadRegular(d.path, maxDraftBytes, nil)
	if err != nil {
		return ""
	}
	return string(text)
}

// KeepDraft puts a draft in the place of the last one, or removes that.
func (d *Draft) KeepDraft(text string) error {
	if text == "" {
		if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if len(text) > maxDraftBytes {
		return &engine.Fault{Class: engine.Invalid, What: "the draft is too long to be kept"}
	}
	return secure.WritePrivate(d.path, []byte(text))
}
