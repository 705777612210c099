package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestOpenMakesAPrivateFile(t *testing.T) {
	for _, name := range []string{"aimo3.db", "a b?c#d%25é&x=1/aimo3.db", ":memory:"} {
		path := filepath.Join(t.TempDir(), "data", name)
		d, err := Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		record(t, d, story("a", 1, 30))
		for p, want := range map[string]fs.FileMode{path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700} {
			if at, err := os.Stat(p); err != nil || at.Mode().Perm() != want {
				t.Errorf("%s: mode %v, error %v; want %v", p, at, err, want)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		equal(t, "files left beside it", beside(t, path), []string{filepath.Base(path)})
		if again := openedAt(t, path); len(stored(t, again, "a")) == 0 {
			t.Errorf("%s: nothing is there after opening again", name)
		}
	}
}

func TestSettings(t *testing.T) {
	d := opened(t)
	for name, h := range map[string]*sql.DB{"writer": d.writer, "reader": d.reader} {
		want := map[string]string{
			"journal_mode": "wal", "trusted_schema": "0", "cell_size_check": "1", "mmap_size": "0",
			"journal_size_limit": "67108864", "busy_timeout": "5000",
		}
		if name == "writer" {
			want["synchronous"], want["foreign_keys"] = "2", "1"
		} else {
			want["query_only"] = "1"
		}
		for pragma, value := range want {
			var got string
			if err := h.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != value {
				t.Errorf("%s: %s = %s (%v), want %s", name, pragma, got, err, value)
			}
		}
	}
}

func TestOpenLeavesAloneWhatItCannotUse(t *testing.T) {
	local := thisHost()
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string)
		host func(*host)
		says string
	}{
		{"text", func(t *testing.T, p string) { write(t, p, strings.Repeat("not a database\n", 100)) }, nil, "not a database"},
		{"a few bytes", func(t *testing.T, p string) { write(t, p, "hello") }, nil, "not a database"},
		{"a damaged header", func(t *testing.T, p string) { ours(t, p); damage(t, p, 0, bytes.Repeat([]byte{7}, 100)) }, nil, "not a database"},
		{"a damaged list of tables", func(t *testing.T, p string) { ours(t, p); damage(t, p, 100, bytes.Repeat([]byte{255}, 3000)) }, nil, "damaged"},
		{"cut short", func(t *testing.T, p string) { ours(t, p); cut(t, p, 4096*3) }, nil, "damaged"},
		{"cut inside the header", func(t *testing.T, p string) { ours(t, p); cut(t, p, 60) }, nil, "damaged"},
		{"a newer version", func(t *testing.T, p string) { ours(t, p); execute(t, p, "PRAGMA user_version = 999") }, nil, "a newer aimo3 wrote it (version 999"},
		{"another program's, marked", func(t *testing.T, p string) { ours(t, p); execute(t, p, "PRAGMA application_id = 42") }, nil, "damaged"},
		{"another program's, unmarked", func(t *testing.T, p string) { execute(t, p, "CREATE TABLE cats (name)") }, nil, "another program"},
		{"a directory", func(t *testing.T, p string) { mkdir(t, p) }, nil, "not a file"},
		{"on NFS", func(t *testing.T, p string) { ours(t, p) }, func(h *host) { h.drive = always("NFS") }, "network drive (NFS)"},
		{"an old SQLite", func(t *testing.T, p string) { ours(t, p) }, func(h *host) { h.sqlite = "3.51.2" }, "3.51.2"},
		{"not writable", func(t *testing.T, p string) { ours(t, p) }, func(h *host) { h.writable = func(string) error { return fs.ErrPermission } }, "cannot be written"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			c.make(t, path)
			before, h := sum(t, path), local
			if c.host != nil {
				c.host(&h)
			}
			d, err := open(t.Context(), path, nil, h)
			if err == nil {
				_ = d.Close()
			}
			wantFault(t, err, engine.Storage, c.says, " · ")
			if !strings.Contains(err.Error(), path) && c.name != "an old SQLite" {
				t.Errorf("%v does not name %s", err, path)
			}
			equal(t, "content", sum(t, path), before)
			equal(t, "files", beside(t, path), []string{"aimo3.db"})
		})
	}
}

// A newer version may stand in the log alone, when the newer program was killed.
func TestOpenSeesAVersionThatIsOnlyInTheLog(t *testing.T) {
	from, path := filepath.Join(t.TempDir(), "aimo3.db"), filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, from)
	if _, err := d.writer.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} { // a copy is what a kill would leave
		b, err := os.ReadFile(from + end)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path+end, string(b))
	}
	before := sum(t, path) + sum(t, path+"-wal")
	_, err := Open(t.Context(), path, nil)
	wantFault(t, err, engine.Storage, "newer", path)
	equal(t, "content", sum(t, path)+sum(t, path+"-wal"), before)
}

func TestOpenMakesNothingWhereItMayNot(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "x")
	_, err := Open(t.Context(), filepath.Join(dir, "file", "sub", "aimo3.db"), nil)
	wantFault(t, err, engine.Storage, "directory cannot be made", dir)

	h := thisHost()
	h.drive = always("SMB2")
	_, err = open(t.Context(), filepath.Join(dir, "new", "aimo3.db"), nil, h)
	wantFault(t, err, engine.Storage, "network drive (SMB2)")
	equal(t, "files", beside(t, filepath.Join(dir, "x")), []string{"file"})

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, filepath.Join(dir, "late.db"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
}

func TestAFileLeftEmptyByAKillIsUsed(t *testing.T) {
	for name, script := range map[string]string{"no header": "", "only a header": "PRAGMA journal_mode = WAL"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			write(t, path, "")
			execute(t, path, script)
			record(t, openedAt(t, path), story("a", 1, 10))
		})
	}
}

func TestDamagedPagesAreNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	ours(t, path)
	at, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for page := int64(3); page < at.Size()/4096; page++ {
		damage(t, path, page*4096, bytes.Repeat([]byte{0xa5}, 2048))
	}
	d, err := Open(t.Context(), path, nil)
	if err == nil { // what Open reads may be whole
		wantFault(t, d.Check(t.Context()), engine.Storage, "damaged", path)
		_ = d.Close()
		return
	}
	wantFault(t, err, engine.Storage, "damaged", path)
}

func TestVersionsCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"3.51.2", oldestSQLite, -1}, {"3.51.3", oldestSQLite, 0}, {"3.52.0", oldestSQLite, 1}, {"3.6.0", "3.51.3", -1}, {"4", "3.51.3", 1}, {"3.51", "3.51.3", -1}, {"", "1", -1}} {
		equal(t, c.a+" against "+c.b, compareVersions(c.a, c.b), c.want)
	}
	if err := thisHost().version(); err != nil {
		t.Error(err)
	}
}
