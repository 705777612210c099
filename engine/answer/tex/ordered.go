package tex

import "strings"

// ordered reads the points that name an angle or a vector, in which their order
// matters, as one name: \overrightarrow{AB} is no product of A and B, and \angle
// ABC is \angle CBA but not \angle ACB.
func (c *scanner) ordered(id string) bool {
	mark, least := `\overrightarrow`, 2
	switch id {
	case "overrightarrow", "vec":
	case "angle", "measuredangle":
		mark, least = `\angle`, 3
	default:
		return false
	}
	rest := strings.TrimLeft(c.s[c.i:], " {")
	points := len(rest) - len(strings.TrimLeft(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	braced := strings.Contains(c.s[c.i:len(c.s)-len(rest)], "{")
	after := rest[points:]
	switch {
	case points != least, braced && !strings.HasPrefix(after, "}"), !braced && (after != "" && letter(after[0]) || mark != `\angle`):
		return false
	case braced:
		after = after[1:]
	}
	of := rest[:points]
	if mark == `\angle` && of[0] > of[2] {
		of = string([]byte{of[2], of[1], of[0]})
	}
	c.i = len(c.s) - len(after)
	c.emit(name, mark+"{"+of+"}")
	return true
}
