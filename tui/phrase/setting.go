package phrase

import (
	"cmp"
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// SettingKept says what counts of a setting that was just kept in the user's own file, and
// from when on; or what counts in its place.
func SettingKept(s engine.Setting) string {
	if !s.Own {
		return fmt.Sprintf("kept, but %s counts: %s", termsafe.Line(s.From), settingValue(s))
	}
	return SettingCounts(s)
}

// SettingCounts says what counts of a setting, and from when on.
func SettingCounts(s engine.Setting) string {
	from := "from the next start on"
	if s.Live {
		from = "from the next attempt on"
	}
	return fmt.Sprintf("%s is %s %s", s.Key, settingValue(s), from)
}

func settingValue(s engine.Setting) string {
	return termsafe.Line(cmp.Or(s.Value, s.Default, "not set"))
}
