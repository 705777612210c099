// Package gguf reads the description at the head of a GGUF model file. Files
// are hostile until read: every length is checked against what the file may
// still hold before anything is kept or skipped.
package gguf

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
)

// Bounds of what is read. Real files stay far below: the vocabulary of a large
// model takes some ten megabytes.
const (
	maxHead  = 64 << 20 // bytes of the whole description
	maxKeys  = 1 << 14
	maxKey   = 1 << 10 // bytes of one key
	maxValue = 1 << 20 // bytes of one text that is kept
)

// ErrFormat says that a file is no GGUF file that can be read.
var ErrFormat = errors.New("not a readable GGUF file")

// Head is a file's description: its single values by key. Lists are left out.
type Head struct {
	tensors uint64
	keys    map[string]bool // all there are
	texts   map[string]string
	numbers map[string]uint64
}

// Architecture is the kind of model: "llama", "gemma3".
func (h Head) Architecture() string { return h.texts["general.architecture"] }

// ChatTemplate is the Jinja template that makes a prompt of turns. It is
// empty in models that were not trained to chat.
func (h Head) ChatTemplate() string { return h.texts["tokenizer.chat_template"] }

// The kinds of values, as the format numbers them.
const (
	kindUint8 = iota
	kindInt8
	kindUint16
	kindInt16
	kindUint32
	kindInt32
	kindFloat32
	kindBool
	kindString
	kindArray
	kindUint64
	kindInt64
	kindFloat64
	kinds
)

// width is the bytes of a value of a kind; 0 for strings and lists.
func width(kind uint32) uint64 {
	widths := [kinds]uint64{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8}
	if kind >= kinds {
		return 0
	}
	return widths[kind]
}

// Read reads the description and no more of the file than it needs to.
func Read(file io.Reader) (Head, error) {
	s := source{r: bufio.NewReaderSize(file, 64<<10), left: maxHead}
	if magic := s.uint(4); magic != 0x46554747 { // "GGUF"
		return Head{}, s.fail("it does not begin with GGUF")
	}
	if version := s.uint(4); version != 2 && version != 3 {
		return Head{}, s.fail(fmt.Sprintf("its version is %d; 2 and 3 are known", version))
	}
	tensors, n := s.uint(8), s.uint(8)
	if n > maxKeys {
		return Head{}, s.fail(fmt.Sprintf("it has %d keys; at most %d are read", n, maxKeys))
	}
	h := Head{tensors: tensors, keys: map[string]bool{}, texts: map[string]string{}, numbers: map[string]uint64{}}
	for range n {
		if s.entry(h); s.err != nil {
			return Head{}, s.fail("")
		}
	}
	if s.err != nil || h.Architecture() == "" && h.numbers["split.count"] < 2 { // later shards do not repeat it
		return Head{}, s.fail("it does not name its architecture")
	}
	return h, nil
}

// source reads little-endian values within a budget of bytes. After its first
// error it reads zeros.
type source struct {
	r    *bufio.Reader
	left uint64
	err  error
}

func (s *source) fail(why string) error {
	if s.err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, s.err)
	}
	return fmt.Errorf("%w: %s", ErrFormat, why)
}

// spend takes n bytes from the budget and says whether they are there.
func (s *source) spend(n uint64) bool {
	if s.err == nil && n > s.left {
		s.err = errors.New("its description is too long")
	}
	if s.err != nil {
		return false
	}
	s.left -= n
	return true
}

func (s *source) uint(bytes int) uint64 {
	if !s.spend(uint64(bytes)) {
		return 0
	}
	got, err := s.r.Peek(bytes)
	if err != nil {
		s.err = fmt.Errorf("it ends early: %w", err)
		return 0
	}
	var v uint64
	for i, b := range got {
		v |= uint64(b) << (8 * i)
	}
	s.drop(bytes)
	return v
}

func (s *source) skip(n uint64) {
	if s.spend(n) {
		s.drop(int(n)) //nolint:gosec // n is at most maxHead
	}
}

func (s *source) drop(n int) {
	if _, err := s.r.Discard(n); err != nil {
		s.err = fmt.Errorf("it ends early: %w", err)
	}
}

// text reads a string of at most most bytes; a longer one is skipped if
// longer is true, and is an error otherwise.
func (s *source) text(maxBytes uint64, longer bool) string {
	n := s.uint(8)
	if n > maxBytes {
		if longer {
			s.skip(n)
		} else if s.err == nil {
			s.err = fmt.Errorf("it has a key of %d bytes", n)
		}
		return ""
	}
	if !s.spend(n) {
		return ""
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(s.r, b); err != nil {
		s.err = fmt.Errorf("it ends early: %w", err)
		return ""
	}
	return string(b)
}

// entry reads one key and its value into h.
func (s *source) entry(h Head) {
	key := s.text(maxKey, false)
	kind := uint32(s.uint(4)) //nolint:gosec // four bytes were read
	if s.err == nil {
		h.keys[key] = true
	}
	switch {
	case s.err != nil:
	case kind == kindString:
		if text := s.text(maxValue, true); s.err == nil {
			h.texts[key] = text
		}
	case kind == kindArray:
		s.array()
	case kind == kindFloat32, kind == kindFloat64:
		s.skip(width(kind))
	case width(kind) > 0:
		if n := s.uint(int(width(kind))); s.err == nil { //nolint:gosec // at most 8
			h.numbers[key] = n
		}
	default:
		s.err = fmt.Errorf("it has a value of the unknown kind %d", kind)
	}
}

// array passes over a list. Lists of lists, which no model has, are refused.
func (s *source) array() {
	kind := uint32(s.uint(4)) //nolint:gosec // four bytes were read
	n := s.uint(8)
	each := width(kind)
	switch {
	case s.err != nil:
	case kind == kindString:
		for range n {
			if s.skip(s.uint(8)); s.err != nil {
				return
			}
		}
	case each > 0 && n <= math.MaxUint64/each:
		s.skip(n * each)
	default:
		s.err = fmt.Errorf("it has a list of %d values of kind %d", n, kind)
	}
}
