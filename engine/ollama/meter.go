package ollama

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

// meter reads a file twice, to name it and to send it, and tells how far it
// is, some two hundred times in all. The HTTP client reads from a goroutine of
// its own, which may outlive the request: hence the lock and close.
type meter struct {
	ctx  context.Context
	from io.Reader
	tell func(engine.Pull)

	mu   sync.Mutex
	pull engine.Pull
	seen int64 // bytes over both passes
	told int64
}

// open begins a pass over file.
func (m *meter) open(status string, file *os.File) error {
	stat, err := file.Stat()
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("read the model file: %w", err)
	}
	m.from, m.pull.Total = file, stat.Size()
	m.status(status)
	return nil
}

// Read reads from the file.
func (m *meter) Read(p []byte) (int, error) {
	if m.ctx.Err() != nil {
		return 0, context.Cause(m.ctx)
	}
	n, err := m.from.Read(p)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen += int64(n)
	if m.seen-m.told > m.pull.Total/100 {
		m.told = m.seen
		m.pull.Done = max(m.pull.Done, min(m.seen/2, m.pull.Total))
		m.say()
	}
	return n, err
}

// status tells what is done now.
func (m *meter) status(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pull.Status = text
	m.say()
}

// sent notes that the server has the whole file.
func (m *meter) sent() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pull.Done = m.pull.Total
}

func (m *meter) say() {
	if m.tell != nil {
		m.tell(m.pull)
	}
}

// close ends the telling.
func (m *meter) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tell = nil
}
