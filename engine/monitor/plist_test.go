package monitor

import (
	"reflect"
	"strings"
	"testing"
)

func TestParsePlist(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       any
	}{
		{"a string with marks", "<plist><string>a &lt; b &#233;</string></plist>", "a < b é"},
		{"numbers", "<plist><array><integer> 3 </integer><real>-2.5</real></array></plist>", []any{3.0, -2.5}},
		{"no numbers", "<plist><array><integer>x</integer><real>inf</real><real>NaN</real><integer/></array></plist>", []any{nil, nil, nil, nil}},
		{"booleans", "<plist><array><true/><false></false></array></plist>", []any{true, false}},
		{"a dict", "<plist><dict><key>a</key><string>x</string><key>b</key><dict/></dict></plist>", map[string]any{"a": "x", "b": map[string]any{}}},
		{"what is left out", "<plist><array><data>AA==</data><date>now</date><odd><deep/></odd></array></plist>", []any{nil, nil, nil}},
		{"comments", "<!-- a --><plist><!-- b --><array><!-- c --><true/></array></plist>", []any{true}},
	} {
		got, err := parsePlist([]byte(c.text))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, %v, want %#v", c.name, got, err, c.want)
		}
	}
}

func TestParsePlistRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":          "",
		"plain text":       "ioreg: error",
		"another document": "<html></html>",
		"no value":         "<plist></plist>",
		"a cut-off dict":   "<plist><dict><key>a</key><string>x",
		"a key alone":      "<plist><dict><key>a</key></dict></plist>",
		"no key":           "<plist><dict><string>x</string></dict></plist>",
		"crossed elements": "<plist><array><dict></array></dict></plist>",
		"too deep":         "<plist>" + strings.Repeat("<array>", 1000) + strings.Repeat("</array>", 1000) + "</plist>",
		"too long":         "<plist><string>" + strings.Repeat("x", maxPlistBytes) + "</string></plist>",
	} {
		if got, err := parsePlist([]byte(text)); err == nil || got != nil {
			t.Errorf("%s: %#v, want nothing but an error", name, got)
		}
	}
}

func FuzzParsePlist(f *testing.F) {
	f.Add(ioregSample(f))
	f.Add("<plist><dict><key>a</key><array><real>1e3</real></array></dict></plist>")
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := parsePlist([]byte(text)); err != nil && v != nil {
			t.Errorf("a value beside the error %v: %#v", err, v)
		}
		cards, err := appleCards([]byte(text), appleMemory)
		if (err == nil) != (len(cards) > 0) {
			t.Errorf("%d cards beside the error %v", len(cards), err)
		}
		for _, c := range cards {
			if c.Memory.Used > c.Memory.Total || c.Util.N < 0 || c.Util.N > 100 {
				t.Errorf("implausible: %+v", c)
			}
		}
	})
}
