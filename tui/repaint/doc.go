// Package repaint writes frames to a terminal by what changed in them.
//
// Bubble Tea writes every line that changed anew, which for a screen of samples that
// stream is a hundred kilobytes a second and more: too much for many a connection by ssh.
// A Writer stands between it and the terminal, remembers what each row shows, and writes
// only the cells that are others now; rows that moved up are scrolled by the terminal.
//
//	w := repaint.New(os.Stdout)
//	tea.NewProgram(m, tea.WithOutput(w), tea.WithAltScreen())
//	w.Forget() // when the size of the terminal changed
//
// Terminals do not agree how many cells some characters take, such as emoji with a
// selector or a skin tone, or letters of Devanagari with their marks. After these
// the column is told anew at the next border and behind the next gap, so that these stand
// where they belong everywhere, and no row wraps.
//
// What is no frame is passed on as it is, and what rows show is not known after that until
// they are written again. A Writer may be used by several goroutines; each Write reaches
// the terminal whole.
package repaint
