package termsafe

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Every character there is comes back from JSON as it was, and none that a
// terminal obeys or hides, or that cannot be told from another by sight, stands in it bare.
func TestJSONHoldsNothingHidden(t *testing.T) {
	var all strings.Builder
	for r := range unicode.MaxRune + 1 {
		if utf8.ValidRune(r) {
			all.WriteRune(r)
		}
	}
	text := all.String() + family
	encoded, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	encoded = JSON(encoded)
	var back string
	if err := json.Unmarshal(encoded, &back); err != nil || back != text {
		t.Errorf("%d bytes became %d, %v", len(text), len(back), err)
	}
	for _, r := range string(encoded) {
		if !unicode.IsPrint(r) && r != ' ' || r == '\u2800' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) {
			t.Fatalf("%U stands in JSON", r)
		}
	}
}

func TestJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"x = 2 答 é"}`:        `{"a":"x = 2 答 é"}`,
		"\"\u009b2J\x7f\"":         `"\u009b2J\u007f"`,
		"\"\u202e\u2066\u061c\"":   `"\u202e\u2066\u061c"`,
		"\"a\u200d\ufeff\u00ad\"":  `"a\u200d\ufeff\u00ad"`,
		"\"\U000e0041\U000e007f\"": `"\udb40\udc41\udb40\udc7f"`,
		"\"\u2028\ufffe\ufe0f\"":   `"\u2028\ufffe\ufe0f"`,
		"\"\u2800\u00a0\u3000\"":   `"\u2800\u00a0\u3000"`,
		"\"\ue000\U000f0000\"":     `"\ue000\udb80\udc00"`,
		"\"∑ ⠿ 🙂 a\u0301\"":        "\"∑ ⠿ 🙂 a\u0301\"",
		"\"\xff\xed\xa0\x80\"":     `"\ufffd\ufffd\ufffd\ufffd"`,
		"\"\ufffd\"":               "\"\ufffd\"",
	} {
		if got := string(JSON([]byte(in))); got != want {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	}
}
