package config

import (
	"strings"
	"testing"
)

func TestAnEnvFileIsReadAsAShellWould(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"# A=1\n\n  \n":               "",
		"A=1\nB = 2":                  "f:2: this sets no variable",
		"A=1\r\nexport B=2\r\n":       "A=1 B=2",
		"  export   A=x y # why\n":    "A=x y",
		"A=\nB=#c\nC=a#b\n":           "A= B= C=a#b",
		`A="x # y" # why`:             "A=x # y",
		`A='it''s'`:                   "f:1: the quotes of A do not match",
		`A='$HOME "\n"'`:              `A=$HOME "\n"`,
		`A="a \"b\" \\ \$c \n"`:       `A=a "b" \ $c \n`,
		"A=$HOME\n":                   "A=$HOME",
		`A="open`:                     "f:1: the quotes of A do not match",
		`A="" x`:                      "f:1: the quotes of A do not match",
		"\ufeffA=1\n":                 "A=1",
		"A=1\nhttp://u:secret@h/\n":   "f:2: this sets no variable",
		"A=1=2\nA=http://u:p@h/?q=1#": "A=1=2 A=http://u:p@h/?q=1#",
	} {
		values, err := parseEnv("f", text)
		got := said(values)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if _, err := ReadEnv(t.TempDir() + "/none"); err == nil || !strings.Contains(err.Error(), "none: no such file") {
		t.Errorf("an env file that is not there: %v", err)
	}
}
