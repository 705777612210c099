package audit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	origin = "aimo3 audit log" // the first line of a checkpoint, which says what it is of
	inLog  = "the log"         // where a checkpoint was read that is kept with the records
)

// Checkpoint is what was signed: the root of the tree when it had so many records.
type Checkpoint struct {
	Size int64
	Root tlog.Hash
	Time time.Time
	Note string // the signed text
	From string // where it was read

	by []uint32 // hashes of the keys that are said to have signed it
}

// signCheckpoint makes one, as a note.
func signCheckpoint(signer note.Signer, size int64, root tlog.Hash, at time.Time) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n", origin, size, root, at.UTC().Format(time.RFC3339Nano))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	return string(signed), err
}

// ParseCheckpoint reads a checkpoint, whoever signed it.
func ParseCheckpoint(text, from string) (Checkpoint, error) {
	c := Checkpoint{Note: text, From: from}
	_, err := note.Open([]byte(text), note.VerifierList())
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		return c, fmt.Errorf("a checkpoint in %s cannot be read", from)
	}
	for _, signature := range unverified.Note.UnverifiedSigs {
		c.by = append(c.by, signature.Hash)
	}
	lines := strings.Split(unverified.Note.Text, "\n")
	if len(lines) != 5 || lines[0] != origin || lines[4] != "" {
		return c, fmt.Errorf("a checkpoint in %s is not of an audit log", from)
	}
	var failed [3]error
	c.Size, failed[0] = strconv.ParseInt(lines[1], 10, 64)
	c.Root, failed[1] = tlog.ParseHash(lines[2])
	c.Time, failed[2] = time.Parse(time.RFC3339Nano, lines[3])
	if err := errors.Join(failed[:]...); err != nil || c.Size <= 0 {
		return c, fmt.Errorf("a checkpoint in %s says nothing that makes sense", from)
	}
	return c, nil
}

// ParseCheckpoints reads checkpoints that stand one behind the other, with an empty line
// after each.
func ParseCheckpoints(text []byte, from string) ([]Checkpoint, error) {
	var all []Checkpoint
	for len(bytes.TrimSpace(text)) > 0 {
		_, behind, ok := bytes.Cut(text, []byte("\n\n")) // the signatures
		signatures, rest, ended := bytes.Cut(behind, []byte("\n\n"))
		if !ok || !ended && !bytes.HasSuffix(signatures, []byte("\n")) {
			return all, fmt.Errorf("the last checkpoint in %s is cut off", from)
		}
		one := text[:len(text)-len(behind)+len(signatures)]
		c, err := ParseCheckpoint(strings.TrimRight(string(one), "\n")+"\n", from)
		if err != nil {
			return all, err
		}
		all, text = append(all, c), rest
	}
	return all, nil
}

// signedBy says whether one of the keys signed a checkpoint.
func (c Checkpoint) signedBy(keys []note.Verifier) bool {
	_, err := note.Open([]byte(c.Note), note.VerifierList(keys...))
	return err == nil
}

// ofOther says whether a checkpoint is not even said to be signed by one of the keys: it is
// of another log, or of this one before it was replaced.
func (c Checkpoint) ofOther(keys []note.Verifier) bool {
	for _, key := range keys {
		if slices.Contains(c.by, key.KeyHash()) {
			return false
		}
	}
	return true
}
