package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// filterShelf is where filters are kept in a test, and its file.
func filterShelf(t *testing.T) (*Filters, string) {
	home := t.TempDir()
	f := Screen{}.Filters(func(name string) string { return map[string]string{"XDG_DATA_HOME": home}[name] })
	return f, filepath.Join(home, "aimo3", "filters.json")
}

// TestFiltersAreKept: by name, each once, in a file that is its owner's alone, until they are
// forgotten; another program finds them.
func TestFiltersAreKept(t *testing.T) {
	f, path := filterShelf(t)
	if all, err := f.Saved(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("before any was kept: %v, %v", all, err)
	}
	for _, one := range [][2]string{{"hard", "is:wrong <b>"}, {" easy ", "is:right"}, {"hard", "is:slow"}, {"gone", "x"}, {"gone", ""}} {
		if _, err := f.Save(t.Context(), one[0], one[1]); err != nil {
			t.Fatalf("%v: %v", one, err)
		}
	}
	for _, from := range []*Filters{f, {path: path}} {
		all, err := from.Saved(t.Context())
		if got := fmt.Sprint(all); err != nil || got != "[{easy is:right} {hard is:slow}]" {
			t.Errorf("kept %s, %v", got, err)
		}
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", about, err)
	}
	if _, err := f.Save(t.Context(), "bad", "is:"); !errors.Is(err, &engine.Fault{Class: engine.Invalid}) {
		t.Errorf("what is no filter is kept: %v", err)
	}
	if (Screen{Settings: Settings{NoSave: true}}).Filters(os.Getenv) != nil {
		t.Error("--no-save keeps filters")
	}
}

// TestFiltersOfTwoProgramsAreKept: what both save at one moment is there.
func TestFiltersOfTwoProgramsAreKept(t *testing.T) {
	f, path := filterShelf(t)
	other := &Filters{path: path, now: f.now}
	var wait sync.WaitGroup
	for i, by := range []*Filters{f, other} {
		wait.Go(func() {
			for j := range 20 {
				if _, err := by.Save(t.Context(), fmt.Sprintf("f%d-%d", i, j), "x"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if all, err := f.Saved(t.Context()); err != nil || len(all) != 40 {
		t.Errorf("%d of 40 are kept, %v", len(all), err)
	}
}

// TestFiltersAreBounded: there can be so many, the largest ones are read again, and one more
// is refused.
func TestFiltersAreBounded(t *testing.T) {
	f, _ := filterShelf(t)
	name := func(i int) string {
		return fmt.Sprintf("%03d%s", i, strings.Repeat("🦆", engine.MaxFilterNameRunes-3))
	}
	for i := range engine.MaxSavedFilters {
		if _, err := f.Save(t.Context(), name(i), "x"+strings.Repeat("🦆", engine.MaxFilterRunes-1)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Save(t.Context(), name(1), "another in its place"); err != nil {
		t.Error(err)
	}
	if _, err := f.Save(t.Context(), "one more", "x"); !errors.Is(err, &engine.Fault{Class: engine.Invalid}) {
		t.Errorf("one more: %v", err)
	}
	if all, err := f.Saved(t.Context()); err != nil || len(all) != engine.MaxSavedFilters {
		t.Errorf("%d are kept, %v", len(all), err)
	}
}

// TestAFileOfFiltersThatIsOdd: it is told what to do, and nothing overwrites it.
func TestAFileOfFiltersThatIsOdd(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":     "hard is:wrong",
		"empty":       "",
		"a list":      `["is:wrong"]`,
		"control":     `{"a\u001b]0;x": "is:wrong"}`,
		"no name":     `{"": "is:wrong"}`,
		"too large":   `{"a": "` + strings.Repeat("x", maxFiltersBytes) + `"}`,
		"a long name": `{"` + strings.Repeat("x", 41) + `": "x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			f, path := filterShelf(t)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Saved(t.Context()); !errors.Is(err, &engine.Fault{Class: engine.Storage}) {
				t.Errorf("read: %v", err)
			}
			if _, err := f.Save(t.Context(), "a", "x"); !errors.Is(err, &engine.Fault{Class: engine.Storage}) {
				t.Errorf("saved over: %v", err)
			}
			if now, err := os.ReadFile(path); err != nil || string(now) != text {
				t.Errorf("the file is changed: %v", err)
			}
		})
	}
	f, path := filterShelf(t)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("null"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if all, err := f.Save(t.Context(), "a", "x"); err != nil || len(all) != 1 {
		t.Errorf("after null: %v, %v", all, err)
	}
}
