package work_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// TestPart: parts of parts draw on the whole, and none has more than that.
func TestPart(t *testing.T) {
	whole := &work.Counter{Left: 100}
	part := whole.Part(60)
	inner := part.Part(1000)
	if inner.Left != 60 || !inner.Spend(10) || inner.Left != 50 || part.Left != 50 || whole.Left != 90 {
		t.Errorf("10 of 60 of 100 leave %d of %d of %d", inner.Left, part.Left, whole.Left)
	}
	if inner.Spend(1<<40) || inner.Spend(0) || part.Left != 0 || whole.Left != 40 {
		t.Errorf("what is refused leaves %d of %d", part.Left, whole.Left)
	}
	if last := whole.Part(1000); last.Left != 40 || !last.Spend(40) || last.Spend(1) || whole.Left != 0 {
		t.Errorf("the last part leaves %d of %d", last.Left, whole.Left)
	}
	if free := (*work.Counter)(nil).Part(7); free.Left != 7 || !free.Spend(7) || free.Spend(1) {
		t.Errorf("a part of nothing has %d left", free.Left)
	}
}
