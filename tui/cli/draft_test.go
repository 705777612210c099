package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDraftFile: it is its owner's alone, bounded, and gone when there is no draft.
func TestDraftFile(t *testing.T) {
	home := t.TempDir()
	getenv := func(name string) string { return map[string]string{"XDG_DATA_HOME": home}[name] }
	d, path := Screen{}.Drafts(getenv), filepath.Join(home, "aimo3", "draft.txt")
	if got := d.Draft(); got != "" {
		t.Errorf("before any was kept: %q", got)
	}
	if err := d.KeepDraft("Find x.\n"); err != nil || d.Draft() != "Find x.\n" {
		t.Errorf("kept %q: %v", d.Draft(), err)
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", about.Mode(), err)
	}
	if err := d.KeepDraft(strings.Repeat("x", maxDraftBytes+1)); err == nil {
		t.Error("a draft of any size is kept")
	}
	for range 2 {
		if err := d.KeepDraft(""); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	if err := os.WriteFile(path, make([]byte, maxDraftBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := d.Draft(); got != "" {
		t.Errorf("a file of any size is read: %d bytes", len(got))
	}
	if (Screen{Settings: Settings{NoSave: true}}).Drafts(getenv) != nil {
		t.Error("--no-save keeps a draft")
	}
}
