package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// The log of commits that are not in the file yet, as SQLite lays it out: a head,
// then frames, each a page with a head of its own. Checksums run on from frame to
// frame, and the salts of the head stand in every frame of its round.
const (
	logHead     = 32
	frameHead   = 24
	logMagic    = 0x377f0682 // and the bit below it: numbers are big-endian
	maxPageSize = 1 << 16
)

// lostInLog says what of the log at path SQLite will pass over though it was
// written whole; "" for nothing. SQLite takes the first frame that does not fit
// for the end, which it is after a kill. It is damage if frames of the same round
// follow that end a commit, or the frame is whole but for its checksum.
//
// SQLite locks the log nowhere, so that to close it here drops nobody's lock.
func lostInLog(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", ignoreAbsent(err)
	}
	defer func() { _ = f.Close() }()
	if at, err := f.Stat(); err != nil || !at.Mode().IsRegular() || at.Size() <= logHead {
		return "", err
	}
	first, at, err := readLog(f)
	for range 2 { // what another program was writing just then has come further
		if first == "" || err != nil {
			break
		}
		var again int
		if _, again, err = readLog(f); again != at {
			return "", ignoreAbsent(err)
		}
	}
	return first, ignoreAbsent(err)
}

// readLog says what is lost and from which frame on.
func readLog(f *os.File) (lost string, frame int, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	var head, after [logHead]byte
	from := bufio.NewReaderSize(f, 1<<16)
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return "", 0, err
	}
	lost, frame = scanLog(from, head[:])
	if _, err := f.ReadAt(after[:], 0); err != nil || after != head { // begun anew meanwhile
		return "", 0, err
	}
	return lost, frame, nil
}

func ignoreAbsent(err error) error {
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func scanLog(from io.Reader, head []byte) (lost string, at int) {
	magic, size := binary.BigEndian.Uint32(head), binary.BigEndian.Uint32(head[8:])
	sum := logSum{order: binary.LittleEndian}
	if magic&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(head[:24])
	if magic&^1 != logMagic || size < 512 || size > maxPageSize || !sum.is(head[24:]) {
		return "its log cannot be read", 0
	}
	ended := false
	frame := make([]byte, frameHead+size)
	for at = 1; ; at++ {
		if _, err := io.ReadFull(from, frame); err != nil { // the last one may be half written
			return "", 0
		}
		round := string(frame[8:16]) == string(head[16:24])
		commits := binary.BigEndian.Uint32(frame[4:]) != 0
		if !ended {
			sum.add(frame[:8])
			sum.add(frame[frameHead:])
		}
		switch {
		case !ended && round && sum.is(frame[16:frameHead]):
		case !ended && round, ended && round && commits:
			return "a commit in its log cannot be read, nor what follows it", at
		default:
			ended = true
		}
	}
}

// logSum is the checksum of the log.
type logSum struct {
	order binary.ByteOrder
	a, b  uint32
}

func (s *logSum) add(bytes []byte) {
	for ; len(bytes) >= 8; bytes = bytes[8:] {
		s.a += s.order.Uint32(bytes) + s.b
		s.b += s.order.Uint32(bytes[4:]) + s.a
	}
}

func (s *logSum) is(stored []byte) bool {
	return s.a == binary.BigEndian.Uint32(stored) && s.b == binary.BigEndian.Uint32(stored[4:])
}
