package monitor

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const asVictim = "AIMO3_MONITOR_VICTIM"

// TestVictim is no test of its own: it monitors until it is killed, for
// TestChildDiesWithAKilledProgram.
func TestVictim(t *testing.T) {
	program := os.Getenv(asVictim)
	if program == "" {
		t.Skip("runs in a process of its own only")
	}
	m := New(Options{NvidiaSMI: program})
	go m.Run(t.Context())
	for {
		if r, ok := m.Next(t.Context()); ok && len(r.GPUs) > 0 {
			fmt.Println("listening")
		}
	}
}

func TestChildTakesItsOwnChildrenAlong(t *testing.T) {
	program, pids := fakeSMI(t, `sleep 1000 &
echo $! > "$(dirname "$0")/grandchild"
`+rowA+"wait\n")
	listen(t, patient(program), pids, func(gpus []GPU, _ string) bool { return len(gpus) == 1 })
	pid := started(t, filepath.Join(filepath.Dir(program), "grandchild"))[0]
	await(t, func() bool { return !lives(pid) }, func() any { return pid })
}

func TestChildDiesWithAKilledProgram(t *testing.T) {
	program, pids := fakeSMI(t, rowA+forever)
	victim := exec.Command(os.Args[0], "-test.run=^TestVictim$", "-test.v")
	victim.Env = append(os.Environ(), asVictim+"="+program)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	heard := bufio.NewScanner(out)
	for heard.Scan() && !strings.Contains(heard.Text(), "listening") {
	}
	pid := started(t, pids)[0]
	if !lives(pid) {
		t.Fatal("the program is not running before the kill")
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := victim.Wait(); err == nil {
		t.Fatal("the victim ended by itself")
	}
	await(t, func() bool { return !lives(pid) }, func() any { return pid })
}

// lives reports whether pid runs; a dead process that nobody waited for does not.
func lives(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z") && !strings.HasPrefix(state, "X")
}
