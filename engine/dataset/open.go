package dataset

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Format is how a source is written.
type Format string

// The formats.
const (
	CSV    Format = "csv"    // also with tabs or semicolons
	JSON   Format = "json"   // objects, one after another or in a list
	Text   Format = "text"   // problems with lines between them
	Folder Format = "folder" // a file each
)

// Formats are all of them that can be asked for.
func Formats() []Format { return []Format{CSV, JSON, Text} }

// sniffed is how much of a source is looked at to find out what it is.
const sniffed = 64 << 10

// readFrom opens the source and reads it by its format.
func (c *collector) readFrom(ctx context.Context, o Options) error {
	if c.set.Name == "stdin" {
		return c.readStream(ctx, o, o.Input)
	}
	info, err := os.Stat(o.Path)
	switch {
	case err != nil:
		return c.readFault(err)
	case info.IsDir():
		c.set.Format = Folder
		return c.readFolder(ctx, o.Path)
	case info.Mode()&os.ModeDevice != 0 || info.Mode()&os.ModeSocket != 0:
		return c.fault(position{}, "it is a device and no file")
	}
	f, err := os.Open(o.Path)
	if err != nil {
		return c.readFault(err)
	}
	defer f.Close()
	return c.readStream(ctx, o, f)
}

func (c *collector) readStream(ctx context.Context, o Options, from io.Reader) error {
	packed := bufio.NewReaderSize(from, sniffed)
	if head, _ := packed.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(packed)
		if err != nil {
			return c.fault(position{}, "the gzip file is damaged: %w", err)
		}
		packed = bufio.NewReaderSize(z, sniffed)
	}
	if mark, _ := packed.Peek(3); string(mark) == "\xef\xbb\xbf" { // of byte order, which tells nothing
		_, _ = packed.Discard(3)
	}
	m := &meter{ctx: ctx, from: packed}
	r := bufio.NewReaderSize(m, sniffed)
	head, err := r.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return c.readFault(err)
	}
	return c.as(m, r, string(head), o)
}

// readAs reads a source that begins so.
func (c *collector) readAs(m *meter, r io.Reader, head string, o Options) error {
	if kind := engine.KindOf(head); kind != "" {
		return c.fault(position{}, "it is %s: give a file of text", kind)
	}
	begin := strings.TrimLeft(head, " \t\r\n")
	split, table := comma(firstRow(head), o)
	format := o.Format
	switch {
	case format != "":
	case o.Separator != "":
		format = Text
	case strings.HasPrefix(begin, "{"), strings.HasPrefix(begin, "["):
		format = JSON
	case table:
		format = CSV
	default:
		format = Text
	}
	switch c.set.Format = format; format {
	case JSON:
		return c.readJSON(m, r, o, strings.HasPrefix(begin, "["))
	case CSV:
		return c.readCSV(m, r, o, split)
	case Text, Folder:
	}
	if len(o.Fields) > 0 {
		return c.fault(position{}, "it is a text, which has no columns to name; its first line is %q", cut([]byte(firstRow(head))))
	}
	return c.readText(m, r, o)
}

// firstRow is the line with which a source begins, blank ones left out.
func firstRow(head string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(head, "\r\n"), "\n")
	return line
}
