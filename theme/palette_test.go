package theme

import (
	"strings"
	"testing"
)

func TestPalettesAreComplete(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Palettes() {
		names[p.Name] = true
		if p.About == "" {
			t.Errorf("%s says nothing about itself", p.Name)
		}
		for _, r := range p.roles() {
			if set := *r.colour != ""; set == p.Plain {
				t.Errorf("%s: role %s set: %t, want %t", p.Name, r.name, set, !p.Plain)
			}
		}
	}
	for _, name := range []string{"night", "paper", "high-contrast", "colour-blind", "mono", "solarized", "tokyo-night"} {
		if !names[name] {
			t.Errorf("no palette %s", name)
		}
	}
}

func TestDecodeNamesWhatIsWrong(t *testing.T) {
	night, err := files.ReadFile("palettes/night.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, old, new, want string }{
		{"missing role", `"warn": "#f2c46d",`, ``, `role "warn" is missing`},
		{"unknown role", `"warn":`, `"wran": "#000000", "warn":`, `unknown role "wran": there are `},
		{"not a colour", `#f2c46d`, `amber`, `role "warn": "amber" is not a colour`},
		{"short colour", `#f2c46d`, `#f2c`, `role "warn": "#f2c" is not a colour`},
		{"unknown field", `"dark"`, `"drak"`, `unknown field "drak"`},
		{"no name", `"name": "night"`, `"name": ""`, `no name`},
		{"plain with roles", `"dark": true`, `"plain": true`, `plain palette has no roles`},
		{"no JSON", `"about"`, `about`, `line 3 is no JSON: invalid character 'a'`},
		{"another kind", `"dark": true`, `"dark": "yes"`, `line 4: dark cannot be a string`},
		{"more text", "{\n  \"name\"", `{"name":"x","plain":true}{"name"`, `text after the palette`},
	} {
		text := strings.Replace(string(night), row.old, row.new, 1)
		if text == string(night) {
			t.Fatalf("%s: the row changes nothing", row.name)
		}
		if _, err := decode([]byte(text)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got error %v, want one with %q", row.name, err, row.want)
		}
	}
}

// TestDecodeIsOneLine: whatever is wrong, and however much.
func TestDecodeIsOneLine(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "x"}`:             `role "background" is missing; role "text" is missing; role "strong" is missing; 12 more are wrong`,
		`{"name": "x", "roles": {}`: "the JSON ends too soon",
		"":                          "the JSON ends too soon",
	} {
		if _, err := decode([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: got error %q, want %q", text, err, want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, row := range []struct{ name, want, wantErr string }{
		{"night", "night", ""},
		{"Paper", "paper", ""},
		{"nihgt", "", `no theme "nihgt": there are `},
		{"high", "", `high-contrast`},
		{"dusk", "", `no theme "dusk": there are high-contrast, mono, night, colour-blind, paper, solarized, tokyo-night`},
	} {
		p, err := Find(row.name)
		if p.Name != row.want || (err == nil) != (row.wantErr == "") || err != nil && !strings.Contains(err.Error(), row.wantErr) {
			t.Errorf("Find(%q) = %q, %v; want %q, error with %q", row.name, p.Name, err, row.want, row.wantErr)
		}
	}
}

func TestChoose(t *testing.T) {
	yes, no := func() bool { return true }, func() bool { return false }
	never := func() bool { t.Error("the terminal was asked in vain"); return true }
	type env map[string]string
	for _, row := range []struct {
		name  string
		given string
		env   env
		dark  func() bool
		want  string
	}{
		{"a name before all", "paper", env{"NO_COLOR": "1"}, never, "paper"},
		{"auto names none", "AUTO", env{"NO_COLOR": "1"}, never, "mono"},
		{"NO_COLOR before background", "", env{"NO_COLOR": "1", "COLORFGBG": "0;15"}, never, "mono"},
		{"white on black", "", env{"COLORFGBG": "15;0"}, never, "night"},
		{"black on white", "", env{"COLORFGBG": "0;15"}, never, "paper"},
		{"three parts", "", env{"COLORFGBG": "0;default;7"}, never, "paper"},
		{"bright black is dark", "", env{"COLORFGBG": "7;8"}, never, "night"},
		{"COLORFGBG of no use", "", env{"COLORFGBG": "default"}, no, "paper"},
		{"asked: dark", "", env{}, yes, "night"},
		{"asked: light", "", env{}, no, "paper"},
		{"nobody to ask", "", env{}, nil, "night"},
	} {
		p, err := Choose(row.given, func(k string) string { return row.env[k] }, row.dark)
		if p.Name != row.want || err != nil {
			t.Errorf("%s: got %q, %v; want %q", row.name, p.Name, err, row.want)
		}
	}
	if _, err := Choose("nite", func(string) string { return "" }, never); err == nil {
		t.Error("a wrong name was taken")
	}
}
