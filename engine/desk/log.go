package desk

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// diary logs one attempt. At info it tells of what begins, ends and goes wrong,
// without a word of the problem or of a model; deltas cost nothing.
type diary struct {
	log    *slog.Logger // with the attempt's ID
	begun  time.Time
	model  string
	wished int // samples of the plan
}

// before is a sink that tells of an event and passes it on, if anybody listens.
func (d *diary) before(listen engine.Sink) engine.Sink {
	if listen == nil {
		return d.put
	}
	return engine.Tee(d.put, listen)
}

// put tells of one event. The first one says what the attempt is.
func (d *diary) put(e engine.Event) error {
	if d.takes(engine.Dump) {
		d.log.Log(context.Background(), engine.Dump, "event", "event", e)
	}
	switch f := e.Fact.(type) {
	case engine.AttemptStarted:
		d.begun, d.model, d.wished = e.At, f.Plan.Model, f.Plan.Samples
		d.log.Info("attempt begun", "model", f.Plan.Model, "samples", f.Plan.Samples, "seed", f.Plan.Seed)
		d.log.Debug("problem", "source", f.Problem.Source, "statement", f.Problem.Statement)
	case engine.CodeChosen:
		d.log.Info("code chosen", "engine", f.Code.Engine, "sympy", f.Code.SymPy, "calls", f.Code.Calls)
	case engine.SampleRetried:
		d.log.Info("sample retried", "sample", f.Sample, "try", f.Try, "class", f.Class)
		d.log.Debug("fault", "sample", f.Sample, "class", f.Class, "what", f.Why)
	case engine.SampleFailed:
		d.log.Warn("sample failed", "sample", f.Sample, "class", f.Class)
		d.log.Debug("fault", "sample", f.Sample, "class", f.Class, "what", f.Cause)
	case engine.FallbackUsed:
		d.log.Warn("fallback used", "sample", f.Sample, "rung", f.Rung, "from", f.From, "to", f.To, "class", f.Class)
		d.log.Debug("fault", "class", f.Class, "what", f.Why)
		if f.Rung == engine.RungModel {
			d.model = f.To
		}
	case engine.SampleFinished:
		if d.takes(slog.LevelDebug) {
			d.log.Debug("sample finished", "sample", f.Sample, "answer", f.Answer, "tokens", f.Ending.Tokens)
		}
	case engine.NotKept:
		d.log.Warn("events not kept", "from", f.From, "until", f.Until, "why", f.Why)
	case engine.Warning:
		d.log.Debug("warning", "what", f.Text) // it may quote a server that quotes a model
	case engine.AttemptFinished:
		d.ended(e.At, f.Verdict)
	}
	return nil
}

func (d *diary) takes(l slog.Level) bool { return d.log.Enabled(context.Background(), l) }

func (d *diary) ended(at time.Time, v engine.Verdict) {
	d.log.Info("attempt ended", "model", d.model, "samples", d.wished, "why", v.Why, "votes", v.Votes, "of", v.Of, "took_ns", at.Sub(d.begun))
	d.log.Debug("verdict", "answer", v.Answer)
}

// failed tells why an attempt could not be had. Once it has begun, only the store's
// faults are told in words: another may be a sample's and quote the model.
func (d *diary) failed(err error) {
	stored := errors.Is(err, &engine.Fault{Class: engine.Storage})
	switch cancelled := errors.Is(err, engine.ErrCancelled) || errors.Is(err, context.Canceled); {
	case err == nil || cancelled && !stored:
	case d.begun.IsZero() || stored:
		d.log.Error("attempt failed", "class", engine.ClassOf(err), "what", engine.Hint(err))
	default:
		d.log.Error("attempt failed", "class", engine.ClassOf(err))
	}
}

// breaker logs a breaker, once for all attempts that it concerns.
func (o Options) breaker(f engine.BreakerChanged) {
	o.Log.Warn("breaker changed", "host", f.Host, "model", f.Model, "state", f.State)
	o.Log.Debug("fault", "host", f.Host, "what", f.Why)
}

// logged is o.Notebook, which then logs what contains the code.
func (o Options) logged() func(context.Context, engine.Tools) (engine.Notebook, error) {
	if o.Notebook == nil {
		return nil
	}
	return func(ctx context.Context, tools engine.Tools) (engine.Notebook, error) {
		n, err := o.Notebook(ctx, tools)
		switch {
		case err == nil:
			o.Log.Info("sandbox chosen", "engine", n.Code.Engine, "level", n.Sandbox)
		case ctx.Err() == nil:
			o.Log.Warn("no code will run", "class", engine.ClassOf(err), "what", engine.Hint(err))
		}
		return n, err
	}
}
