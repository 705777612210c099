//go:build race

package starlark

// underRace says that the race detector watches. Its own memory is many times
// what a worker is allowed, so a worker built with it dies of what it should
// refuse.
const underRace = true
