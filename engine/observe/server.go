package observe

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/aimo3/aimo3/engine"
)

// Answered takes the status of an answer of a server.
func (m *Metrics) Answered(status int) {
	label := "other"
	if http.StatusText(status) != "" {
		label = strconv.Itoa(status)
	}
	m.add(requests, label, 1)
}

// Serving takes how many attempts of a server run and wait now.
func (m *Metrics) Serving(running, waiting int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(serving, "running").now = float64(running)
	m.at(serving, "waiting").now = float64(waiting)
}

// Failed takes what ended an attempt of a server without a verdict; nil is nothing, and
// that somebody stopped it is no fault.
func (m *Metrics) Failed(err error) {
	class, stopped := engine.ClassOf(err), errors.Is(err, engine.ErrStopped) || errors.Is(err, engine.ErrCancelled) || errors.Is(err, context.Canceled)
	switch {
	case errors.Is(err, &engine.Fault{Class: engine.Storage}): // counts though it was stopped too
		class = engine.Storage
	case err == nil || stopped:
		return
	}
	m.add(failedAttempts, label(class), 1)
}

// Checked takes what checks found. Of components that they did not look at the state stays.
func (m *Metrics) Checked(found []engine.Finding) {
	worst := map[string]float64{}
	for _, f := range found {
		worst[f.Component] = max(worst[f.Component], severity(f.State))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for component, state := range worst {
		m.at(checkState, component).now = state
	}
}

func severity(s engine.FindingState) float64 {
	switch s {
	case engine.Pass:
		return 0
	case engine.Warn:
		return 1
	case engine.Fail:
	}
	return 2
}

// AuditWarned takes that the audit log could not record or sign something.
func (m *Metrics) AuditWarned() { m.add(auditWarnings, "", 1) }
