package answer

import "github.com/aimo3/aimo3/engine/answer/value"

// Cluster puts answers that are equal under p together: the indices of each
// class in rising order, classes in the order of their first members. What is
// not decided does not join. Answers with one key join at once; Equal is asked
// only of the first members of classes.
func Cluster(answers []Answer, p Policy) [][]int {
	var classes [][]int
	known := make(map[string]int, len(answers))
	for i, a := range answers {
		key := a.Raw
		if !p.has(ListOrder | NoArithmetic) { // under these, answers with one key may differ
			key = Key(a)
		}
		at, ok := known[key]
		if !ok {
			at = class(answers, classes, a, p)
			if at == len(classes) {
				classes = append(classes, nil)
			}
			known[key] = at
		}
		classes[at] = append(classes[at], i)
	}
	return classes
}

// class is the first of the classes that a belongs to, or their number.
func class(answers []Answer, classes [][]int, a Answer, p Policy) int {
	for at, members := range classes {
		if Equal(answers[members[0]], a, p).Verdict == value.Equal {
			return at
		}
	}
	return len(classes)
}
