package answer

import (
	"strings"

	"github.com/aimo3/aimo3/engine/answer/value"
)

// Agree says whether two answers are one to a vote, as far as that is known. A
// percent sign that only one of them has is a difference here: else 10 and 0.1
// would both equal 10%, and so each other.
func Agree(a, b string) value.Judgement {
	if a != b && plainInteger(a) && plainInteger(b) {
		return different("other digits") // as most answers are: it need not be read to be seen
	}
	x, err := Parse(a)
	if err != nil {
		return value.Judgement{}
	}
	y, err := Parse(b)
	if err != nil {
		return value.Judgement{}
	}
	return Equal(x, y, PercentKept)
}

// plainInteger says whether a text is an integer of ASCII digits, without any that could be
// left out: two such are equal if they are written alike, and not otherwise.
func plainInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == "" && s[0] != '0'
}
