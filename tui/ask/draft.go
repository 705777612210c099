package ask

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// typed is the source of a problem that a person wrote here.
const typed = "typed"

// maxPastedChars bounds the editor: more than a statement may have, so that a text
// somewhat too long can be cut to size here, and not so much that it crawls.
const maxPastedChars = 4 * engine.MaxStatement

// draft is the statement being written.
type draft struct {
	area   textarea.Model
	source string           // where loaded came from
	loaded string           // the text as it was loaded from source
	before string           // the text that the present one replaced
	sent   engine.AttemptID // submitted last and not over; "" if none
	text   string           // as submitted
	begun  bool             // sent has begun, and the editor been cleared
	spoke  bool             // the model has said something to sent
}

func newDraft(st theme.Styles) draft {
	a := textarea.New()
	a.Placeholder = "Write or paste a problem. Its answer should be one number or expression."
	a.Prompt, a.ShowLineNumbers = "", false
	a.EndOfBufferCharacter = ' '
	a.CharLimit, a.MaxHeight, a.MaxWidth = 0, 0, 0
	dress := textarea.Style{Text: st.Text.Body, CursorLine: st.Text.Body, Placeholder: st.Text.Faint, EndOfBuffer: st.Text.Faint}
	a.FocusedStyle, a.BlurredStyle = dress, dress
	a.Cursor.Style = st.Text.Accent
	a.Cursor.SetMode(cursor.CursorStatic) // a blinking one redraws an idle app
	a.KeyMap = editing()
	a.Focus()
	return draft{area: a, source: typed}
}

// editing is the editor's keymap without the keys that the app or the screen
// gives a meaning of its own.
func editing() textarea.KeyMap {
	m := textarea.DefaultKeyMap
	set := func(b *key.Binding, keys ...string) { *b = key.NewBinding(key.WithKeys(keys...)) }
	set(&m.InsertNewline, "ctrl+j", "alt+enter")
	set(&m.LineNext, "down")
	set(&m.LinePrevious, "up")
	for _, b := range []*key.Binding{
		&m.Paste, &m.TransposeCharacterBackward, &m.UppercaseWordForward, &m.LowercaseWordForward, &m.CapitalizeWordForward,
	} {
		set(b)
	}
	return m
}

func (d *draft) update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if ok && key.Matches(k, d.area.KeyMap.WordBackward) && strings.TrimSpace(d.lead()) == "" {
		return nil // there is no word, and the editor would look for one for ever
	}
	var cmd tea.Cmd
	d.area, cmd = d.area.Update(msg)
	d.follow()
	return cmd
}

// move moves the cursor by lines, down if positive, and with it what is in view.
func (d *draft) move(lines int) {
	for ; lines < 0; lines++ {
		d.area.CursorUp()
	}
	for ; lines > 0; lines-- {
		d.area.CursorDown()
	}
	d.follow()
}

// resize sets the room. Where there is more of it the editor would stay scrolled, so the text
// is put in anew, with the cursor where it was.
func (d *draft) resize(w, h int) {
	higher := h > d.area.Height()
	d.area.SetWidth(w)
	d.area.SetHeight(h)
	if higher && d.area.Length() > 0 {
		row, at := d.area.Line(), d.area.LineInfo()
		d.area.SetValue(d.area.Value())
		for d.area.Line() > row {
			d.area.CursorUp()
		}
		d.area.SetCursor(at.StartColumn + at.ColumnOffset)
	}
	d.follow()
}

// rows are about as many lines as the text takes at a width, and at most so many.
func (d *draft) rows(w, maxRows int) (n int) {
	if d.area.Length() == 0 {
		return 0
	}
	for line := range strings.SplitSeq(d.area.Value(), "\n") {
		if n += 1 + ansi.StringWidth(line)/max(w-1, 1); n >= maxRows {
			return maxRows
		}
	}
	return n
}

// follow brings the cursor into view. The editor scrolls no further than what it drew
// last reaches, so what has been put in must be drawn first.
func (d *draft) follow() {
	_ = d.area.View()
	d.area, _ = d.area.Update(nil)
}

// lead is the text before the cursor.
func (d *draft) lead() string {
	lines, at := strings.Split(d.area.Value(), "\n"), d.area.LineInfo()
	row := min(d.area.Line(), len(lines)-1)
	line := []rune(lines[row])
	return strings.Join(lines[:row], "\n") + string(line[:min(at.StartColumn+at.ColumnOffset, len(line))])
}

// replace puts another text in, from which undo leads back.
func (d *draft) replace(text, source string) {
	if now := d.area.Value(); strings.TrimSpace(now) != "" {
		d.before = now
	}
	d.area.SetValue(text)
	d.follow()
	d.source, d.loaded = source, d.area.Value()
}

func (d *draft) undo() {
	if d.before != "" {
		d.replace(d.before, typed)
	}
}

func (d *draft) problem() (engine.Problem, error) {
	text, source := d.area.Value(), typed
	if text == d.loaded {
		source = d.source
	}
	return engine.NewProblem(source, text)
}

func (d *draft) send(id engine.AttemptID) {
	d.sent, d.text, d.begun, d.spoke = id, d.area.Value(), false, false
}

// opening says whether an attempt has been submitted that nothing is known of.
func (d *draft) opening() bool { return d.sent != "" && !d.begun }

// arrived clears the editor once the attempt has begun.
func (d *draft) arrived(events []engine.Event) {
	for _, e := range events {
		if d.sent == "" || e.Attempt != d.sent {
			continue
		}
		if _, says := e.Fact.(engine.Delta); says {
			d.spoke = true
		}
		d.begin()
	}
}

func (d *draft) begin() {
	if !d.begun && d.area.Value() == d.text { // a text changed since stays
		d.before = d.text
		d.area.Reset()
	}
	d.begun = true
}

// over ends what send began, and says whether it was about that attempt. One
// that failed before the model said anything gives the text back.
func (d *draft) over(id engine.AttemptID, failed bool) bool {
	if d.sent == "" || id != d.sent {
		return false
	}
	switch {
	case !failed:
		d.begin() // its events may be on their way yet
	case !d.spoke && d.area.Value() == "":
		d.area.SetValue(d.text)
		d.follow()
	}
	d.sent = ""
	return true
}

func (d *draft) count() int { return utf8.RuneCountInString(strings.TrimSpace(d.area.Value())) }

// view draws the editor; the cursor only where keys go to it. Format
// characters that would reorder a line show.
func (d *draft) view(focused bool) string {
	area := d.area
	if !focused {
		area.Blur()
	}
	return termsafe.Styled(area.View())
}
