// Package termsafe turns untrusted text into text that a terminal can show
// without obeying it.
package termsafe

// Clean makes every control or invisible character of s visible, and deletes
// nothing. LF and TAB stay.
func Clean(s string) string { return s }

// Styled cleans s but keeps colour and weight sequences (SGR): for text that
// we dressed ourselves.
func Styled(s string) string { return s }

// Line is Clean for a place with room for one line: LF and TAB become spaces.
func Line(s string) string { return s }

// Expand puts spaces for tabs, up to stops every n columns.
func Expand(s string, n int) string { return s }

// Cleaner cleans a text that comes in pieces, cut anywhere. Its zero value is
// ready. The pieces of Next and End together are what Clean gives of the whole.
type Cleaner struct{}

// Next cleans one more piece.
func (c *Cleaner) Next(piece string) string { return piece }

// End gives what Next still held back, and makes c ready for another text.
func (c *Cleaner) End() string { return "" }
