package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"
)

// TestWhatIsLoggedOfTheStore: that it is opened, migrated, damaged or cannot be had,
// and what a person was told.
func TestWhatIsLoggedOfTheStore(t *testing.T) {
	older, damaged := unpackOlder(t, "store/testdata/starlark"), unpackOlder(t, "store/testdata/cells")
	text, err := os.ReadFile(damaged)
	if err == nil {
		err = os.WriteFile(damaged, bytes.ReplaceAll(text, []byte(`"votes"`), []byte(`"vOtes"`)), 0o600)
	}
	if err == nil {
		err = os.Chmod(older, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, want, says string }{
		{"an older one", older, "store|store opened|store migrated", `"from":1,"to":10`},
		{"the same again", older, "store opened", `"path":"` + older + `","version":10`},
		{"a damaged one", damaged, "store|store opened|store migrated|store damaged", `"class":"storage","what":"the store ` + damaged + ` is damaged`},
		{"none", t.TempDir(), "store failed", `"class":"storage","what":"cannot open the store`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, log, told := program(), new(bytes.Buffer), 0
			p.Log.OpenTo(log, slog.LevelInfo)
			db, err := p.Open(t.Context(), c.path, func(string) { told++ })
			if err == nil {
				_ = db.Check(t.Context())
				err = db.Close()
			}
			if (err != nil) != (c.name == "none") {
				t.Fatal(err)
			}
			var lines []string
			for line := range strings.Lines(log.String()) {
				var said struct{ Msg string }
				if err := json.Unmarshal([]byte(line), &said); err != nil {
					t.Fatal(err)
				}
				lines = append(lines, said.Msg)
			}
			if strings.Join(lines, "|") != c.want || !strings.Contains(log.String(), c.says) || told != strings.Count(c.want+"|", "store|") {
				t.Errorf("told %d times, logged %q, want %s and %s in\n%s", told, lines, c.want, c.says, log)
			}
		})
	}
}
