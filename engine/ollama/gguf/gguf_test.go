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
	if err != nil || h.Architecture() != "llama" || h.ChatTemplate() != "<|im_start|>" {
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

// Only what can chat is fit to be imported, by what the head says.
func TestUnfit(t *testing.T) {
	const arch, whole = "general.architecture", "m.gguf"
	// model is the head of a whole model with weights and one more key.
	model := func(kind string, more func(*file)) *file {
		f := newFile(3, 4)
		f.b[8] = 9 // tensors
		more(f.texts(arch, kind).texts("tokenizer.ggml.model", "gpt2").list("tokenizer.ggml.tokens", 8, 0))
		return f
	}
	text := func(key, value string) func(*file) { return func(f *file) { f.texts(key, value) } }
	number := func(key string, v uint32) func(*file) { return func(f *file) { f.entry(key, 4).u32(v) } }
	flag := func(key string, v byte) func(*file) { return func(f *file) { f.entry(key, 7).b = append(f.b, v) } }
	name := text("general.name", "x")
	small := func(tensors byte, texts ...string) *file {
		f := newFile(3, uint64(len(texts)/2))
		f.b[8] = tensors
		for i := 0; i < len(texts); i += 2 {
			f.texts(texts[i], texts[i+1])
		}
		return f
	}
	for _, row := range []struct {
		name string
		file *file
		as   string
		want string // in what it is said to be; "" for a model that may chat
	}{
		{"llama", model("llama", name), whole, ""},
		{"a type", model("qwen3", text("general.type", "model")), whole, ""},
		{"Embedded in its name", model("pangu-embedded", name), whole, ""},
		{"one part of one", model("qwen3", number("split.count", 1)), "q-00001-of-00001.gguf", ""},
		{"a date in its name", model("qwen3", name), "q-2025-of-july.gguf", ""},
		{"causal", model("llama", flag("llama.attention.causal", 1)), whole, ""},
		{"sees too", model("gemma3", number("gemma3.block_count", 9)), whole, ""},
		{"a shard by its name", model("llama", name), "m-00001-of-00003.gguf", "a shard, part 1 of 3"},
		{"a shard by its name in capitals", model("llama", name), "M-00002-OF-00003.GGUF", "part 2 of 3"},
		{"a shard by its head", model("llama", number("split.count", 2)), whole, "part 1 of 2"},
		{"a later shard", func() *file { f := newFile(3, 2); number("split.no", 1)(f); number("split.count", 3)(f); return f }(), whole, "part 2 of 3"},
		{"an adapter", small(9, arch, "llama", "general.type", "adapter"), whole, "a LoRA adapter"},
		{"an adapter of old", small(9, arch, "llama", "adapter.type", "lora"), whole, "a LoRA adapter"},
		{"a control vector", small(9, arch, "controlvector"), whole, "a control vector"},
		{"a projector", small(9, arch, "clip"), whole, "an mmproj projector"},
		{"a projector by its type", model("qwen2vl", text("general.type", "MMPROJ")), whole, "an mmproj projector"},
		{"a projector by its layers", model("mistral3", number("mistral3.vision.block_count", 9)), whole, "an mmproj projector"},
		{"bert", model("bert", name), whole, "an embedding model"},
		{"nomic", model("nomic-bert-moe", name), whole, "an embedding model"},
		{"a pooled qwen", model("qwen3", number("qwen3.pooling_type", 3)), whole, "an embedding model"},
		{"a reranker", model("qwen3", func(f *file) { f.list("qwen3.classifier.output_labels", 8, 0) }), whole, "an embedding model"},
		{"an encoder", model("llama", flag("llama.attention.causal", 0)), whole, "an encoder"},
		{"a vocabulary", small(0, arch, "llama", "tokenizer.ggml.model", "gpt2"), whole, "a vocabulary without weights"},
		{"an imatrix", small(9, arch, "llama", "general.type", "imatrix"), whole, "an importance matrix"},
		{"pictures", small(9, arch, "flux"), whole, "makes pictures"},
		{"speech", model("whisper", name), whole, "speech"},
		{"t5", model("t5encoder", name), whole, "an embedding model"},
		{"t5 whole", model("t5", name), whole, "an encoder with a decoder"},
		{"text by diffusion", model("dream", name), whole, "a diffusion model"},
		{"of an unknown kind", small(9, arch, "newnet"), whole, "no vocabulary"},
		{"of an unknown type", model("llama", text("general.type", "Table")), whole, `the type "table"`},
	} {
		h, err := gguf.Read(bytes.NewReader(append(row.file.b, 0, 0, 0, 0)))
		what, todo := h.Unfit(row.as)
		if err != nil || (what == "") != (row.want == "") || !strings.Contains(what, row.want) || (todo == "") != (what == "") {
			t.Errorf("%s: %v, %q, %q; want %q", row.name, err, what, todo, row.want)
		}
	}
}

func FuzzGGUF(f *testing.F) {
	f.Add(whole().b)
	f.Add(newFile(3, 1).list("k", 8, 1<<24).b)
	f.Add([]byte("GGUF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := gguf.Read(bytes.NewReader(b))
		if what, _ := h.Unfit("m.gguf"); err == nil && (h.Architecture() == "" && what == "" || len(h.ChatTemplate()) > len(b)) {
			t.Errorf("%+v of %d bytes", h, len(b))
		}
	})
}
