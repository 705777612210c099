//go:build race

package python_test

// underRace says that the race detector watches. What the tests of attacks and
// of recorded cells are about happens in other processes, which it cannot see.
const underRace = true
