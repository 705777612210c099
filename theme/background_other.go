//go:build !unix

package theme

import "time"

// ask has no terminal to ask here.
func ask(string, byte, time.Duration) string { return "" }
