package store

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// journal is a rollback journal of a file with so many pages before a change, by
// which the second page, if there was one, held nothing but noughts.
func journal(pages uint32) string {
	const sector, page, nonce = 512, 4096, 7
	records := uint32(0)
	if pages > 1 {
		records = 1
	}
	text := []byte(journalMagic)
	for _, n := range []uint32{records, nonce, pages, sector, page} {
		text = binary.BigEndian.AppendUint32(text, n)
	}
	text = append(text, make([]byte, sector-len(text))...)
	if records > 0 {
		text = append(binary.BigEndian.AppendUint32(text, 2), make([]byte, page)...)
		text = binary.BigEndian.AppendUint32(text, nonce) // the checksum of noughts
	}
	return string(text)
}

// Not even to read a store is a change undone that its own log knows nothing of.
func TestAForeignJournalIsNotPlayedBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	ours(t, path)
	before, left := sum(t, path), journal(uint32(len(read(t, path))/4096)) //nolint:gosec // few
	write(t, path+"-journal", left)
	for _, open := range ways {
		_, err := open(t.Context(), path, nil)
		wantFault(t, err, engine.Storage, path+"-journal holds a change that another program did not finish", "move that file away")
		equal(t, "content", sum(t, path), before)
		equal(t, "journal", read(t, path+"-journal"), left)
	}
	write(t, path+"-journal", strings.Repeat("\x00", 600)) // as a program leaves one that it keeps for the next change
	for _, open := range ways {
		d, err := open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		equal(t, "content", sum(t, path), before)
	}
}

// A kill as the first page of a new store was written leaves such a journal of ours.
func TestAStoreThatWasOnlyBegunIsBegunAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	execute(t, path, `PRAGMA journal_mode = WAL`)
	equal(t, "size", len(read(t, path)), maxBegunBytes)
	write(t, path+"-journal", journal(0))
	ours(t, path)
	equal(t, "files", beside(t, path), []string{"aimo3.db"})
}
