package plain

import (
	"cmp"
	"context"
	"strings"

	"github.com/aimo3/aimo3/tui/cli/form"
)

// settings tells settings and where each comes from, or keeps a value in the person's own file.
func (s *session) settings(words []string) {
	if s.Env.Settings == nil || s.Env.SetSetting == nil {
		s.notHere("settings cannot be changed here")
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, lookTimeout)
	defer cancel()
	all, err := s.Env.Settings(ctx)
	if len(words) > 1 {
		all, err = s.Env.SetSetting(ctx, words[0], strings.Join(words[1:], " "))
	}
	if err != nil {
		s.refuse(err)
		return
	}
	for _, one := range all.All {
		if len(words) > 0 && one.Key != words[0] {
			continue
		}
		s.say("%s: %s, from %s", one.Key, form.Line(cmp.Or(one.Value, one.Default, "none")), one.From)
		if len(words) == 1 {
			s.say("%s", one.About)
		}
	}
	if len(words) > 1 {
		s.say("kept in %s · it counts from the next start on", all.File)
	}
}
