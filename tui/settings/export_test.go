package settings

import "github.com/aimo3/aimo3/tui/screen"

// At is New with a setting selected.
func At(env screen.Env, key string) *Screen {
	s := New(env)
	s.wanted = key
	return s
}
