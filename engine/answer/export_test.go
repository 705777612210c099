package answer

// EqualWithin is Equal with so much work.
var EqualWithin = equalWithin

// MaxWork is what Equal allows.
const MaxWork = maxWork
