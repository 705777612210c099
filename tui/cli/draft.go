package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// maxDraftBytes bounds the file of the draft: the editor takes no more than that.
const maxDraftBytes = 16 * engine.MaxStatement

// Draft keeps the problem that is being written, in a file that only its owner may
// read. Several programs may keep theirs: none takes away what another one left.
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

// KeepDraft keeps a text in the place of the draft that was taken up at the start, or
// removes that if text is "". A draft that another program has kept since stays: before the
// text, or alone if there is no text or it is as it was taken up.
func (d *Draft) KeepDraft(taken, text string) error {
	if text == taken {
		return nil
	}
	if len(text) > maxDraftBytes {
		return &engine.Fault{Class: engine.Invalid, What: "the draft is too long to be kept"}
	}
	unlock, err := d.lock()
	if err != nil {
		return err
	}
	defer unlock()
	if now := d.Draft(); now != taken && now != "" {
		if text == "" || text == now {
			return nil
		}
		if joined := strings.TrimRight(now, "\n") + "\n\n" + text; len(joined) <= maxDraftBytes {
			text = joined
		}
	}
	if text != "" {
		return secure.WritePrivate(d.path, []byte(text))
	}
	if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// lock has programs that are ended at one moment, as with their terminals, keep their drafts
// one after the other.
func (d *Draft) lock() (unlock func(), err error) {
	dir := filepath.Dir(d.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}
