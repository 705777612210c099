package value

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/answer/clocktest"
	"github.com/aimo3/aimo3/engine/answer/tex"
)

// TestHostileExpressionsAreBounded compares what would take very long to
// calculate with something near it. The limit is for a slow, busy machine: all
// take less than five milliseconds on an idle one.
func TestHostileExpressionsAreBounded(t *testing.T) {
	var last *tex.Node
	for _, s := range []string{
		"pow(9,pow(9,pow(9,9)))", "pow(9,pow(9,pow(9,pow(9,9))))", "fact(fact(fact(9)))", "fact(fact(9))", "fact(1000000)", "fact(pow(10,40))",
		"sum(k,1,pow(10,9),k)", "sum(k,1,10000,sqrt(k))", "sum(k,1,10000,1/k)", "prod(k,1,9999,sin(k))", "sum(k,1,100,sum(j,1,100,sum(l,1,100,1/(k*j+l))))",
		"sum(k,1,10000,binom(10000,k))", "sum(k,1,4000,fact(k))", "binom(pow(10,18),pow(10,17))",
		"pow(pow(x+1,64)+y,64)", "pow(a+b+c+d+f,200)", "pow(pow(pow(2,1/2)+1,4000),1000)", "pow(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11),400)",
		"sqrt(sqrt(sqrt(sqrt(2+sqrt(3))+sqrt(5))+sqrt(7))+sqrt(11))", "1/(1+sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13))",
		"sqrt(1000000007*1000000009*998244353*1000000021)", "tanh(33425302)", "exp(exp(exp(exp(10))))", "sin(pow(10,300))", "pow(x,pow(x,pow(x,x)))",
		"gcd(pow(2,4000)-1,pow(3,2500))", "floor(pow(10,1000)*sqrt(2))", "root(pow(10,1200)+1,7)", "cos(1/fact(400))", "log(2,pow(3,pow(3,30)))",
	} {
		n := tree(t, s)
		near := &tex.Node{Op: tex.Sum, Args: []*tex.Node{n, tree(t, "pow(sin(1),2)+pow(cos(1),2)-1")}}
		best := clocktest.Best(3, func() {
			if j := Compare(n, near, Names{}); j.Verdict == Different {
				t.Fatalf("%s: %v", s, j)
			}
		})
		if last != nil {
			if j, back := Compare(n, last, Names{}), Compare(last, n, Names{}); j.Verdict != back.Verdict {
				t.Errorf("%s and the one before: %v, but %v the other way round", s, j, back)
			}
		}
		last = n
		if best > 60*time.Millisecond {
			t.Errorf("%s took %v", s, best)
		}
	}
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
		switch j := Compare(a, b, Names{}); j.Verdict {
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
