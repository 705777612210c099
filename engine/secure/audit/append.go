package audit

import (
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// appending is one transaction.
type appending struct {
	Writing
	key  *signingKey // nil: there is none
	now  time.Time
	size int64
}

// append puts a record, and a checkpoint if it is time for one or there is no record. A
// key is recorded before it signs for the first time.
func (a *appending) append(r *Record, o Options) (made string, err error) {
	if a.size, err = a.Size(); err != nil {
		return "", err
	}
	latest, err := a.Checkpoint()
	if err != nil {
		return "", err
	}
	last, _ := ParseCheckpoint(latest, inLog) // what cannot be read is for Verify to tell
	known := a.key != nil && signedBy(latest, a.key)
	if a.key != nil && !known && (r != nil || a.size > 0) {
		if err := a.put(Record{Time: a.now, Who: o.Who, FrontEnd: o.FrontEnd, Action: MadeKey, Object: a.key.public, Outcome: Done}); err != nil {
			return "", err
		}
	}
	if r != nil {
		if err := a.put(*r); err != nil {
			return "", err
		}
	}
	due := r == nil || !known || a.size-last.Size >= maxUnsigned || a.now.Sub(last.Time).Abs() >= signedWithin
	if a.key == nil || !due || a.size == last.Size {
		return "", nil
	}
	root, err := tlog.TreeHash(a.size, reader(a))
	if err != nil {
		return "", err
	}
	if made, err = signCheckpoint(a.key, a.size, root, a.now); err != nil {
		return "", err
	}
	return made, a.PutCheckpoint(a.size, made)
}

// put puts a record with the hashes that it completes.
func (a *appending) put(r Record) error {
	text, err := r.encoded()
	if err != nil {
		return err
	}
	hashes, err := tlog.StoredHashes(a.size, text, reader(a))
	if err != nil {
		return err
	}
	all := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		all = append(all, h[:]...)
	}
	if err := a.Put(a.size, text, all); err != nil {
		return err
	}
	a.size++
	return nil
}

// signedBy says whether a checkpoint names the key, which is what tells keys apart here.
func signedBy(checkpoint string, key *signingKey) bool {
	v, err := note.NewVerifier(key.public)
	if err != nil {
		return false
	}
	_, err = note.Open([]byte(checkpoint), note.VerifierList(v))
	return err == nil
}
