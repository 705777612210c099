package problemfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxNames bounds how much of a folder is read.
const maxNames = 10_000

// Complete lists the paths that a path which is being typed may become: the files, and the
// folders with a slash at their end, in the last folder that is named in it, whose names
// begin as its last part does. Capitals make no difference; names that begin with a dot
// count only where one is typed. The paths are written as what was typed is, and in order.
// There are none where nothing can be read.
func Complete(typed string) []string {
	folder, begun := typed[:strings.LastIndexByte(typed, '/')+1], typed[strings.LastIndexByte(typed, '/')+1:]
	if typed == "~" {
		return []string{"~/"}
	}
	name, err := expand(folder)
	if err != nil {
		return nil
	}
	if name == "" {
		name = "."
	}
	var all []string
	for _, e := range entries(name) {
		if !strings.HasPrefix(strings.ToLower(e.Name()), strings.ToLower(begun)) || strings.HasPrefix(e.Name(), ".") && begun == "" {
			continue
		}
		switch kind := kindOf(name, e); {
		case kind.IsDir():
			all = append(all, folder+e.Name()+"/")
		case kind.IsRegular():
			all = append(all, folder+e.Name())
		}
	}
	slices.Sort(all)
	return all
}

func entries(folder string) []fs.DirEntry {
	f, err := os.Open(folder)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	all, _ := f.ReadDir(maxNames) // of one that cannot be read to its end, what was read
	return all
}

// kindOf is what a name leads to, behind a link too.
func kindOf(folder string, e fs.DirEntry) fs.FileMode {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type()
	}
	about, err := os.Stat(filepath.Join(folder, e.Name()))
	if err != nil {
		return fs.ModeIrregular
	}
	return about.Mode()
}
