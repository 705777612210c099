package observe

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/aimo3/aimo3/engine"
)

// holds fails where the page lacks one of the lines, or has one of those that start so.
func holds(t *testing.T, got string, lines, none []string) {
	t.Helper()
	for _, want := range lines {
		if !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, bad := range none {
		if strings.Contains(got, "\n"+bad) {
			t.Errorf("%q in\n%s", bad, got)
		}
	}
}

// What alerts look for is shown as 0 before the first time, since what is not there
// cannot rise.
func TestTheFirstTimeIsARise(t *testing.T) {
	holds(t, page(t, New(Options{})), []string{
		"aimo3_lost_events_total 0", "aimo3_store_gaps_total 0", "aimo3_audit_warnings_total 0", `aimo3_failed_attempts_total{class="storage"} 0`,
		`aimo3_requests_total{status="500"} 0`, `aimo3_requests_total{status="503"} 0`,
	}, nil)
}

func TestAServerIsMeasured(t *testing.T) {
	m := New(Options{})
	for _, status := range []int{200, 200, 503, 999} {
		m.Answered(status)
	}
	m.Serving(2, 5)
	m.AuditWarned()
	fault := func(c engine.Class) error { return &engine.Fault{Class: c} }
	for _, err := range []error{
		nil, engine.ErrStopped, engine.ErrCancelled, context.Canceled, fault(engine.Unreachable), errors.New("?"),
		errors.Join(engine.ErrCancelled, fault(engine.Storage)),
	} {
		m.Failed(err)
	}
	start := time.Now()
	told(t, m.Attempt(), start.Add(time.Hour), engine.AttemptStarted{}, engine.NotKept{From: 2, Why: "full"}, engine.NotKept{From: 2, Until: 9})
	m.Checked([]engine.Finding{
		{Component: "server", State: engine.Pass},
		{Component: "server", State: engine.Fail},
		{Component: "server", State: engine.Warn},
		{Component: "secrets", State: engine.Warn},
		{Component: "clock", State: engine.Warn},
	})
	m.Checked([]engine.Finding{{Component: "clock", State: engine.Pass}})
	got := page(t, m)
	holds(t, got, []string{
		`aimo3_requests_total{status="200"} 2`, `aimo3_requests_total{status="503"} 1`, `aimo3_requests_total{status="other"} 1`,
		`aimo3_server_attempts{state="running"} 2`, `aimo3_server_attempts{state="waiting"} 5`, "aimo3_audit_warnings_total 1",
		`aimo3_failed_attempts_total{class="unreachable"} 1`, `aimo3_failed_attempts_total{class="unknown"} 1`, `aimo3_failed_attempts_total{class="storage"} 1`,
		"aimo3_store_gaps_total 1",
		`aimo3_check_state{component="server"} 2`, `aimo3_check_state{component="secrets"} 1`, `aimo3_check_state{component="clock"} 0`,
	}, []string{`aimo3_failed_attempts_total{class=""}`})
	if problems, err := promlint.New(strings.NewReader(got)).Lint(); err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
}
