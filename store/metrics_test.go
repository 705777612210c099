package store

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
)

func measured(series string, at time.Time, values ...float64) measure.Row {
	r := measure.Row{Series: series, At: at, Span: time.Minute}
	for _, v := range values {
		r.Add(v)
	}
	return r
}

// measures are the rows of a store: series, span, count, sum and median.
func measures(t *testing.T, d *DB, since time.Time) (all []string) {
	t.Helper()
	err := d.Measures(t.Context(), since, func(r measure.Row) {
		all = append(all, fmt.Sprintf("%s %s %s %d %.1f %.0f", r.Series, r.At.Format(time.TimeOnly), r.Span, r.Count, r.Sum, r.Percentile(0.5)))
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func addMeasures(t *testing.T, d *DB, rows ...measure.Row) {
	t.Helper()
	if err := d.AddMeasures(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
}

// Two programs on one file that measure the same series in the same minute add up.
func TestMeasuresOfSeveralProgramsAddUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	one, other := openedAt(t, path), openedAt(t, path)
	minute := time.Now().UTC().Truncate(time.Minute)
	addMeasures(t, one, measured("a", minute, 1, 1), measured("b", minute, 5))
	addMeasures(t, other, measured("a", minute, 9, 9, 9))
	at := minute.Format(time.TimeOnly)
	equal(t, "rows", fmt.Sprint(measures(t, one, minute)), fmt.Sprintf("[a %s 1m0s 5 29.0 9 b %s 1m0s 1 5.0 5]", at, at))
	if after := measures(t, one, minute.Add(time.Minute)); len(after) > 0 {
		t.Errorf("rows of the minute that is over: %q", after)
	}
}

// After a day minutes are joined to hours, and after 90 days they go.
func TestOldMeasuresAreJoinedAndGo(t *testing.T) {
	d := opened(t)
	hour := time.Now().UTC().Add(-48 * time.Hour).Truncate(time.Hour)
	addMeasures(t, d, measured("a", hour, 1), measured("a", hour.Add(20*time.Minute), 2, 2), measured("gone", hour.Add(-91*24*time.Hour), 1))
	addMeasures(t, d, measured("a", hour.Add(59*time.Minute), 3)) // it comes late, when the hour is joined already
	equal(t, "rows", fmt.Sprint(measures(t, d, time.Time{})), fmt.Sprintf("[a %s 1h0m0s 4 8.0 2]", hour.Format(time.TimeOnly)))
}

func TestADamagedMeasureIsToldAndReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	minute := time.Now().UTC().Truncate(time.Minute)
	d := openedAt(t, path)
	addMeasures(t, d, measured("a", minute, 1))
	execute(t, path, "UPDATE metrics SET total = 2")
	if rows := measures(t, d, minute); len(rows) > 0 || d.Damage() == nil || d.Check(t.Context()) == nil {
		t.Errorf("rows %q, damage %v", rows, d.Damage())
	}
	addMeasures(t, d, measured("a", minute, 7))
	equal(t, "rows", fmt.Sprint(measures(t, d, minute)), fmt.Sprintf("[a %s 1m0s 1 7.0 7]", minute.Format(time.TimeOnly)))
}

func TestTheLogIsBoundedAndFiltered(t *testing.T) {
	d := opened(t)
	now := time.Now().UTC()
	line := func(at time.Time, level slog.Level, what string) engine.LogLine {
		return engine.LogLine{At: at, Level: level, What: what, More: []byte(`{"a":1}`), PID: 7}
	}
	add := func(lines ...engine.LogLine) {
		t.Helper()
		if err := d.AddLog(t.Context(), lines); err != nil {
			t.Fatal(err)
		}
	}
	show := func(f engine.LogFilter) (all string) {
		t.Helper()
		lines, err := d.Log(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			all += fmt.Sprintf("%d %s %s %s; ", l.N, l.Level, l.What, l.More)
		}
		return all
	}
	add(line(now.Add(-91*24*time.Hour), slog.LevelInfo, "old"))
	add(line(now.Add(-time.Hour), slog.LevelInfo, "up"), line(now, slog.LevelWarn, "down"))
	equal(t, "all", show(engine.LogFilter{}), `1 INFO up {"a":1}; 2 WARN down {"a":1}; `)
	equal(t, "warnings", show(engine.LogFilter{Level: slog.LevelWarn}), `2 WARN down {"a":1}; `)
	equal(t, "since", show(engine.LogFilter{Since: now}), `2 WARN down {"a":1}; `)
	equal(t, "the latest", show(engine.LogFilter{Limit: 1}), `2 WARN down {"a":1}; `)
	equal(t, "after", show(engine.LogFilter{After: 2}), "")
	many := make([]engine.LogLine, maxLogLines)
	for i := range many {
		many[i] = line(now, slog.LevelInfo, "again")
	}
	add(many...)
	if lines, err := d.Log(t.Context(), engine.LogFilter{Limit: 2 * maxLogLines}); err != nil || len(lines) != maxLogLines || lines[0].N != 3 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

// Each transaction of events is timed once.
func TestCommitsAreTimed(t *testing.T) {
	d := opened(t)
	var took []time.Duration
	d.OnCommit(func(d time.Duration) { took = append(took, d) })
	if err := d.commit(story("a", 1, 5)); err != nil || len(took) != 1 || took[0] <= 0 {
		t.Errorf("%v, took %v", err, took)
	}
}
