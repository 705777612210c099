package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// oldestSQLite is the first version whose write-ahead log cannot corrupt a file
// that several programs write.
const oldestSQLite = "3.51.3"

// maxVersion is the highest that a file of migrations can be numbered.
const maxVersion = 9999

// maxMigrating is how often a file is looked into again whose tables change just then.
const maxMigrating = 100

// host is what Open asks of the machine.
type host struct {
	sqlite   string                           // version of the library linked in
	drive    func(dir string) (string, error) // the network file system that holds dir; "" for a local one
	writable func(path string) error
}

func thisHost() host {
	version, _, _ := sqlite3.Version()
	return host{sqlite: version, drive: networkDrive, writable: writable}
}

// admit decides whether the store at path can be used, and makes it if there is
// none. It opens no file that exists but by SQLite: closing a descriptor of
// one's own would drop the locks that this process has on it.
func (h host) admit(ctx context.Context, path string) (string, error) {
	path, err := h.find(path)
	if err != nil {
		return path, err
	}
	size, err := create(path)
	if err != nil {
		return path, err
	}
	if p, err := h.shut(path); err != nil {
		return path, refusal(path, fmt.Sprintf("%s cannot be written", p), "give yourself the right to write there, or name another file with --db", err)
	}
	if size == 0 {
		return path, nil
	}
	if err := checkJournal(path, size); err != nil {
		return path, err
	}
	_, err = probe(ctx, path)
	return path, err
}

// find is where the store at path is, if that is a place for one.
func (h host) find(path string) (string, error) {
	if err := h.version(); err != nil {
		return path, err
	}
	path, err := resolve(path)
	if err != nil {
		return path, err
	}
	for _, beside := range []string{path + "-wal", path + "-shm", path + "-journal"} {
		if at, err := os.Lstat(beside); err == nil && !at.Mode().IsRegular() {
			return path, refusal(path, beside+" is not a file", "move that away, or name another file with --db", nil)
		}
	}
	return path, h.local(path)
}

// shut is what of a file and its directory cannot be written, and why.
func (h host) shut(path string) (string, error) {
	for _, p := range []string{path, filepath.Dir(path)} {
		if err := h.writable(p); err != nil {
			return p, err
		}
	}
	return "", nil
}

func (h host) version() error {
	if compareVersions(h.sqlite, oldestSQLite) >= 0 {
		return nil
	}
	return &engine.Fault{
		Class: engine.Storage,
		What:  fmt.Sprintf("this program was built with SQLite %s, which can damage a store that two programs write", h.sqlite),
		Todo:  "build it without the tag libsqlite3, or with SQLite " + oldestSQLite + " or newer",
	}
}

// compareVersions orders dotted numbers; what is not a number counts as 0.
func compareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		var x, y int
		if i < len(as) {
			x, _ = strconv.Atoi(as[i])
		}
		if i < len(bs) {
			y, _ = strconv.Atoi(bs[i])
		}
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return 0
}

func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path, err
	}
	followed, err := filepath.EvalSymlinks(abs)
	if err == nil {
		return followed, nil
	}
	if to, linked := os.Readlink(abs); linked == nil {
		return abs, refusal(abs, "it is a link to "+to+", where nothing can be found", "make what it should lead to, or remove the link, or name another file with --db", bare(err))
	}
	return abs, nil
}

// bare is an error without the path, which the sentence around it names.
func bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// local refuses a path on a network drive, where locks do not hold. It asks
// about the nearest directory that exists.
func (h host) local(path string) error {
	dir := filepath.Dir(path)
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	name, err := h.drive(dir)
	if err == nil && name != "" {
		return refusal(path, "it is on a network drive ("+name+"), where a database gets damaged", "name a file on a local disk with --db", nil)
	}
	return err
}

// create makes the file at path if there is none, and returns its size.
func create(path string) (int64, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, refusal(path, "its directory cannot be made", "name another file with --db", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		return 0, f.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		return 0, refusal(path, "it cannot be made", "give yourself the right to write there, or name another file with --db", err)
	}
	return size(path)
}

func size(path string) (int64, error) {
	at, err := os.Stat(path)
	if err != nil {
		return 0, refusal(path, "it cannot be found", "check the path given with --db", bare(err))
	}
	if !at.Mode().IsRegular() {
		return 0, refusal(path, "it is not a file", "name a file with --db", nil)
	}
	return at.Size(), nil
}

// probe looks into a file that exists, changes nothing about it, and returns
// the version of its tables; 0 if it has none yet.
func probe(ctx context.Context, path string) (version int, err error) {
	settings := url.Values{"mode": {"ro"}, "_query_only": {"1"}, "_busy_timeout": {"5000"}}
	if !logged(path) {
		settings.Set("immutable", "1") // all there is to know is in the file itself; no lock or log is made beside it
	}
	db := handle(path, 1, settings)
	defer func() { _ = db.Close() }()
	id, version, is, err := marks(ctx, db)
	for try := 1; errorCode(err) == sqlite3.ErrSchema && try < maxMigrating; try++ { // another program is migrating it
		id, version, is, err = marks(ctx, db)
	}
	if err != nil {
		return 0, err
	}
	return version, judge(ctx, path, id, version, is)
}

// logged says whether there are commits in a log beside the file at path.
func logged(path string) bool {
	log, err := os.Stat(path + "-wal")
	return err == nil && log.Size() > 0
}

// judge says why a file with these marks and tables cannot be used.
func judge(ctx context.Context, path string, id, version int, is map[string]string) error {
	known, err := migrations()
	if err != nil {
		return err
	}
	_, hasOurs := is["trigger events_never_change"]
	switch {
	case id == 0 && version == 0 && len(is) == 0: // made, and then the program was killed
		return nil
	case id != applicationID && !hasOurs:
		return refusal(path, "it is the database of another program", "name another file with --db", nil)
	case id != applicationID:
		return broken(path, "its header does not name aimo3, though its tables are aimo3's")
	case version <= 0, version > maxVersion:
		return broken(path, fmt.Sprintf("its header says that it is of version %d", version))
	case version > len(known):
		return tooNew(path, version, len(known))
	}
	ours, err := made(ctx, known[:version])
	if err != nil {
		return err
	}
	if why := unlike(is, ours); why != "" {
		return broken(path, why)
	}
	return nil
}

func tooNew(path string, version, known int) error {
	return refusal(path, fmt.Sprintf("a newer aimo3 wrote it (version %d; this one knows %d)", version, known),
		"update aimo3, or name another file with --db", nil)
}
