package screen

import "github.com/aimo3/aimo3/engine"

// Picked is the model to ask where one was chosen, or else the one that was used last, if it
// is installed yet and replies; "" if the best that is installed is to be asked.
func Picked(installed []engine.Model, chosen, last string) string {
	if chosen != "" || last == "" {
		return chosen
	}
	if m, err := engine.Find(installed, last); err == nil && m.Replies() {
		return m.Name
	}
	return ""
}
