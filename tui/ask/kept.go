package ask

import (
	"strings"

	"github.com/aimo3/aimo3/tui/termsafe"
)

// restore puts in the draft that was left the last time, and says how it goes away.
func (s *Screen) restore() {
	if s.env.Drafts == nil {
		return
	}
	kept := s.env.Drafts.Draft()
	if text, _ := termsafe.Plain(kept); strings.TrimSpace(text) != "" {
		s.draft.replace(text, typed)
		s.found, s.asFound = kept, s.draft.area.Value()
		s.note = "your draft is back as you left it · " + s.keys.clear.Help().Key + " clears it"
	}
}

// Close keeps the draft for the next start: what stands in the editor, or what was sent
// and had no time to begin.
func (s *Screen) Close() error {
	if s.env.Drafts == nil {
		return nil
	}
	text := s.draft.area.Value()
	switch {
	case text == s.asFound:
		text = s.found
	case strings.TrimSpace(text) == "":
		text = ""
	}
	return s.env.Drafts.KeepDraft(s.found, text)
}
