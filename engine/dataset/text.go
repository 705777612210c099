package dataset

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// readText reads problems between lines that part them; without such a line the text is
// one problem.
func (c *collector) readText(m *meter, from io.Reader, o Options) error {
	r := bufio.NewReader(from)
	var text strings.Builder
	begins, line := 1, 0
	flush := func() error {
		defer text.Reset()
		if strings.TrimSpace(text.String()) == "" {
			return nil
		}
		return c.takeText(text.String(), position{begins, 0})
	}
	var read int64
	for {
		words, err := r.ReadString('\n')
		read += int64(len(words))
		if err != nil && !errors.Is(err, io.EOF) {
			return c.readFault(err)
		}
		line++
		switch {
		case parts(words, o.Separator):
			if err := flush(); err != nil {
				return err
			}
			m.next(read)
			begins = line + 1
		case text.Len() == 0 && strings.TrimSpace(words) == "":
			begins = line + 1
		default:
			text.WriteString(words)
		}
		if err != nil {
			return flush()
		}
	}
}

// takeText takes a problem that is a text of its own.
func (c *collector) takeText(text string, at position) error {
	if !utf8.ValidString(text) {
		return c.fault(at, "it is not valid UTF-8 text; it may be in Latin-1 or another encoding")
	}
	return c.take(record{statement: text, at: at})
}

// parts says whether a line stands between two problems.
func parts(line, separator string) bool {
	line = strings.TrimSpace(line)
	if separator != "" {
		return line == strings.TrimSpace(separator)
	}
	return len(line) >= 3 && strings.Contains("-=*#", line[:1]) && strings.Trim(line, line[:1]) == ""
}
