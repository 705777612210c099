package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine"
)

// rowsAfter are rows of events such as a store might hold, the first behind that with
// number before, or the first of all if before is nil.
func rowsAfter(t *rapid.T, id string, before any) (rows []eventRow) {
	seq, ns := rapid.Int64Range(0, 1<<40).Draw(t, "seq"), rapid.Int64Range(-1<<60, 1<<60).Draw(t, "time")
	if last, ok := before.(int64); ok {
		seq += last + 1
	}
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`\{"text":"(so |答え|\\u2028){200,300}"\}`), rapid.Just(""))
	for range rapid.IntRange(1, 60).Draw(t, "rows") {
		r := eventRow{seq: seq, at: stamped(time.Unix(0, ns)), kind: text.Draw(t, "kind"), fact: text.Draw(t, "fact")}
		r.sum = linked(sumOf(id, r.seq, r.at, r.kind, r.fact), before)
		rows = append(rows, r)
		before = seq
		seq += rapid.Int64Range(1, 100).Draw(t, "step")
		ns += rapid.Int64Range(-1e15, 1e15).Draw(t, "pause")
	}
	return rows
}

// What is read back of a block is what was put into it, byte for byte; or it is no
// block, and only because it would be too small or repeats itself too much.
func TestABlockHoldsWhatWasPutIntoIt(t *testing.T) {
	blocks := 0
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.String().Draw(t, "id")
		before := rapid.SampledFrom([]any{nil, int64(0), int64(7), int64(math.MaxInt32 - 1)}).Draw(t, "before")
		rows := rowsAfter(t, id, before)
		b, ok := newBlock(engine.AttemptID(id), rows)
		if !ok {
			raw, _, ok := packed(rows)
			if ok && len(raw) < maxRatio*bytesIn(b.data) {
				t.Fatalf("%d bytes were not compressed", len(raw))
			}
			return
		}
		blocks++
		got, err := b.rows(-1, math.MaxInt)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(rows) {
			t.Fatalf("got %v, %v\nwant %v", got, err, rows)
		}
		for _, change := range []func(*block){
			func(b *block) { b.attempt = id + "x" },
			func(b *block) { b.first = number(b.first) + 1 },
			func(b *block) { b.last = number(b.last) + 1 },
			func(b *block) { b.events = number(b.events) + 1 },
			func(b *block) { b.sum = number(b.sum) ^ 1 },
			func(b *block) { b.data = "text" },
			func(b *block) { b.data = nil },
			func(b *block) { b.sum = nil },
		} {
			bent := b
			if change(&bent); bent.sum != nil {
				if _, err := bent.rows(-1, math.MaxInt); err == nil {
					t.Fatal("a change was not told")
				}
			}
		}
	})
	if blocks == 0 {
		t.Error("no block was made")
	}
}

// Rows that are not as they were recorded are not compressed: their damage would not
// be seen any more.
func TestDamagedRowsAreNotCompressed(t *testing.T) {
	d := opened(t)
	record(t, d, story("a", 2, 300))
	rows := rowsOf(t, d, "a")
	if _, ok := newBlock("a", rows); !ok {
		t.Fatal("whole rows were not compressed")
	}
	for name, change := range map[string]func(*eventRow){
		"a fact":           func(r *eventRow) { r.fact = fmt.Sprint(r.fact, " ") },
		"a time":           func(r *eventRow) { r.at = stamped(start) },
		"a time as text":   func(r *eventRow) { r.at = strings.TrimSuffix(fmt.Sprint(r.at), "Z") + "0Z" },
		"a kind":           func(r *eventRow) { r.kind = "warning" },
		"a kind as bytes":  func(r *eventRow) { r.kind = []byte("delta") },
		"a checksum":       func(r *eventRow) { r.sum = number(r.sum) + 1 },
		"no checksum":      func(r *eventRow) { r.sum = nil },
		"the event before": func(r *eventRow) { r.sum = number(r.sum) + 1<<32 },
	} {
		bent := append([]eventRow(nil), rows...)
		if change(&bent[5]); bent[5] == rows[5] {
			t.Fatal(name, "was not changed")
		}
		if _, ok := newBlock("a", bent); ok {
			t.Errorf("%s: rows were compressed that cannot be read back", name)
		}
	}
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

func bytesIn(v any) int {
	b, _ := v.([]byte)
	return len(b)
}

// sealedBlock is a block of any bytes that fits its checksum.
func sealedBlock(raw []byte, first, last, events int64) block {
	to, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer func() { _ = to.Close() }()
	b := block{attempt: "a", first: first, last: last, events: events, data: to.EncodeAll(raw, nil)}
	b.sum = b.content()
	return b
}

// A block that fits its checksum may come from a hostile program.
func TestHostileBlocks(t *testing.T) {
	event := func(seq int64, kind, fact string) (raw []byte) {
		raw = binary.AppendVarint(binary.AppendVarint(nil, seq), 0)
		raw = append(binary.AppendUvarint(raw, uint64(len(kind))), kind...)
		return append(binary.AppendUvarint(raw, uint64(len(fact))), fact...)
	}
	long := binary.AppendUvarint(append(event(5, "k", "")[:4:4], 0), math.MaxUint64)
	for name, b := range map[string]block{
		"too much of nothing": sealedBlock(event(5, "k", strings.Repeat(" ", 1<<20)), 5, 5, 1),
		"another count":       sealedBlock(event(5, "k", "{}"), 5, 5, 2),
		"a huge count":        sealedBlock(event(5, "k", "{}"), 5, 5, math.MaxInt64),
		"no events":           sealedBlock(event(5, "k", "{}"), 5, 5, 0),
		"another first":       sealedBlock(event(5, "k", "{}"), 4, 5, 1),
		"another last":        sealedBlock(event(5, "k", "{}"), 5, 6, 1),
		"a step back":         sealedBlock(append(event(5, "k", "{}"), event(-1, "k", "{}")...), 5, 4, 2),
		"no step":             sealedBlock(append(event(5, "k", "{}"), event(0, "k", "{}")...), 5, 5, 2),
		"below zero":          sealedBlock(event(-5, "k", "{}"), -5, -5, 1),
		"more behind":         sealedBlock(append(event(5, "k", "{}"), 0), 5, 5, 1),
		"cut off":             sealedBlock(event(5, "k", "{}")[:4], 5, 5, 1),
		"a length of all":     sealedBlock(long, 5, 5, 1),
		"nothing":             sealedBlock(nil, 5, 5, 1),
	} {
		if rows, err := b.rows(-1, math.MaxInt); err == nil {
			t.Errorf("%s: read as %v", name, rows)
		}
	}
	bomb := sealedBlock(make([]byte, 64<<20), 5, 5, 1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = bomb.rows(-1, math.MaxInt)
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 4*maxUnpackedBytes {
		t.Errorf("a block of %d bytes took %d to refuse", bytesIn(bomb.data), after.TotalAlloc-before.TotalAlloc)
	}
	good := sealedBlock(event(5, "k", "{}"), 5, 5, 1)
	if rows, err := good.rows(-1, math.MaxInt); err != nil || len(rows) != 1 {
		t.Errorf("a good one: %v, %v", rows, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		b := sealedBlock(raw, 5, 5, rapid.Int64Range(0, 3).Draw(t, "events"))
		if bytes.HasPrefix(raw, []byte("x")) {
			b.data = raw
			b.sum = b.content()
		}
		_, _ = b.rows(-1, math.MaxInt)
	})
}
