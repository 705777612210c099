package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/store"
)

// measured keeps rows of the latest minutes of a bench: so many seconds each.
func (b *bench) measured(series string, minutesAgo int, values ...float64) {
	b.t.Helper()
	db, err := store.Open(b.t.Context(), filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.db"), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r := measure.Row{Series: series, At: b.clock.Add(-time.Duration(minutesAgo) * time.Minute), Span: time.Minute}
	for _, v := range values {
		r.Add(v)
	}
	if err := db.AddMeasures(b.t.Context(), []measure.Row{r}); err != nil {
		b.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func TestMetrics(t *testing.T) {
	b := newBench(t)
	b.clock = time.Now().UTC().Truncate(time.Minute).Add(30 * time.Second)
	b.measured(`aimo3_phase_seconds{phase="thinking"}`, 50, 0.25, 0.25, 90)
	b.measured(`aimo3_phase_seconds{phase="thinking"}`, 2, 30)
	b.measured(`aimo3_tokens_total`, 3, 12_000, 3_000)
	b.measured(`aimo3_memory_bytes`, 3, 26_000_000)
	b.wantCode(b.run("metrics"), 0)
	want := `SERIES          COUNT  MIN    MEAN   P50    P95    P99    MAX    TREND
phase thinking  4      250ms  30.1s  251ms  1m30s  1m30s  1m30s  ..█............█
tokens          15k    -      -      -      -      -      -      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█
memory          1      26MB   26MB   26MB   26MB   26MB   26MB   ...............█
`
	if got := b.out.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	var object struct {
		Series []struct {
			Series string
			Count  int
			P95    float64
			Trend  []*float64
		}
	}
	b.wantCode(b.run("metrics", "--json", "--series", "phase"), 0)
	if b.object(&object); len(object.Series) != 1 || object.Series[0].Count != 4 || object.Series[0].P95 < 85 || len(object.Series[0].Trend) != trendParts || object.Series[0].Trend[0] != nil {
		t.Errorf("got %+v", object)
	}
	b.wantCode(b.run("metrics", "--since", "1m", "--series", "phase"), 0)
	if b.out.Len() > 0 || !strings.Contains(b.err.String(), "nothing was measured in this time") {
		t.Errorf("stdout %q, stderr %q", &b.out, &b.err)
	}
	b.wantCode(b.run("metrics", "--since", "soon"), 2)
}

// Where nothing was ever kept that is said, and in JSON there are no series.
func TestMetricsOfNothing(t *testing.T) {
	b := newBench(t)
	b.env["XDG_DATA_HOME"] = t.TempDir()
	b.wantCode(b.run("metrics"), 0)
	if !strings.Contains(b.err.String(), "nothing was measured") {
		t.Error(b.err.String())
	}
	b.wantCode(b.run("metrics", "--json"), 0)
	if !strings.Contains(b.out.String(), `"series": []`) {
		t.Error(b.out.String())
	}
}
