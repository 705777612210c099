package screen

// Part is one piece of the status line, on one line and clean.
type Part struct {
	Text string
	Rank Rank
}

// Rank says what the status line shows first, and what it leaves out where there is
// little room: the lowest ranks go first.
type Rank int

// The ranks, the lowest first. A Warning and an Alarm are shown before all else and in
// colour, so their text begins with a sign.
const (
	Calm    Rank = iota // that there is nothing to tell
	Aside               // what may be missed
	Figure              // how much of something is used
	Clock               // how long it has taken
	Main                // what the screen is about
	Warning             // what may go wrong, or mends itself
	Alarm               // what keeps the work from going on
)

// Say are parts that a screen is about, in order.
func Say(texts ...string) []Part {
	var parts []Part
	for _, text := range texts {
		parts = append(parts, Part{text, Main})
	}
	return parts
}
