package cli

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
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
	if err := d.KeepDraft("", "Find x.\n"); err != nil || d.Draft() != "Find x.\n" {
		t.Errorf("kept %q: %v", d.Draft(), err)
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", about.Mode(), err)
	}
	if err := d.KeepDraft("", strings.Repeat("x", maxDraftBytes+1)); err == nil {
		t.Error("a draft of any size is kept")
	}
	for range 2 {
		if err := d.KeepDraft("Find x.\n", ""); err != nil {
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

// TestDraftsOfSeveralPrograms: a program that ends takes away no draft but the one that it took
// up itself, whatever it leaves.
func TestDraftsOfSeveralPrograms(t *testing.T) {
	for _, c := range []struct{ name, taken, there, text, want string }{
		{"another one's, and nothing of ours", "", "theirs", "", "theirs"},
		{"another one's, and ours", "", "theirs\n", "ours", "theirs\n\nours"},
		{"both began with one, and only they changed it", "both", "both, changed", "both", "both, changed"},
		{"both began with one, and they asked it", "both", "", "both", ""},
		{"both began with one, and only we asked it", "both", "both", "", ""},
		{"both began with one, and we asked it after they changed it", "both", "both, changed", "", "both, changed"},
		{"both changed it", "both", "theirs", "ours", "theirs\n\nours"},
		{"both wrote the same", "", "same", "same", "same"},
		{"both do not fit together", "", strings.Repeat("x", maxDraftBytes), "ours", "ours"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &Draft{filepath.Join(t.TempDir(), "aimo3", "draft.txt")}
			if err := d.KeepDraft("", c.there); err != nil {
				t.Fatal(err)
			}
			if err := d.KeepDraft(c.taken, c.text); err != nil || d.Draft() != c.want {
				t.Errorf("kept %.40q, want %q: %v", d.Draft(), c.want, err)
			}
		})
	}
}

// TestDraftsAtOneMoment: programs that are ended together, as with their terminals, keep every
// draft.
func TestDraftsAtOneMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3", "draft.txt")
	var all sync.WaitGroup
	texts := []string{"first", "second", "third", "fourth", "fifth", "sixth"}
	for _, text := range texts {
		all.Go(func() {
			if err := (&Draft{path}).KeepDraft("", text); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	kept := (&Draft{path}).Draft()
	for _, text := range texts {
		if !strings.Contains(kept, text) {
			t.Errorf("%q is gone from %q", text, kept)
		}
	}
}
