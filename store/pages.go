package store

import (
	"bytes"
	"encoding/binary"
	"os"
)

// How SQLite lays out a file, as far as rows can be found in it without its header
// or its tables: pages, of which leaves hold records. sqlite.org/fileformat2.html.

const defaultPage = 4096 // bytes; ours are never of another size

// pages are those of a file, with what its log has in their place.
type pages struct {
	bytes  []byte
	size   int
	logged map[uint32][]byte
	free   map[uint32]bool // pages that hold nothing any more
}

// readPages reads the file at path and the log beside it, and opens neither by SQLite.
// It must not be called in a process that has the file open: see host.admit.
func readPages(path string) (*pages, error) {
	all, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &pages{bytes: all, size: defaultPage, logged: map[uint32][]byte{}, free: map[uint32]bool{}}
	if log, err := os.ReadFile(path + "-wal"); err == nil {
		p.overlay(log)
	}
	if head := p.page(1); bytes.HasPrefix(head, []byte("SQLite format 3\x00")) && binary.BigEndian.Uint16(head[16:]) == defaultPage {
		p.freed(binary.BigEndian.Uint32(head[32:]))
	}
	return p, nil
}

// page is the n-th page, from 1; nil if it is not there whole.
func (p *pages) page(n uint32) []byte {
	if b, ok := p.logged[n]; ok {
		return b
	}
	end := int64(n) * int64(p.size)
	if n == 0 || end > int64(len(p.bytes)) {
		return nil
	}
	return p.bytes[end-int64(p.size) : end]
}

func (p *pages) count() uint32 {
	n := uint32(len(p.bytes) / p.size) //nolint:gosec // 16 TB
	for at := range p.logged {
		n = max(n, at)
	}
	return n
}

// freed marks the pages that the list of free ones names.
func (p *pages) freed(trunk uint32) {
	for !p.free[trunk] {
		b := p.page(trunk)
		if b == nil {
			return
		}
		p.free[trunk] = true
		for i := range min(binary.BigEndian.Uint32(b[4:]), uint32(p.size/4-2)) { //nolint:gosec // small
			p.free[binary.BigEndian.Uint32(b[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(b)
	}
}

// overlay takes the pages of the commits in a log.
func (p *pages) overlay(log []byte) {
	if len(log) < logHead || binary.BigEndian.Uint32(log[8:]) != uint32(p.size) { //nolint:gosec // small
		return
	}
	sum := logSum{order: binary.LittleEndian}
	if binary.BigEndian.Uint32(log)&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(log[:24])
	if !sum.is(log[24:]) {
		return
	}
	since := map[uint32][]byte{}
	for at := logHead; at+frameHead+p.size <= len(log); at += frameHead + p.size {
		frame := log[at : at+frameHead+p.size]
		sum.add(frame[:8])
		sum.add(frame[frameHead:])
		if string(frame[8:16]) != string(log[16:24]) || !sum.is(frame[16:]) {
			return
		}
		since[binary.BigEndian.Uint32(frame)] = frame[frameHead:]
		if binary.BigEndian.Uint32(frame[4:]) != 0 { // a commit
			for n, b := range since {
				p.logged[n] = b
			}
			since = map[uint32][]byte{}
		}
	}
}

// kinds of pages that hold records.
const (
	indexInner = 0x02 // of a table without row numbers too
	indexLeaf  = 0x0a
	tableLeaf  = 0x0d
)

// records calls found with every record that a page holds, and its row's number, 0
// where rows have none. What makes no sense is passed over.
func (p *pages) records(n uint32, found func(row int64, values []any)) {
	b := p.page(n)
	if b == nil || p.free[n] {
		return
	}
	at := 0
	if n == 1 {
		at = 100 // behind the header
	}
	kind, head := b[at], 8
	switch kind {
	case indexInner:
		head = 12
	case indexLeaf, tableLeaf:
	default:
		return
	}
	cells := int(binary.BigEndian.Uint16(b[at+3:]))
	for i := 0; i < cells && at+head+2*i+2 <= len(b); i++ {
		cell := int(binary.BigEndian.Uint16(b[at+head+2*i:]))
		if kind == indexInner {
			cell += 4
		}
		if cell >= len(b) {
			continue
		}
		if row, payload, ok := p.cell(b[cell:], kind == tableLeaf); ok {
			if values, ok := recordOf(payload); ok {
				found(row, values)
			}
		}
	}
}

// cell is the number and the payload of a cell, of which all but the first part lies
// on pages of its own if it is long.
func (p *pages) cell(b []byte, table bool) (row int64, payload []byte, ok bool) {
	size, n := varint(b)
	if n == 0 || size < 0 || size > maxValue {
		return 0, nil, false
	}
	b = b[n:]
	u := p.size
	maxLocal := (u-12)*64/255 - 23
	if table {
		if row, n = varint(b); n == 0 {
			return 0, nil, false
		}
		b, maxLocal = b[n:], u-35
	}
	local := int(size)
	if local > maxLocal {
		minLocal := (u-12)*32/255 - 23
		if local = minLocal + (int(size)-minLocal)%(u-4); local > maxLocal {
			local = minLocal
		}
	}
	if local > len(b) {
		return 0, nil, false
	}
	payload = append(payload, b[:local]...)
	if local == int(size) {
		return row, payload, true
	}
	if local+4 > len(b) {
		return 0, nil, false
	}
	for next := binary.BigEndian.Uint32(b[local:]); len(payload) < int(size); {
		page := p.page(next)
		if page == nil {
			return 0, nil, false
		}
		next = binary.BigEndian.Uint32(page)
		payload = append(payload, page[4:min(len(page), 4+int(size)-len(payload))]...)
	}
	return row, payload, true
}
