package engine

import "fmt"

// Words says it to a person.
func (f NotKept) Words() string {
	if f.Until > 0 {
		return fmt.Sprintf("there is room again: events %d to %d are saved after all", f.From, f.Until)
	}
	return fmt.Sprintf("not saved since event %d: %s; the samples go on, and a crash would lose what they say", f.From, f.Why)
}
