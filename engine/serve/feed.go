package serve

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// frame is an event as a stream sends it, made once for all listeners.
type frame struct {
	event engine.Event
	text  []byte
}

func frameOf(e engine.Event) (frame, error) {
	var b bytes.Buffer
	b.WriteString("id: " + strconv.FormatUint(e.Seq, 10) + "\n")
	if kind := e.Kind(); !strings.ContainsAny(kind, "\r\n\x00") { // a newer program may have stored any
		b.WriteString("event: " + kind + "\n")
	}
	b.WriteString("data: ")
	err := wire.WriteLine(&b, e)
	b.WriteString("\n")
	return frame{e, b.Bytes()}, err
}

// feed holds the latest events of an attempt that runs, for any number of listeners.
// It knows none of them.
type feed struct {
	maxBytes int

	mu      sync.Mutex
	frames  []frame // never written again once they are in
	bytes   int
	from    uint64        // every event with Seq > from is in frames
	unkept  bool          // the latest ones are in no store
	ended   bool          // there will be no more
	waking  bool          // listeners will be told soon
	changed chan struct{} // closed when listeners are to look again
}

// gathering is how long events wait for those that come with them: a transaction of the
// recorder has one or more of each sample, and every listener is told of all at once.
const gathering = 10 * time.Millisecond

func newFeed(maxBytes int) *feed { return &feed{maxBytes: maxBytes, changed: make(chan struct{})} }

// put is an engine.Sink of events that are stored.
func (f *feed) put(e engine.Event) error {
	made, err := frameOf(e)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if n, is := e.Fact.(engine.NotKept); is {
		f.unkept = n.Until == 0
	}
	f.frames = append(f.frames, made)
	f.bytes += len(made.text)
	if f.bytes > f.maxBytes && !f.unkept {
		f.shorten()
	}
	if !f.waking {
		f.waking = true
		time.AfterFunc(gathering, f.nudge)
	}
	return nil
}

// shorten drops the older half; those are stored.
func (f *feed) shorten() {
	drop := 0
	for f.bytes > f.maxBytes/2 && drop < len(f.frames)-1 {
		f.bytes -= len(f.frames[drop].text)
		f.from = f.frames[drop].event.Seq
		drop++
	}
	f.frames = append(make([]frame, 0, len(f.frames)), f.frames[drop:]...) // listeners may still read the old ones
}

// end says that there will be no more events.
func (f *feed) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	f.wake()
}

// nudge wakes all listeners though nothing has changed.
func (f *feed) nudge() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wake()
}

func (f *feed) wake() {
	f.waking = false
	close(f.changed)
	f.changed = make(chan struct{})
}

// news are what a listener finds in a feed.
type news struct {
	frames  []frame         // the events after its latest
	behind  bool            // the next ones are in the store only
	ended   bool            // there are no more after these
	changed <-chan struct{} // closed when to look again
}

// after are the events that come after a number.
func (f *feed) after(seq uint64) news {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := news{behind: seq < f.from, ended: f.ended, changed: f.changed}
	if n.behind {
		return n
	}
	i := len(f.frames)
	for i > 0 && f.frames[i-1].event.Seq > seq {
		i--
	}
	n.frames = f.frames[i:len(f.frames):len(f.frames)]
	return n
}
