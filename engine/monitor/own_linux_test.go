package monitor

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestChildrenCount: a real child's memory and time are this program's, once it is told
// of, and no more when it has ended.
func TestChildrenCount(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo; read x")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	var told []int
	o := own{pid: os.Getpid(), children: func() []int { return told }}
	now := time.Now()
	o.read(t.Context(), now)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil { // it has used its time
		t.Fatal(err)
	}
	child := cmd.Process.Pid
	held, spent, err := usedBy(t.Context(), child)
	if err != nil || held == 0 || spent == 0 {
		t.Fatalf("the child holds %d, spent %g: %v", held, spent, err)
	}
	before := o.spent[o.pid]
	told = []int{child, 1 << 30}
	got := o.read(t.Context(), now.Add(time.Second))
	mine := o.spent[o.pid] - before
	if want := (mine + spent) * 100; got.CPU.N < want-1e-6 || got.CPU.N > want+1e-6 {
		t.Errorf("with a child: %g %%, want %g", got.CPU.N, want)
	}
	self, _, err := usedBy(t.Context(), o.pid)
	if err != nil || got.RSS < held || got.RSS == self {
		t.Errorf("with a child that holds %d: %d, alone %d, %v", held, got.RSS, self, err)
	}
	_ = in.Close()
	_ = cmd.Wait()
	o.read(t.Context(), now.Add(2*time.Second))
	if _, is := o.spent[child]; is || got.Missing != "" {
		t.Errorf("a child that has ended counts: %v", o.spent)
	}
}
