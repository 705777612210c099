package theme

import "strings"

// near lists the names that someone who wrote name may have meant: those it
// begins, and those at most two slips away.
func near(name string, names []string) []string {
	name = strings.ToLower(name)
	var meant []string
	for _, n := range names {
		begins := len(name) > 1 && strings.HasPrefix(n, name)
		if begins || slips(name, n) <= min(2, len(n)/2) {
			meant = append(meant, n)
		}
	}
	return meant
}

// slips is the number of letters to put in, leave out or change between a and b.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
