package extract_test

import "testing"

// TestPlaces: what a last sentence asks is the extreme value, if it names one,
// and else where it is.
func TestPlaces(t *testing.T) {
	readAll(t, "a value and where it is", [][2]string{
		{"The maximum of 7 is attained at x=3.", "7"},
		{"The minimum of 12 is reached when a=b=2.", "12"},
		{"The minimum value of 5 occurs at x = -1.", "5"},
		{"The maximum value 7 is achieved for x=3.", "7"},
		{"Hence the minimum of $4$ is attained at $x=2$.", "4"},
		{"Therefore the least value, 10, is reached at $(1,2)$.", "10"},
		{"The minimum (3) is achieved at x = 1.", "3"},
		{"The largest possible value 81 is attained at n=9.", "81"},
		{"The maximum area of 36 occurs when the rectangle is a square of side 6.", "36"},
		{"The maximum area 36 is reached when x = 6.", "36"},
		{"The maximum area of 36 square units is attained when x = 6.", "36"},
		{"The maximum height of 45 m is reached at t = 3.", "45"},
		{"The maximum profit of $500 is reached at 20 units.", "500"},
		{"The maximum $M=7$ is attained at $x=3$.", "7"},
		{"The maximum of $1{,}024$ is attained at $n=10$.", "1024"},
		{`The minimum of $\sqrt{2}$ is attained when $x=y$.`, `\sqrt2`},
		{"f attains its maximum of 7 at x=3.", "7"},
		{"The minimum is 2, with equality iff a=b=1.", "2"},
		{"Maximum: 7 (at x=3)", "7"},
		{"Answer: The maximum of 7 is attained at x=3.", "7"},
		{"The maximum value of $x+y$ is $3$ and is attained at $(1,2)$.", "3"},
		{"The minimum is 2 when x=1, and the maximum is 7 when x=3.", "7"},
		{"At x=3, the maximum of 7 is attained.", "7"},
	})
	readAll(t, "where alone", [][2]string{
		{"The maximum is attained at x=3.", "x=3"},
		{"Answer: the maximum is attained at x=3.", "x=3"},
		{"f attains its maximum at x=3.", "x=3"},
		{"The minimum of x^2 - 6x is reached at x = 3.", "x=3"},
		{"The minimum of $x^2-6x$ is attained at $x=3$.", "x=3"},
		{"The maximum of 3x+1 on [0,2] is attained at x=2.", "x=2"},
		{"The maximum of the 4 values is attained at x=3.", "x=3"},
		{"The minimum of 2 variables is attained at x=3.", "x=3"},
		{"The maximum over all 5 points is attained at x=3.", "x=3"},
		{"The maximum of f(1), f(2), f(3) is attained at x=3.", "x=3"},
		{"The maximum of 100 points is achieved by 3 players.", "3"},
		{"The maximum of 7 is attained at x=3, so x=3.", "x=3"},
		{"The function takes the value 7 at x=3.", "x=3"},
		{"There is at least 1 root at x=3.", "x=3"},
		{"The maximum, which is attained at x=3, is 7.", "7"},
		{"The largest of 3 at hand is 9.", "9"},
	})
}
