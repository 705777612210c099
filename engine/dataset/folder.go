package dataset

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// readFolder reads the text files of a folder, each of which is a problem, in the order of
// their names. Links that lead out of it, and what is no file, are not read.
func (c *collector) readFolder(ctx context.Context, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return c.readFault(err)
	}
	defer func() { _ = root.Close() }()
	files, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return c.readFault(err)
	}
	for _, f := range files {
		ext := strings.ToLower(path.Ext(f.Name()))
		if f.IsDir() || strings.HasPrefix(f.Name(), ".") || !slices.Contains([]string{".txt", ".tex", ".md"}, ext) {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.readMember(root, f.Name()); err != nil {
			return err
		}
	}
	if c.set.Read == 0 {
		return c.fault(position{}, "the folder holds no .txt, .tex or .md file")
	}
	return nil
}

func (c *collector) readMember(root *os.Root, name string) error {
	if info, err := root.Stat(name); err != nil || !info.Mode().IsRegular() {
		return c.fault(position{}, "%s is no regular file of this folder", name)
	}
	f, err := root.Open(name)
	if err != nil {
		return c.readFault(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxRecordBytes+1))
	if err != nil {
		return c.readFault(err)
	}
	of := &collector{set: &Set{Name: path.Join(c.set.Name, name)}, pick: c.pick, seen: c.seen, kept: c.kept}
	of.set.Read = c.set.Read
	statement := body(string(text))
	if err := of.take(record{statement: statement, id: strings.TrimSuffix(name, path.Ext(name))}); err != nil {
		return err
	}
	c.kept, c.set.Read = of.kept, of.set.Read
	c.set.Entries = append(c.set.Entries, of.set.Entries...)
	return nil
}

// body is what a LaTeX document says, without its preamble; all of another text.
func body(text string) string {
	_, after, begun := strings.Cut(text, `\begin{document}`)
	within, _, ended := strings.Cut(after, `\end{document}`)
	if begun && ended {
		return within
	}
	return text
}

// readFault says that a source could not be read.
func (c *collector) readFault(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return c.fault(position{}, "%w", err)
}
