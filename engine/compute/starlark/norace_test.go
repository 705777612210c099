//go:build !race

package starlark

const underRace = false
