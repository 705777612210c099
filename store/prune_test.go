package store

import (
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestPrune deletes what is older, but for what a living process takes, and brings
// it back together.
func TestPrune(t *testing.T) {
	d := opened(t)
	for i, id := range []engine.AttemptID{"a1", "a2", "a3"} {
		put := story(id, uint64(i), 30) //nolint:gosec // small
		for k := range put {
			put[k].At = put[k].At.AddDate(0, 0, 10*i)
		}
		record(t, d, put)
	}
	attempt(t, d, "a4", "still running", "m", "")
	mark, err := d.claim("a4")
	if err != nil {
		t.Fatal(err)
	}
	defer mark.release()
	before, at := start.AddDate(0, 0, 15), time.Now()
	if n, err := d.Older(t.Context(), before); n != 2 || err != nil {
		t.Errorf("%d are older, %v", n, err)
	}
	if n, err := d.Prune(t.Context(), before, at); n != 2 || err != nil {
		t.Errorf("%d were deleted, %v", n, err)
	}
	equal(t, "left", ids(listed(t, d)), "a4 a3")
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if n, err := d.Unprune(t.Context(), at.Add(time.Second)); n != 0 || err != nil {
		t.Errorf("%d came back of another time, %v", n, err)
	}
	if n, err := d.Unprune(t.Context(), at); n != 2 || err != nil {
		t.Errorf("%d came back, %v", n, err)
	}
	equal(t, "back", ids(listed(t, d)), "a4 a3 a2 a1")
	if err := d.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
