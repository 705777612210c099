package answer

import "github.com/aimo3/aimo3/engine/answer/value"

// Agree says whether two answers are one to a vote, as far as that is known. A
// percent sign that only one of them has is a difference here: else 10 and 0.1
// would both equal 10%, and so each other.
func Agree(a, b string) value.Judgement {
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
