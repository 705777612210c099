package engine

import "time"

// Cached is a verdict that was kept, in place of another attempt at the same
// problem by the same plan.
type Cached struct {
	Attempt Summary       // the attempt that reached it
	Ended   time.Time     // when it did
	Here    bool          // the attempt is stored here; else only Events are known of it
	Events  []Event       // what it came to, without what the samples said
	From    string        // the tier that had it, such as "memory"
	Age     time.Duration // since Ended, when it was asked for

	// NoServer is why no server could be asked what its models are: then the verdict is
	// that of the model which had the wished name when it was reached. "" if one was.
	NoServer string
}

// CacheFigures tell how one tier of a cache does.
type CacheFigures struct {
	Tier      string `json:"tier"`
	Entries   int    `json:"entries"`
	MaxCount  int    `json:"max_entries,omitempty"` // bound on Entries; 0 for none
	Bytes     int64  `json:"bytes"`
	MaxBytes  int64  `json:"max_bytes,omitempty"` // bound on Bytes; 0 for none
	Hits      uint64 `json:"hits"`
	Misses    uint64 `json:"misses"`
	Evictions uint64 `json:"evictions"`       // entries that went for want of room
	Fault     string `json:"fault,omitempty"` // why it cannot be used now
}

// HitRate is the share of what was asked for that was there, 0 to 1; 0 if
// nothing was asked for.
func (f CacheFigures) HitRate() float64 {
	if asked := f.Hits + f.Misses; asked > 0 {
		return float64(f.Hits) / float64(asked)
	}
	return 0
}
