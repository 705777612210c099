// Package logbook is where the program writes down what it does, a line of JSON
// for each thing, for who wants to see inside it later:
//
//	book := logbook.New()
//	solver.Log = book.Log() // takes nothing yet
//	err := book.Open("/home/ada/.local/share/aimo3/aimo3.log", slog.LevelInfo)
//	defer book.Close()
//	book.Log().Info("server found", "host", "127.0.0.1:11434")
//
// Parts of the program are handed the logger when they are made, before it is
// known whether there is a log at all. Below info, one that is not open costs them a look
// at an atomic number. From info on lines wait for [Book.Keep] also while it is not open,
// the latest 256 of them.
//
// What gives access in addresses is hidden in every line, whatever its level. That
// problem statements and what models wrote stay below info is for those who log.
// No error of the log reaches who logs: a full disk loses lines, and nothing else.
package logbook

import (
	"errors"
	"io"
	"log/slog"
	"math"
	"sync"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Book is a log. New makes one; its methods may be called from many goroutines.
type Book struct {
	log   *slog.Logger
	level slog.LevelVar

	kept waiting // lines that are kept in the store, too

	mu sync.Mutex
	to io.Writer // nil while it is not open
}

// never is a level that no line has.
const never = slog.Level(math.MaxInt)

// New is a Book that takes nothing until it is opened.
func New() *Book {
	b := new(Book)
	b.level.Set(never)
	b.log = slog.New(newKeeping(slog.NewJSONHandler((*lines)(b), &slog.HandlerOptions{Level: &b.level}), &b.kept))
	return b
}

// Log is the logger to hand to the parts of the program.
func (b *Book) Log() *slog.Logger { return b.log }

// Open begins to write lines of a level and above to a file, which other programs
// may write to as well.
func (b *Book) Open(path string, level slog.Level) error {
	f, err := openFile(path)
	if err == nil {
		b.OpenTo(f, level)
	}
	return err
}

// OpenTo begins to write lines of a level and above to a writer, each in one write.
func (b *Book) OpenTo(to io.Writer, level slog.Level) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.to = to
	b.level.Set(level)
}

// Close ends the log; what is logged afterwards is lost.
func (b *Book) Close() error {
	b.level.Set(never)
	b.mu.Lock()
	defer b.mu.Unlock()
	f, ours := b.to.(*file)
	b.to = nil
	if !ours {
		return nil
	}
	return f.close()
}

// lines are the lines of a Book on their way out.
type lines Book

var errClosed = errors.New("the log is closed")

// Write takes one line.
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.to == nil {
		return 0, errClosed
	}
	if _, err := l.to.Write(termsafe.JSON([]byte(engine.HideSecrets(string(line))))); err != nil {
		return 0, err
	}
	return len(line), nil
}
