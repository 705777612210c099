package gguf_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/ollama/gguf"
)

// file builds the head of a GGUF file.
type file struct{ b []byte }

func newFile(version uint32, keys uint64) *file {
	f := &file{[]byte("GGUF")}
	return f.u32(version).u64(0).u64(keys)
}

func (f *file) u32(v uint32) *file { f.b = binary.LittleEndian.AppendUint32(f.b, v); return f }
func (f *file) u64(v uint64) *file { f.b = binary.LittleEndian.AppendUint64(f.b, v); return f }
func (f *file) text(s string) *file {
	f.u64(uint64(len(s)))
	f.b = append(f.b, s...)
	return f
}
func (f *file) entry(key string, kind uint32) *file { return f.text(key).u32(kind) }
func (f *file) texts(key, value string) *file       { return f.entry(key, 8).text(value) }
func (f *file) list(key string, kind uint32, n uint64) *file {
	return f.entry(key, 9).u32(kind).u64(n)
}

func whole() *file {
	f := newFile(3, 7).texts("general.architecture", "llama").entry("llama.context_length", 4).u32(8192)
	f.list("tokens", 8, 2).text("a").text("b")
	f.list("scores", 6, 2).u32(0).u32(0)
	f.entry("eps", 6).u32(0).texts("general.name", "Tiny")
	return f.texts("tokenizer.chat_template", "<|im_start|>")
}

func TestRead(t *testing.T) {
	h, err := gguf.Read(bytes.NewReader(append(whole().b, "weights"...)))
	if err != nil || h.Architecture() != "llama" || h.Name() != "Tiny" || h.Context() != 8192 || h.ChatTemplate() != "<|im_start|>" {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestReadRefuses(t *testing.T) {
	start := func() *file { return newFile(3, 1) }
	tests := map[string][]byte{
		"empty":                nil,
		"another format":       []byte("PK\x03\x04 and more than enough bytes"),
		"version 1":            newFile(1, 0).b,
		"big-endian":           newFile(3<<24, 0).b,
		"too many keys":        newFile(3, 1<<40).b,
		"no architecture":      newFile(3, 0).b,
		"long key":             start().u64(1 << 60).b,
		"text past the end":    start().entry("k", 8).u64(1 << 62).b,
		"unknown kind":         start().entry("k", 99).u64(0).b,
		"list of lists":        start().list("k", 9, 1).b,
		"list past any end":    start().list("k", 10, 1<<61).b,
		"list of huge texts":   start().list("k", 8, 1<<24).u64(1 << 50).b,
		"list of too many":     start().list("k", 8, 1<<63).b,
		"list of unknown kind": start().list("k", 1000, 1).b,
	}
	for cut := range len(whole().b) {
		tests["cut at "+string(rune('0'+cut%10))+strings.Repeat("+", cut/10)] = whole().b[:cut]
	}
	for name, b := range tests {
		if h, err := gguf.Read(bytes.NewReader(b)); !errors.Is(err, gguf.ErrFormat) {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
	}
}

// endless is a list of texts of 64 KB each, and counts what is read of it.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	const size, period = 1 << 16, 8 + 1<<16
	for i := range p {
		if p[i] = 0; (e.n+i)%period == 2 { // the third byte of a length
			p[i] = size >> 16
		}
	}
	e.n += len(p)
	return len(p), nil
}

// A file of a few kilobytes may claim to hold more than is worth reading.
func TestReadStopsInALongFile(t *testing.T) {
	tail := &endless{}
	_, err := gguf.Read(io.MultiReader(bytes.NewReader(newFile(3, 1).list("k", 8, 1<<20).b), tail))
	if !errors.Is(err, gguf.ErrFormat) || tail.n > 65<<20 || tail.n < 1<<20 {
		t.Errorf("read %d bytes, %v", tail.n, err)
	}
}

func FuzzGGUF(f *testing.F) {
	f.Add(whole().b)
	f.Add(newFile(3, 1).list("k", 8, 1<<24).b)
	f.Add([]byte("GGUF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := gguf.Read(bytes.NewReader(b))
		if err == nil && (h.Architecture() == "" || len(h.ChatTemplate()) > len(b)) {
			t.Errorf("%+v of %d bytes", h, len(b))
		}
	})
}
