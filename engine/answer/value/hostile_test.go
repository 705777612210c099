package value

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/tex"
)

// hostile would take very long to calculate.
func hostile() []string {
	return []string{
		"pow(9,pow(9,pow(9,9)))", "pow(9,pow(9,pow(9,pow(9,9))))", "fact(fact(fact(9)))", "fact(fact(9))", "fact(1000000)", "fact(pow(10,40))",
		"sum(k,1,pow(10,9),k)", "sum(k,1,10000,sqrt(k))", "sum(k,1,10000,1/k)", "prod(k,1,9999,sin(k))", "sum(k,1,100,sum(j,1,100,sum(l,1,100,1/(k*j+l))))",
		"sum(k,1,10000,binom(10000,k))", "sum(k,1,4000,fact(k))", "binom(pow(10,18),pow(10,17))",
		"pow(pow(x+1,64)+y,64)", "pow(a+b+c+d+f,200)", "pow(pow(pow(2,1/2)+1,4000),1000)", "pow(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11),400)",
		"sqrt(sqrt(sqrt(sqrt(2+sqrt(3))+sqrt(5))+sqrt(7))+sqrt(11))", "1/(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13))",
		"sqrt(1000000007*1000000009*998244353*1000000021)", "tanh(33425302)", "exp(exp(exp(exp(10))))", "sin(pow(10,300))", "pow(x,pow(x,pow(x,x)))",
		"gcd(pow(2,4000)-1,pow(3,2500))", "floor(pow(10,1000)*sqrt(2))", "root(pow(10,1200)+1,7)", "cos(1/fact(400))", "log(2,pow(3,pow(3,30)))",
	}
}

// beside is n and an expression of the same value, in another form.
func beside(tb testing.TB, n *tex.Node) *tex.Node {
	return &tex.Node{Op: tex.Sum, Args: []*tex.Node{n, tree(tb, "pow(sin(1),2)+pow(cos(1),2)-1")}}
}

// TestHostileExpressionsAreBounded compares each with something beside it. Memory
// stands for time, since it is the same on every machine; BenchmarkHostile has
// the time.
func TestHostileExpressionsAreBounded(t *testing.T) {
	var last *tex.Node
	for _, s := range hostile() {
		n := tree(t, s)
		near := beside(t, n)
		took := costtest.Memory(func() {
			if j := free.Compare(n, near); j.Verdict == Different {
				t.Fatalf("%s: %v", s, j)
			}
		})
		if last != nil {
			if j, back := free.Compare(n, last), free.Compare(last, n); j.Verdict != back.Verdict {
				t.Errorf("%s and the one before: %v, but %v the other way round", s, j, back)
			}
		}
		last = n
		t.Logf("%s: %v", s, took)
		if took.Objects > 200_000 || took.Bytes > 8<<20 {
			t.Errorf("%s took %v", s, took)
		}
	}
}

// BenchmarkHostile is what they take, the longest under 5 ms.
func BenchmarkHostile(b *testing.B) {
	var all []func()
	for _, s := range hostile() {
		n := tree(b, s)
		near := beside(b, n)
		all = append(all, func() { free.Compare(n, near) })
	}
	costtest.Worst(b, all)
}

// TestHardVectors holds scalar rows against their labels: none may be judged
// wrongly, and most must be judged.
func TestHardVectors(t *testing.T) {
	const path = "../../../../shared/data/answers/hard_and_hostile.jsonl"
	f, err := os.Open(path)
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: the vectors are not here: %v", err)
	}
	defer f.Close()
	scan, decided := bufio.NewScanner(f), 0
	for scan.Scan() {
		var row struct {
			Name, Gold, Pred string
			Equal            bool
		}
		if err := json.Unmarshal(scan.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		a, errA := tex.Parse(row.Gold)
		b, errB := tex.Parse(row.Pred)
		if errA != nil || errB != nil {
			continue
		}
		want := Different
		if row.Equal {
			want = Equal
		}
		switch j := free.Compare(a, b); j.Verdict {
		case want:
			decided++
		case Unknown:
		default:
			t.Errorf("%s: %s and %s: %v, want %v", row.Name, row.Gold, row.Pred, j, want)
		}
	}
	if decided < 20 {
		t.Errorf("only %d rows are decided", decided)
	}
}
