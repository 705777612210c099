package theme

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOwnPalettes are found by their names beside the program's, which come first; what is
// wrong with one is said, and a name leads to no file elsewhere.
func TestOwnPalettes(t *testing.T) {
	dir := t.TempDir()
	night, err := files.ReadFile("palettes/night.json")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("dusk.json", strings.Replace(string(night), `"name": "night"`, `"name": "dusk"`, 1))
	write("night.json", strings.Replace(string(night), "#13151d", "#000001", 1))
	write("broken.json", `{"name": "broken"}`)
	write("huge.json", strings.Repeat(" ", maxOwnBytes+1))
	if err := os.Mkdir(filepath.Join(dir, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ dir, name, want, wantErr string }{
		{dir, "dusk", "dusk", ""},
		{dir, "night", "night", ""},
		{dir, "broken", "", `role "background" is missing`},
		{dir, "huge", "", "is larger than 64 KB"},
		{dir, "folder", "", "is no file"},
		{dir, "dawn", "", "and your own: broken, dusk, folder, huge, night"},
		{dir, "../" + filepath.Base(dir) + "/dusk", "", "no theme"},
		{dir, "my thème", "", "letters, digits, - and _"},
		{t.TempDir(), "dawn", "", "; your own would be "},
		{"", "dusk", "", "no theme"},
	} {
		p, err := FindIn(row.dir, row.name)
		if p.Name != row.want || (err == nil) != (row.wantErr == "") || err != nil && !strings.Contains(err.Error(), row.wantErr) {
			t.Errorf("FindIn(%q) = %q, %v; want %q, error with %q", row.name, p.Name, err, row.want, row.wantErr)
		}
		if row.name == "night" && p.Background != "#13151d" {
			t.Error("a file took the place of a palette of the program's")
		}
	}
}
