//go:build !race

package python_test

const underRace = false
