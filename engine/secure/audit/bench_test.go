package audit_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/aimo3/aimo3/engine/secure/audit"
)

// BenchmarkVerify verifies a log of a million records on the disk, as `audit verify` does;
// those that are not made by a Log are made as it makes them.
func BenchmarkVerify(b *testing.B) {
	const records = 1_000_000
	k := fresh(b)
	k.log.Add(b.Context(), audit.Solve, "a", audit.Done)
	if err := k.db.Audit().Append(b.Context(), func(w audit.Writing) error { return fill(w, records) }); err != nil {
		b.Fatal(err)
	}
	if err := k.log.Sign(b.Context()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if v, err := k.verify(b); err != nil || v.Signed != records {
			b.Fatalf("%+v, %v", v, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
}

// fill appends records to a log until it has so many.
func fill(w audit.Writing, size int64) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (all []tlog.Hash, _ error) {
		for _, i := range indexes {
			all = append(all, stored[i])
		}
		return all, nil
	})
	n, err := w.Size()
	if err != nil {
		return err
	}
	for i := range n {
		kept, err := w.Hashes(i)
		if err != nil {
			return err
		}
		for ; len(kept) > 0; kept = kept[tlog.HashSize:] {
			stored = append(stored, tlog.Hash(kept[:tlog.HashSize]))
		}
	}
	for ; n < size; n++ {
		at := begun.Add(time.Duration(n) * time.Second).Format(time.RFC3339Nano)
		record := fmt.Appendf(nil, `{"time":%q,"who":"ann","front_end":"cli","action":"solve","object":"01kc%016d","outcome":"done"}`, at, n)
		hashes, err := tlog.StoredHashes(n, record, reader)
		stored = append(stored, hashes...)
		var all []byte
		for _, h := range hashes {
			all = append(all, h[:]...)
		}
		if err := errors.Join(err, w.Put(n, record, all)); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkAdd is what a record costs: one commit, synced.
func BenchmarkAdd(b *testing.B) {
	k := fresh(b)
	for b.Loop() {
		k.log.Add(b.Context(), audit.Solve, "a", audit.Done)
	}
}
