package python

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Version names the program that runs cells: it changes with any line of it.
func Version() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{head, screen, display, explain, after, awaits, worker}, "\n")))
	return hex.EncodeToString(sum[:8])
}
