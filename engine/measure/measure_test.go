package measure

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func values(t *rapid.T, label string) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(0, 1e9), 0, 200).Draw(t, label)
}

func of(values []float64) (f Figures) {
	for _, v := range values {
		f.Add(v)
	}
	return f
}

// What was joined is what one who saw all values has, but for the rounding of the sum.
func TestJoinedFiguresAreThoseOfAllValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := values(t, "a"), values(t, "b")
		joined, all := of(a), of(slices.Concat(a, b))
		joined.Join(of(b))
		if math.Abs(joined.Sum-all.Sum) > 1e-9*all.Sum {
			t.Fatalf("sum %v, of all %v", joined.Sum, all.Sum)
		}
		joined.Sum = all.Sum
		if !reflect.DeepEqual(joined, all) {
			t.Fatalf("joined %+v, all %+v", joined, all)
		}
	})
}

func TestAPercentileIsAtMostFivePercentOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Float64Range(1e-6, 1e9), 1, 300).Draw(t, "values")
		share := rapid.SampledFrom([]float64{0, 0.5, 0.95, 0.99, 1}).Draw(t, "share")
		f := of(all)
		slices.Sort(all)
		want := all[max(int(math.Ceil(share*float64(len(all)))), 1)-1]
		if got := f.Percentile(share); math.Abs(got-want) > 0.05*want {
			t.Fatalf("percentile %v of %v is %v, want %v", share, all, got, want)
		}
	})
}

func TestWhatWasEncodedIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := of(values(t, "values"))
		is := Figures{Count: was.Count, Sum: was.Sum, Min: was.Min, Max: was.Max}
		if err := is.Decode(was.Encode()); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(is, was) {
			t.Fatalf("read %+v, was %+v", is, was)
		}
	})
}

// Bytes that nobody encoded are refused, or read as some figures: nothing else happens.
func FuzzDecode(f *testing.F) {
	some := of([]float64{0, 1, 1, 1e30})
	f.Add(some.Encode(), uint64(4))
	f.Add([]byte{0x80}, uint64(1))
	f.Add([]byte{2, 1}, uint64(5)) // one value in the buckets, where five were counted
	f.Fuzz(func(t *testing.T, in []byte, count uint64) {
		is := Figures{Count: count}
		if is.Decode(in) == nil && len(in) > 0 {
			is.Percentile(0.5)
			if n := is.UpTo([]int{maxBucket})[0]; n != count {
				t.Errorf("%d values in the buckets, want %d", n, count)
			}
		}
	})
}

func TestZeroAndTheHugeAreCounted(t *testing.T) {
	if math.Log(growth) != logGrowth {
		t.Error(math.Log(growth))
	}
	f := of([]float64{0, 0, 1e300})
	if f.Percentile(0.5) != 0 || f.Max != 1e300 || f.Mean() != 1e300/3 {
		t.Errorf("median %v, max %v, mean %v", f.Percentile(0.5), f.Max, f.Mean())
	}
	counted := Figures{}
	counted.Raise(2)
	if counted.Percentile(0.5) != 0 || len(counted.Encode()) != 0 || counted.Sum != 2 {
		t.Errorf("only counted: %+v", counted)
	}
}

// A series over a time has the figures of all its rows, and a trend of its parts.
func TestASeriesOverATime(t *testing.T) {
	from := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	o := NewOver(from, from.Add(4*time.Minute), 4)
	row := func(series string, minute int, values ...float64) {
		o.Add(Row{Series: series, At: from.Add(time.Duration(minute) * time.Minute), Span: time.Minute, Figures: of(values)})
	}
	row("b_seconds", 0, 1, 3)
	row("b_seconds", 3, 8)
	row("a_total{class=\"x\"}", 1, 1, 1, 1)
	row("a_total{class=\"x\"}", 9, 1) // it began just now, by the clock of another program
	got := o.Summaries()
	if len(got) != 2 || got[0].Count != 4 || got[1].Sum != 12 || got[1].Max != 8 {
		t.Fatalf("summaries %+v", got)
	}
	if fmt.Sprint(got[0].Trend, got[1].Trend) != "[0 3 0 1] [2 NaN NaN 8]" {
		t.Errorf("trends %v, %v", got[0].Trend, got[1].Trend)
	}
}
