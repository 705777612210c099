// Package observe measures what the program does, from the outside: it is fed by the
// events of attempts and by what a desk and the store tell, and nobody asks anybody for
// its figures.
//
//	m := observe.New(observe.Options{})
//	d := desk.New(desk.Options{Listen: m.Attempt, Looked: m.Looked})
//	db.OnCommit(m.Committed)
//	stop := m.Keep(ctx, db.AddMeasures) // a row a minute for each series
//	http.Handle("/metrics", m.Handler())
//
// # Series
//
// A series is a name such as aimo3_retries_total and at most one label, whose values
// come from a set that is bounded by the code: classes of faults, phases, outcomes. No
// problem, model or address is ever one. [Metrics.Handler] shows them in Prometheus'
// form, since the program began; Keep has what came since the last minute written down,
// so that `aimo3 metrics` can show them with no Prometheus at hand.
//
// # Cost
//
// An event costs a lock and an addition or two, and a delta less: it is looked at only
// where it is the first of its reply. Events come here joined and once they are on disk.
//
// # Errors and concurrency
//
// Nothing here fails an attempt. What could not be written is written with the next
// minute. All methods may be called from many goroutines; the listener of one attempt is
// called from one, as every engine.Sink.
package observe
