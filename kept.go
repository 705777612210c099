package main

import (
	"context"
	"log/slog"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/cli/logbook"
)

// kept is the database as the commands know it.
type kept struct{ *store.DB }

func openToRead(ctx context.Context, path string, say func(string)) (cli.Store, error) {
	db, err := store.OpenToRead(ctx, path, say)
	return kept{db}, err
}

func recovered(ctx context.Context, path, to string) (cli.Recovered, error) {
	found, err := store.Recover(ctx, path, to)
	return cli.Recovered(found), err
}

// logging is what opens and connects, logs what comes of it, and measures the store.
type logging struct {
	book    *logbook.Book
	log     *slog.Logger // of the book
	metrics *observe.Metrics
}

func (l logging) open(ctx context.Context, path string, say func(string)) (cli.Store, error) {
	db, err := store.Open(ctx, path, l.heard(say))
	if err != nil {
		l.log.Error("store failed", "class", engine.ClassOf(err), "what", engine.Hint(err))
		return nil, err
	}
	was, is := db.Versions()
	l.log.Info("store opened", "path", db.Path(), "version", is)
	if was != is {
		l.log.Info("store migrated", "from", was, "to", is)
	}
	db.OnCommit(l.metrics.Committed)
	return logged{kept{db}, l, l.metrics.Keep(ctx, db.AddMeasures), l.book.Keep(ctx, db.AddLog)}, nil
}

// heard is say, with what it is told logged too.
func (l logging) heard(say func(string)) func(string) {
	return func(line string) {
		l.log.Warn("store", "what", line)
		if say != nil {
			say(line)
		}
	}
}

// logged is a database that logs what it tells a person, and what was damaged, and
// keeps what is measured.
type logged struct {
	kept
	by                     logging
	stopMetrics, stopLines func() // keep the rest
}

func (l logged) Tell(say func(string)) { l.DB.Tell(l.by.heard(say)) }

func (l logged) Close() error {
	l.stopMetrics()
	if err := l.Damage(); err != nil {
		l.by.log.Error("store damaged", "class", engine.ClassOf(err), "what", engine.Hint(err))
	}
	l.stopLines()
	return l.kept.Close()
}

func (k kept) Cache() cache.Tier                     { return k.DB.Cache() }
func (k kept) Keys() secure.Rows                     { return k.DB.Keys() }
func (k kept) Nonces() signature.Nonces              { return k.DB.Nonces() }
func (k kept) Record(next engine.Sink) desk.Recorder { return k.DB.Record(next) }

func (k kept) Resume(ctx context.Context, id engine.AttemptID, next engine.Sink) (desk.Recorder, *engine.Progress, error) {
	rec, from, err := k.DB.Resume(ctx, id, next)
	if err != nil {
		return nil, nil, err
	}
	const page = 2000
	wire.Lend(from, page, func(id engine.AttemptID, after uint64) ([]engine.Event, error) { return k.Events(ctx, id, after, page) })
	return rec, from, nil
}
