package models

import "time"

// UndoWithin sets how long a delete can be undone.
func (s *Screen) UndoWithin(d time.Duration) { s.undoTime = d }
