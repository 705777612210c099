package ollama_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// rises fails if what is told as done ever goes back.
func rises(t *testing.T, told []engine.Pull) {
	t.Helper()
	var done int64
	for i, p := range told {
		if p.Done < done || p.Total > 0 && p.Done > p.Total {
			t.Errorf("report %d is %+v after %d bytes", i, p, done)
		}
		done = p.Done
	}
}

func TestPull(t *testing.T) {
	srv := fake.NewServer(t)
	c := newClient(t, srv.URL)
	var told []engine.Pull
	if err := c.Pull(t.Context(), "new", func(p engine.Pull) { told = append(told, p) }); err != nil {
		t.Fatal(err)
	}
	rises(t, told)
	if last := told[len(told)-1]; last.Done != 300 || last.Total != 300 || last.Status != "success" {
		t.Errorf("%+v", last)
	}
	if _, err := c.Show(t.Context(), "new"); err != nil {
		t.Error(err)
	}
}

func TestPullBeginsALayerAgain(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Pulls(fake.Progress("a", "sha256:a", 90, 100), fake.Progress("a", "sha256:a", 10, 100), fake.Progress("a", "sha256:a", 100, 100), fake.Progress("success", "", 0, 0))
	var told []engine.Pull
	if err := newClient(t, srv.URL).Pull(t.Context(), "x", func(p engine.Pull) { told = append(told, p) }); err != nil || len(told) != 4 || told[1].Done != 90 {
		t.Errorf("%+v, %v", told, err)
	}
	rises(t, told)
}

func TestPullFaults(t *testing.T) {
	tests := []struct {
		name  string
		steps []fake.Step
		class engine.Class
		what  string
	}{
		{"no such model", []fake.Step{fake.FailMidway("pull model manifest: file does not exist")}, engine.NoModel, "ollama.com"},
		{"offline", []fake.Step{fake.FailMidway(`pull model manifest: Get "https://registry": dial tcp: lookup registry: no such host`)}, engine.Unreachable, "online"},
		{"disk full", []fake.Step{fake.FailMidway("write /x: no space left on device")}, engine.Storage, "make room"},
		{"too old", []fake.Step{fake.FailMidway("412: The model you are attempting to pull requires a newer version of Ollama.")}, engine.Invalid, "update Ollama"},
		{"cut", []fake.Step{fake.Progress("pulling a", "sha256:a", 1, 2)}, engine.Truncated, "kept"},
		{"server dies", []fake.Step{fake.Progress("pulling a", "sha256:a", 1, 2), fake.HangUp()}, engine.Truncated, "kept"},
		{"refused", []fake.Step{fake.Fail(500, "the moon is wrong")}, engine.Unknown, "could not fetch"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := fake.NewServer(t)
			srv.Pulls(tt.steps...)
			err := newClient(t, srv.URL).Pull(t.Context(), "x", func(engine.Pull) {})
			if engine.ClassOf(err) != tt.class || !strings.Contains(engine.Hint(err), tt.what) {
				t.Errorf("%s of %q", engine.ClassOf(err), engine.Hint(err))
			}
		})
	}
}

func TestPullCancelled(t *testing.T) {
	srv := fake.NewServer(t)
	srv.Pulls(fake.Progress("pulling a", "sha256:a", 1, 2), fake.Stall())
	ctx, cancel := context.WithCancelCause(t.Context())
	err := newClient(t, srv.URL).Pull(ctx, "x", func(engine.Pull) { cancel(engine.ErrStopped) })
	if !errors.Is(err, engine.ErrStopped) {
		t.Errorf("%v", err)
	}
	srv.AwaitGone(t, 1)
}

// ggufFile writes a file with the given texts in its head, and some weight.
func ggufFile(t *testing.T, texts ...string) string {
	t.Helper()
	le := binary.LittleEndian
	text := func(b []byte, s string) []byte { return append(le.AppendUint64(b, uint64(len(s))), s...) }
	b := le.AppendUint32([]byte("GGUF"), 3)
	b = le.AppendUint64(le.AppendUint64(b, 0), uint64(len(texts)/2))
	for i := 0; i < len(texts); i += 2 {
		b = text(le.AppendUint32(text(b, texts[i]), 8), texts[i+1])
	}
	path := filepath.Join(t.TempDir(), "m.gguf")
	if err := os.WriteFile(path, append(b, make([]byte, 300_000)...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImport(t *testing.T) {
	const arch, chat = "general.architecture", "tokenizer.chat_template"
	tests := []struct {
		name   string
		file   []string
		marker string // in the template; "" for none of ours
		stop   string
	}{
		{"gemma by its template", []string{arch, "gemma3", chat, "{{ '<start_of_turn>' + role }}"}, "<start_of_turn>model", "<end_of_turn>"},
		{"gemma by its architecture", []string{arch, "gemma3"}, "<start_of_turn>model", "<end_of_turn>"},
		{"chatml", []string{arch, "llama", chat, "<|im_start|>"}, "<|im_start|>assistant", "<|im_end|>"},
		{"llama 3", []string{arch, "llama", chat, "<|start_header_id|>"}, "<|start_header_id|>assistant", "<|eot_id|>"},
		{"mistral", []string{arch, "llama", chat, "[INST]"}, "[/INST]", "[INST]"},
		{"phi", []string{arch, "phi3", chat, "<|user|>x<|end|>"}, "<|assistant|>", "<|end|>"},
		{"deepseek", []string{arch, "qwen2", chat, "<｜User｜>"}, "<｜Assistant｜>", "<｜User｜>"},
		{"unknown", []string{arch, "llama"}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := fake.NewServer(t)
			c := newClient(t, srv.URL)
			var told []engine.Pull
			if err := c.Import(t.Context(), ggufFile(t, tt.file...), "mine", func(p engine.Pull) { told = append(told, p) }); err != nil {
				t.Fatal(err)
			}
			rises(t, told)
			if last := told[len(told)-1]; last.Done != last.Total || last.Total < 300_000 {
				t.Errorf("told %+v at last", last)
			}
			created := srv.Created()
			last := created[len(created)-1]
			template, _ := last["template"].(string)
			if !strings.Contains(template, tt.marker) || (template == "") != (tt.marker == "") {
				t.Errorf("template %q, want %q in it", template, tt.marker)
			}
			parameters, _ := last["parameters"].(map[string]any)
			if stops, _ := parameters["stop"].([]any); tt.stop != "" && (len(stops) == 0 || stops[0] != tt.stop) {
				t.Errorf("parameters %v, want the stop %q", last["parameters"], tt.stop)
			}
			digest, _ := last["files"].(map[string]any)["model.gguf"].(string)
			if srv.Blob(digest) < 300_000 {
				t.Errorf("the server has %d bytes", srv.Blob(digest))
			}
		})
	}
}

func TestImportRefusesWhatIsNoModel(t *testing.T) {
	srv := fake.NewServer(t)
	c := newClient(t, srv.URL)
	text := filepath.Join(t.TempDir(), "x.gguf")
	if err := os.WriteFile(text, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	const arch = "general.architecture"
	shard := filepath.Join(t.TempDir(), "m-00001-of-00003.gguf")
	if err := os.Rename(ggufFile(t, arch, "llama"), shard); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		text: "GGUF", filepath.Join(t.TempDir(), "none.gguf"): "no such file", t.TempDir(): "not a regular file", shard: "it is a shard, part 1 of 3",
		ggufFile(t, arch, "llama", "general.type", "adapter"): "it is a LoRA adapter", ggufFile(t, arch, "clip"): "it is an mmproj projector", ggufFile(t, arch, "nomic-bert"): "it is an embedding model",
	} {
		err := c.Import(t.Context(), path, "mine", func(p engine.Pull) { t.Errorf("%s: %+v", path, p) })
		if engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), want) {
			t.Errorf("%s: %s; want %q", path, engine.Hint(err), want)
		}
	}
	if len(srv.Created()) != 0 {
		t.Error("a model was made of it")
	}
}
