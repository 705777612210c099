package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// maxFiltersBytes bounds the file of saved filters: as many as there may be, each character
// escaped.
const maxFiltersBytes = engine.MaxSavedFilters * (engine.MaxFilterNameRunes + engine.MaxFilterRunes) * 12

// Filters keeps filters of past attempts under their names, in a file of JSON that only its
// owner may read and that a person may edit. It may be used by many goroutines, and by several
// programs.
type Filters struct {
	path string
	now  func() time.Time
	mu   sync.Mutex
}

// Filters are kept beside the database of attempts, in its default place; nil where nothing
// is to be kept.
func (s Screen) Filters(getenv func(string) string) *Filters {
	dir := Dir(getenv)
	if dir == "" || s.NoSave {
		return nil
	}
	return &Filters{path: filepath.Join(dir, "filters.json"), now: time.Now}
}

// Saved are all that are kept, by name.
func (f *Filters) Saved(context.Context) ([]engine.SavedFilter, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept, err := f.read()
	return sorted(kept), err
}

// Save keeps a filter in place of what has its name, or forgets that if text is "", and
// returns what is kept then. A file that cannot be read is left as it is.
func (f *Filters) Save(ctx context.Context, name, text string) (all []engine.SavedFilter, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err = secure.Alone(ctx, f.path, func() error {
		kept, err := f.read()
		if err == nil {
			err = f.put(kept, name, text)
		}
		if err != nil {
			return err
		}
		written, err := json.MarshalIndent(kept, "", "  ")
		if err == nil {
			err = secure.WritePrivate(f.path, append(written, '\n'))
		}
		if err == nil {
			all = sorted(kept)
		}
		return err
	})
	return all, err
}

// put puts a filter among those that are kept, or takes one out if text is "".
func (f *Filters) put(kept map[string]string, name, text string) error {
	if text == "" {
		delete(kept, name)
		return nil
	}
	one, err := engine.NewSavedFilter(name, text, f.now())
	if err != nil {
		return err
	}
	if kept[one.Name] = one.Text; len(kept) > engine.MaxSavedFilters {
		return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%d filters are saved, and there can be no more", engine.MaxSavedFilters), Todo: "delete one first"}
	}
	return nil
}

// read is what the file holds: the texts by name.
func (f *Filters) read() (map[string]string, error) {
	kept := map[string]string{}
	written, err := secure.ReadRegular(f.path, maxFiltersBytes, nil)
	if errors.Is(err, fs.ErrNotExist) {
		return kept, nil
	}
	if err == nil {
		err = json.Unmarshal(written, &kept)
	}
	if kept == nil { // it says null
		kept = map[string]string{}
	}
	if err == nil && len(kept) > engine.MaxSavedFilters {
		err = fmt.Errorf("it has more than %d filters", engine.MaxSavedFilters)
	}
	for name, text := range kept {
		if err == nil {
			err = engine.SavedFilter{Name: name, Text: text}.Check()
		}
	}
	if err != nil {
		return nil, &engine.Fault{Class: engine.Storage, What: "the saved filters in " + f.path + " cannot be read", Todo: "mend the file or remove it", Err: err}
	}
	return kept, nil
}

func sorted(kept map[string]string) []engine.SavedFilter {
	var all []engine.SavedFilter
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		all = append(all, engine.SavedFilter{Name: name, Text: kept[name]})
	}
	return all
}
