package thousands_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// rows are what a number is written with, its digits, and what is left over.
var rows = []struct{ text, digits, rest string }{
	{"1234567", "1234567", ""},
	{"1,234,567", "1234567", ""},
	{"1{,}234{,}567", "1234567", ""},
	{`1,\!234,\!567`, "1234567", ""},
	{`11,\! 111`, "11111", ""},
	{`1{,}\!234`, "1234", ""},
	{`1\!,\!234`, "1234", ""},
	{`1\text{,}234`, "1234", ""},
	{`1\mathord{,}234`, "1234", ""},
	{`1\,234\,567`, "1234567", ""},
	{`1\, 234`, "1234", ""},
	{`1 \, 234`, "1234", ""},
	{`9\thinspace 500`, "9500", ""},
	{`9\thinspace{}500`, "9500", ""},
	{`9\;500`, "9500", ""},
	{`9\:500`, "9500", ""},
	{`9\>500`, "9500", ""},
	{`9\ 500`, "9500", ""},
	{`9\!500`, "9500", ""},
	{`9~500`, "9500", ""},
	{`9\hspace{2pt}500`, "9500", ""},
	{`9\hspace*{0.2em}500`, "9500", ""},
	{`9\mspace{3mu}500`, "9500", ""},
	{`9{\,}500`, "9500", ""},
	{`9\text{ }500`, "9500", ""},
	{"1 234 567", "1234567", ""},
	{"1\u00a0234\u00a0567", "1234567", ""},
	{"1\u2009234", "1234", ""},
	{"1\u202f234", "1234", ""},
	{"1\u2007234", "1234", ""},
	{"1&nbsp;234", "1234", ""},
	{"1'234'567", "1234567", ""},
	{"1’234’567", "1234567", ""},
	{"1´234", "1234", ""},
	{"1_234_567", "1234567", ""},
	{`1\_234`, "1234", ""},
	{"1.234.567", "1234567", ""},
	{"1{.}234{.}567", "1234567", ""},
	{"12{,}34{,}567", "1234567", ""},
	{`1,\!23,\!456`, "123456", ""},
	{"1,234.5", "1234", ".5"},
	{"1.234.567,5", "1234567", ",5"},
	{"1,234, 567", "1234", ", 567"},
	{"1 234 1/2", "1234", " 1/2"},
	{"1,234,", "1234", ","},

	{"1.234", "1", ".234"},
	{"1.234.56", "1", ".234.56"},
	{"0.123.456", "0", ".123.456"},
	{"0,123", "0", ",123"},
	{"1,2,3", "1", ",2,3"},
	{"1, 234", "1", ", 234"},
	{"12,34,567", "12", ",34,567"},
	{"1,234,56", "1", ",234,56"},
	{"1,2345", "1", ",2345"},
	{"1 2345", "1", " 2345"},
	{"1000,200", "1000", ",200"},
	{"1,234{,}567", "1", ",234{,}567"},
	{"1{,}234,567", "1234", ",567"},
	{"1{,}5", "1", "{,}5"},
	{"1 234/567", "1", " 234/567"},
	{"1_{234}", "1", "_{234}"},
	{"1_23", "1", "_23"},
	{`5'10`, "5", "'10"},
	{"1  234", "1", "  234"},
	{`1\quad 234`, "1", `\quad 234`},
	{`1,\,234`, "1", `,\,234`},
	{"12", "12", ""},
	{"x", "", "x"},
	{"", "", ""},
}

func TestRead(t *testing.T) {
	for _, row := range rows {
		digits, n := thousands.Read(row.text, thousands.Open)
		if digits != row.digits || row.text[n:] != row.rest {
			t.Errorf("Read(%q) = %q, leaving %q; want %q, leaving %q", row.text, digits, row.text[n:], row.digits, row.rest)
		}
	}
}

// TestLast finds each number that is nothing but one from its end.
func TestLast(t *testing.T) {
	for _, row := range rows {
		if row.rest != "" || row.text == "x" {
			continue
		}
		for _, lead := range []string{"", "it is ", "(", "2020 ", "-", "12.", "x = 1, "} {
			if lead == "12." && strings.Contains(row.text, ".") || lead == "2020 " && row.text == "" {
				continue
			}
			if from := thousands.Last(lead + row.text); from != len(lead) {
				t.Errorf("Last(%q) = %d, want %d", lead+row.text, from, len(lead))
			}
		}
	}
}

func TestBrackets(t *testing.T) {
	for text, want := range map[string]string{"1,234": "1", "1{,}234": "1234", "1 234": "1234", `1,\!234`: "1234"} {
		if digits, _ := thousands.Read(text, thousands.Brackets); digits != want {
			t.Errorf("in brackets %q is %q, want %q", text, digits, want)
		}
	}
}

func TestIndian(t *testing.T) {
	for text, want := range map[string]bool{
		"12,34,567": true, "1,23,456": true, "1,00,00,000": true,
		"12,345": false, "12,34": false, "0,12,345": false, "123,45,678": false, "12,3,456": false, "1,2,345": false, "12,34,56": false, "": false,
	} {
		if got := thousands.Indian(strings.Split(text, ",")); got != want {
			t.Errorf("Indian(%q) = %v", text, got)
		}
	}
}
