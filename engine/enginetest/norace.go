//go:build !race

package enginetest

// UnderRace says that the race detector watches, which takes several times the memory
// and the time.
const UnderRace = false
