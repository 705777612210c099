// Package repaint writes frames to a terminal by what changed in them.
//
// Bubble Tea writes each line that changed anew, which for a screen on which samples
// stream is two hundred kilobytes a second: too much for many a connection by ssh. And it
// looks for a new frame as often as it may write one, also while nothing happens. A Writer
// stands between a program and its terminal, remembers what each row shows, and writes only the
// cells that are others now. Where rows moved up, it has the terminal move them.
//
//	w := repaint.New(os.Stdout)
//	tea.NewProgram(m, tea.WithOutput(w), tea.WithAltScreen(), tea.WithFPS(1))
//	w.Show(frame, 80, 24) // when m has something new to show
//	w.Forget()            // when something else wrote to the terminal
//
// # What it relies on
//
// That the terminal shows what it was sent, until Forget is called or something is written
// that is no frame; the next frame is written as a whole then. Each row is addressed by its
// number, so that no row depends on the ones above it.
//
// It does not rely on how wide a character is, unless all terminals agree about that.
// They do about letters of Latin, Greek, Cyrillic and Chinese, and signs of mathematics;
// they do not about emoji with a selector or a skin tone, or Devanagari. A row that
// has, or had, one of the latter is doubtful: when anything in it changes it is
// emptied and written as a whole, without wrapping, and behind such a character the
// column is told anew at the next border and behind the next gap. So borders stand straight
// in every terminal, and what it shows wider or narrower than we count harms one row only.
//
// What a terminal shows is therefore the same as if the last frame had been written to an
// empty one; tests hold it to that for terminals of any widths.
//
// # Frames
//
// A frame reaches the terminal in one write, between the sequences of synchronised output,
// by which a terminal that knows them shows it all at once. It is text, colours and styles:
// anything else in it is shown as U+FFFD. What Bubble Tea writes, such as the modes that it
// sets, is passed on as it is, and so is what is sent to a clipboard; its own frames are
// dropped. A Writer may be used by several goroutines.
package repaint
