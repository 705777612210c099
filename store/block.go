package store

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/aimo3/aimo3/engine"
)

// Measured on an attempt of 8 long samples, larger blocks, the texts of each sample put
// together, or columns in place of rows save a tenth at most; larger blocks also make
// it slower to read a few events, and lose more of them to damage.
const (
	blockBytes       = 256 << 10 // of events: a block with as many is full
	eventBytes       = 32        // that an event counts for besides its fact
	minBlockBytes    = 1 << 10   // fewer are left as they are
	maxUnpackedBytes = 4 << 20   // bounds what a hostile block takes up,
	maxRatio         = 100       // and a hostile file: a block may hold so many times its own size
)

var errUnreadable = errors.New("it cannot be read")

// block is events of one attempt that follow each other, as a row of the table.
type block struct {
	attempt, first, last, events, data, sum any
}

// newBlock compresses rows of events. It is not ok if they are too few, or would not be
// read back byte for byte, with their checksums: then something is wrong with them, or
// with this program.
func newBlock(id engine.AttemptID, rows []eventRow) (b block, ok bool) {
	raw, link, ok := packed(rows)
	to, err := encoder()
	if !ok || err != nil {
		return b, false
	}
	b = block{attempt: string(id), first: rows[0].seq, last: rows[len(rows)-1].seq, events: int64(len(rows)), data: to.EncodeAll(raw, nil)}
	b.sum = linked(b.content(), link)
	again, err := b.rows(-1, len(rows))
	return b, err == nil && slices.Equal(again, rows)
}

// content is the checksum of a block. Like that of an event it stands below the Seq of
// the event before it.
func (b *block) content() int64 { return sumOf(b.attempt, b.first, b.last, b.events, b.data) }

// rows are the events of a block with a higher Seq, at most so many, as they were in
// their table.
func (b *block) rows(after int64, limit int) ([]eventRow, error) {
	sum, isSum := b.sum.(int64)
	data, isData := b.data.([]byte)
	events, isCount := b.events.(int64)
	if !isSum || !isData || !isCount || sum&math.MaxUint32 != b.content() {
		return nil, errors.New("it does not fit its checksum")
	}
	from, err := decoder()
	if err != nil {
		return nil, err
	}
	raw, err := from.DecodeAll(data, nil)
	if err != nil || len(raw) > maxRatio*len(data) {
		return nil, errUnreadable
	}
	u := unpacking{raw: raw, attempt: b.attempt, link: linkOf(sum)}
	rows := u.rows(events, after, limit)
	if u.bad || u.first != b.first || u.seq != b.last || len(u.raw) > 0 {
		return nil, errUnreadable
	}
	return rows, nil
}

// packed are rows, one behind the other: Seq and time as the distance from those of the
// row before, then kind and fact. Link is the Seq of the event before the first.
func packed(rows []eventRow) (raw []byte, link any, ok bool) {
	var seq, ns int64
	for i, r := range rows {
		at, isAt := r.at.(string)
		kind, isKind := r.kind.(string)
		fact, isFact := r.fact.(string)
		next, isSeq := r.seq.(int64)
		sum, isSum := r.sum.(int64)
		when, err := time.Parse(stamp, at)
		if !isAt || !isKind || !isFact || !isSeq || !isSum || err != nil {
			return nil, nil, false
		}
		if i == 0 {
			link = linkOf(sum)
		}
		raw = binary.AppendVarint(raw, next-seq)
		raw = binary.AppendVarint(raw, when.UnixNano()-ns)
		raw = append(binary.AppendUvarint(raw, uint64(len(kind))), kind...)
		raw = append(binary.AppendUvarint(raw, uint64(len(fact))), fact...)
		seq, ns = next, when.UnixNano()
	}
	return raw, link, len(raw) >= minBlockBytes
}

// unpacking reads what packed wrote from bytes that may hold anything.
type unpacking struct {
	raw     []byte // what is left
	attempt any
	link    any   // Seq of the event before; nil: there is none
	first   int64 // Seq of the first event that was read,
	seq, ns int64 // and what the latest said
	bad     bool
}

// rows reads so many events, and returns those that are wanted.
func (u *unpacking) rows(events, after int64, limit int) (wanted []eventRow) {
	for n := int64(0); n < events && !u.bad; n++ {
		step := u.number()
		u.seq, u.ns = u.seq+step, u.ns+u.number()
		if n == 0 {
			u.first = u.seq
		}
		kind, fact := u.text(), u.text()
		u.bad = u.bad || u.seq < 0 || n > 0 && step <= 0
		if !u.bad && u.seq > after && len(wanted) < limit {
			r := eventRow{seq: u.seq, at: stamped(time.Unix(0, u.ns)), kind: string(kind), fact: string(fact)}
			r.sum = linked(sumOf(u.attempt, r.seq, r.at, r.kind, r.fact), u.link)
			wanted = append(wanted, r)
		}
		u.link = u.seq
	}
	return wanted
}

func (u *unpacking) number() int64 {
	v, n := binary.Varint(u.raw)
	if n <= 0 {
		u.bad, n = true, 0
	}
	u.raw = u.raw[n:]
	return v
}

func (u *unpacking) text() []byte {
	size, n := binary.Uvarint(u.raw)
	if n <= 0 || size > uint64(len(u.raw)-n) {
		u.bad = true
		return nil
	}
	end := n + int(size) //nolint:gosec // at most what is there
	b := u.raw[n:end]
	u.raw = u.raw[end:]
	return b
}

// takeBlock adds the events of a block that belong on the page, or what is wrong with it.
func (p *page) takeBlock(b block) {
	rows, err := b.rows(p.after, p.full-p.rows)
	if err != nil {
		p.rows++
		p.before, p.kind, p.broken = b.last, nil, true
		p.leaveOut("events %v to %v: %v", printable(b.first), printable(b.last), err)
		return
	}
	if first, _ := b.first.(int64); first <= p.after && len(rows) > 0 {
		sum, _ := rows[0].sum.(int64)
		p.before = linkOf(sum)
	}
	for _, r := range rows {
		p.take(r)
	}
}

// encoder and decoder are made when they are first needed, and shared: each works for
// one goroutine at a time, and the others wait.
var (
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) { //nolint:gochecknoglobals // never written
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
			zstd.WithWindowSize(2*blockBytes), zstd.WithLowerEncoderMem(true))
	})
	decoder = sync.OnceValues(func() (*zstd.Decoder, error) { //nolint:gochecknoglobals // never written
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxUnpackedBytes))
	})
)
