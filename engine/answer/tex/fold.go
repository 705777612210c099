package tex

import "strings"

// fold is a stub.
func fold(s string) (string, error) { return strings.ToValidUTF8(s, ""), nil }
