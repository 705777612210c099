package observe

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestACheckFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ok := func(context.Context) []engine.Finding { return []engine.Finding{{Component: "a", State: engine.Pass}} }
		found := RunChecks(t.Context(), []Check{
			{Component: "a", Timeout: time.Second, Find: ok},
			{Component: "slow", Timeout: 3 * time.Second, Find: func(ctx context.Context) []engine.Finding { <-ctx.Done(); return nil }},
			{Component: "panic", Find: func(context.Context) []engine.Finding { panic("at the wrong place") }},
			{Component: "two", Find: func(ctx context.Context) []engine.Finding {
				time.Sleep(5 * time.Second)
				return append(ok(ctx), ok(ctx)...)
			}},
		})
		var got []string
		for _, f := range found {
			got = append(got, fmt.Sprint(f.Component, " ", f.State, " ", f.Took, " ", engine.ClassOf(f.Err), " ", f.What))
		}
		want := "a pass 0s unknown |slow fail 3s stalled no answer within 3s|panic fail 0s internal internal error: at the wrong place|a pass 5s unknown |a pass 5s unknown "
		if strings.Join(got, "|") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
		}
	})
}

func TestChecksEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	found := RunChecks(ctx, []Check{
		{Find: func(context.Context) []engine.Finding { cancel(); return []engine.Finding{{Component: "a"}} }},
		{Find: func(context.Context) []engine.Finding { t.Error("made after the end"); return nil }},
	})
	if len(found) != 1 {
		t.Errorf("found %v", found)
	}
}

func TestTheClock(t *testing.T) {
	now := time.Now()
	wall := func(d time.Duration) time.Time { return now.Round(0).Add(d) } // without the other clock, both are taken as one
	for _, c := range []struct {
		name               string
		begun, now, latest time.Time
		want               string
	}{
		{"nothing kept", now.Add(-time.Hour), now, time.Time{}, "in step"},
		{"an attempt just now", now, now, wall(30 * time.Second), "in step"},
		{"an attempt of tomorrow", now, now, wall(24 * time.Hour), "it stands 24h0m0s before the latest attempt"},
	} {
		if f := CheckClock(c.begun, c.now, c.latest); f.What != c.want || (f.State == engine.Pass) != (c.want == "in step") {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}
