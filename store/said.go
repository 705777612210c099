package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/aimo3/aimo3/engine"
)

// The index of what samples said has one document for each attempt that has ended, with
// every word once. With the texts as they are it would be nine times as large; this way
// it is a twentieth of the compressed events.

const (
	saidSince    = 9       // the version in which the table came
	maxWords     = 1 << 16 // of one attempt, in the index
	maxWordBytes = 64      // longer ones, such as numbers of a hundred digits, are not in it
	minPrefix    = 4       // letters of a word in ASCII that may go on: the beginning of so many words is shorter
	maxIndexed   = 16      // attempts put into the index in one transaction,
	indexedBytes = 1 << 18 // and bytes of their words, after which no more are
	spokenPage   = 10_000  // events
	indexingTold = 1000    // so many attempts take long enough to be told of
)

// indexAll puts attempts that are compressed into the index, the latest first, until all
// are in it or there is something to compress.
func (d *DB) indexAll(ctx context.Context, wake <-chan struct{}, pause time.Duration, told int) error {
	var left int
	err := d.reader.QueryRowContext(ctx, `SELECT count(*) FROM attempts WHERE indexed = 0 AND ended IS NOT NULL AND compressed = 1`).Scan(&left)
	if err != nil || left == 0 {
		return err
	}
	if left >= told {
		d.say("what samples said in %d attempts is being indexed, beside all else; until that is done, searches find those by their statements", left)
	}
	for len(wake) == 0 {
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		if more, err := d.indexSome(ctx); err != nil || !more {
			if err == nil && left >= told {
				d.say("what samples said in all attempts is indexed: searches find it")
			}
			return err
		}
	}
	return nil
}

// indexSome puts the latest attempts that are not there into the index, unless another
// program was faster.
func (d *DB) indexSome(ctx context.Context) (more bool, err error) {
	numbers, ids, err := d.numbered(ctx, `SELECT n, id FROM attempts WHERE indexed = 0 AND ended IS NOT NULL AND compressed = 1 ORDER BY n DESC LIMIT ?`, maxIndexed)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	var words []string
	for bytes := 0; len(words) < len(ids) && bytes < indexedBytes; {
		of, err := d.wordsOf(ctx, ids[len(words)])
		if err != nil {
			return false, err
		}
		words, bytes = append(words, of), bytes+len(of)
	}
	short := context.WithoutCancel(ctx) // it is done whole
	return true, d.inTx(short, quietly, func(tx *sql.Tx) error {
		for i, of := range words {
			done, err := tx.ExecContext(short, `UPDATE attempts SET indexed = 1 WHERE n = ? AND id = ? AND indexed = 0`, numbers[i], ids[i])
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				continue
			}
			if _, err := tx.ExecContext(short, `INSERT INTO said (docid, words) VALUES (?, ?)`, numbers[i], of); err != nil {
				return err
			}
		}
		return nil
	})
}

// Unindexed is how many attempts that have ended are not in the index yet: those that words
// find by their statement, answer, model and ID alone.
func (d *DB) Unindexed(ctx context.Context) (n int, err error) {
	query := `SELECT count(*) FROM attempts WHERE ended IS NOT NULL`
	if d.version >= saidSince {
		query += ` AND indexed = 0`
	}
	err = d.reader.QueryRowContext(ctx, query).Scan(&n)
	return n, fault(d.path, "count attempts in", err)
}

// wordsOf are the words of an attempt, sorted.
func (d *DB) wordsOf(ctx context.Context, id engine.AttemptID) (string, error) {
	p, err := d.spoken(ctx, id)
	if err != nil {
		return "", err
	}
	words := map[string]bool{}
	add := func(text string) {
		for _, w := range engine.WordParts(text) {
			if len(w) <= maxWordBytes && len(words) < maxWords {
				words[strings.ToLower(w)] = true
			}
		}
	}
	add(string(id) + " " + p.Plan.Model + " " + p.Problem.Statement)
	if p.Verdict != nil {
		add(string(p.Verdict.Answer))
	}
	for i := range p.Samples {
		add(p.Samples[i].Reply.String())
		for j := range p.Samples[i].Cells {
			add(p.Samples[i].Cells[j].Code)
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(words)), " "), nil
}

// spoken folds an attempt, but for what its samples thought.
func (d *DB) spoken(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
	p := new(engine.Progress)
	for after := int64(0); ; {
		read, err := d.page(ctx, id, after, spokenPage)
		if err != nil {
			return nil, err
		}
		for _, e := range read.events {
			if delta, is := e.Fact.(engine.Delta); !is || delta.Channel == engine.Reply {
				p.Apply(e)
			}
			after = int64(e.Seq) //nolint:gosec // as it was stored
		}
		if len(read.events) < spokenPage {
			return p, nil
		}
	}
}

// Passage is where the words of a filter stand in what the samples of an attempt said. It
// is not ok where nothing need be shown: see engine.Progress.Passage.
func (d *DB) Passage(ctx context.Context, id engine.AttemptID, words string) (e engine.Passage, ok bool, err error) {
	p, err := d.spoken(ctx, id)
	if err != nil {
		return e, false, fault(d.path, fmt.Sprintf("read attempt %s in", id), err)
	}
	e, ok = p.Passage(words)
	return e, ok, nil
}

// matchSaid is match for the index of what samples said: words stand alone there, and the
// beginning of one is looked for only if it is long enough.
func matchSaid(words string) string {
	var b strings.Builder
	pieces := 0
	for word := range strings.FieldsSeq(words) {
		split := engine.WordParts(word)
		for i, piece := range split[:min(len(split), maxPieces-pieces)] {
			star := "*"
			if i < len(split)-1 || len(piece) < minPrefix && !strings.ContainsFunc(piece, func(r rune) bool { return r > unicode.MaxASCII }) {
				star = ""
			}
			fmt.Fprintf(&b, `"%s%s" `, piece, star)
			pieces++
		}
	}
	return b.String()
}
