package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

// summary is what a list shows of a row, and whether it tells when the attempt
// ended. Of a row that is damaged it is only which one that is.
func (d *DB) summary(r *attemptRow) (s engine.Summary, ended bool) {
	s, ended, err := r.summary()
	if err == nil && !r.whole() {
		err = errors.New("it does not fit its checksum")
	}
	if err == nil {
		return s, ended
	}
	id, _ := r[1].(string)
	said := d.damage.add("attempt %s, its row in the list: %v", printable(id), err)
	return engine.Summary{ID: engine.AttemptID(id), Begun: s.Begun, Problem: engine.Problem{Statement: "damaged in the database: " + said}}, true
}

func (r *attemptRow) summary() (s engine.Summary, ended bool, err error) {
	var id, begun, source, end, verdict string
	var samples, tokens int64
	p := &s.Problem
	for i, to := range map[int]any{
		1: &id, 2: &begun, 4: &p.ID, 5: &source, 6: &p.Statement, 7: &p.Key, 8: &s.Model, 9: &samples, 10: &tokens, 3: &end, 12: &verdict,
	} {
		var ok bool
		switch to := to.(type) {
		case *string:
			*to, ok = r[i].(string)
		case *int64:
			*to, ok = r[i].(int64)
		}
		if unfinished := (i == 3 || i == 12) && r[3] == nil && r[12] == nil; !ok && !unfinished {
			err = errors.New("it holds values of other kinds than are stored")
		}
	}
	s.ID, p.Source, s.Samples, s.Tokens = engine.AttemptID(id), source, int(samples), int(tokens)
	var e error
	if s.Begun, e = time.Parse(stamp, begun); e != nil {
		err = errors.Join(err, errors.New("its time cannot be read"))
	}
	if at, is := r[13].(string); is && err == nil {
		if s.Deleted, e = time.Parse(stamp, at); e != nil {
			err = errors.New("the time of its deletion cannot be read")
		}
	}
	if err != nil || r[3] == nil {
		return s, false, err
	}
	last, err := time.Parse(stamp, end)
	if err == nil {
		err = json.Unmarshal([]byte(verdict), &s.Verdict)
	}
	if err != nil {
		return s, true, errors.New("its end cannot be read")
	}
	s.Took = max(last.Sub(s.Begun), 0) // a clock may have been set back
	return s, true, nil
}

// lasted is how long an attempt took that was killed and so has no end: until
// its last event.
func (d *DB) lasted(ctx context.Context, s engine.Summary) (time.Duration, error) {
	var last int64
	err := d.reader.QueryRowContext(ctx, `SELECT seq FROM events WHERE attempt = ? ORDER BY seq DESC LIMIT 1`, s.ID).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	events, err := d.events(ctx, s.ID, last-1, 1)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	return max(events[0].At.Sub(s.Begun), 0), nil
}

// printable is a stored value that may be anything, to name it in a sentence.
func printable(v any) string {
	const long = 40
	text := fmt.Sprint(v)
	for _, r := range text {
		if !unicode.IsGraphic(r) || r == utf8.RuneError {
			text = strconv.Quote(text)
			break
		}
	}
	if len(text) > long {
		text = strings.ToValidUTF8(text[:long], "") + "…"
	}
	return text
}

// match is the search expression of the words that a person typed; any text is
// legal. Each word is a row of pieces as the index splits text, the last of
// which may be unfinished; "" if there is nothing to look for.
func match(words string) string {
	var b strings.Builder
	pieces := 0
	for _, word := range strings.Fields(words) {
		split := engine.WordParts(word)
		split = split[:min(len(split), maxPieces-pieces)]
		if len(split) > 0 {
			fmt.Fprintf(&b, `"%s*" `, strings.Join(split, " "))
		}
		pieces += len(split)
	}
	return b.String()
}

// Attempt finds one attempt by its ID, by the beginning of it if no other's
// begins so, or by "last". Deleted ones are not found.
func (d *DB) Attempt(ctx context.Context, name string) (engine.Summary, error) {
	s, err := d.attempt(ctx, strings.TrimSpace(name))
	return s, fault(d.path, "find an attempt in", err)
}

func (d *DB) attempt(ctx context.Context, name string) (engine.Summary, error) {
	const shown = 5
	query, args := `SELECT `+d.columns()+` FROM attempts a WHERE a.id >= ? AND a.id < ? AND a.deleted_at IS NULL
		ORDER BY a.id LIMIT ?`, []any{name, name + "\U0010FFFF", shown + 1}
	switch name {
	case "":
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: "no attempt is named", Todo: "give an ID, the beginning of one, or last"}
	case "last":
		query, args = `SELECT `+d.columns()+` FROM attempts a WHERE a.deleted_at IS NULL ORDER BY a.n DESC LIMIT 1`, nil
	}
	found, err := d.summaries(ctx, query, args...)
	switch {
	case err != nil:
		return engine.Summary{}, err
	case len(found) == 0 && name == "last":
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: "no attempt is stored yet", Todo: "solve a problem first"}
	case len(found) == 0:
		return engine.Summary{}, d.gone(ctx, name)
	case len(found) == 1 || string(found[0].ID) == name:
		return found[0], nil
	}
	return engine.Summary{}, ambiguous(name, found, shown)
}

func ambiguous(name string, found []engine.Summary, shown int) error {
	var ids []string
	for _, s := range found[:min(len(found), shown)] {
		ids = append(ids, fmt.Sprintf("%s (%s)", s.ID, s.Problem.Title(30)))
	}
	if len(found) > shown {
		ids = append(ids, "and more")
	}
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("several attempts begin with %q", name), Todo: "name one of " + strings.Join(ids, ", ")}
}

// gone is why no attempt is found under a name: the one of that name is deleted, or there is
// none.
func (d *DB) gone(ctx context.Context, name string) error {
	deleted, err := d.ids(ctx, `SELECT id FROM attempts WHERE id >= ? AND id < ? AND deleted_at IS NOT NULL ORDER BY id LIMIT 2`, name, name+"\U0010FFFF")
	if err == nil && (len(deleted) == 1 || len(deleted) > 1 && string(deleted[0]) == name) {
		return isDeleted(deleted[0])
	}
	return unknown(engine.AttemptID(name))
}

func isDeleted(id engine.AttemptID) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("attempt %s is deleted", id), Todo: fmt.Sprintf("`aimo3 history restore %s` brings it back", id)}
}

func unknown(id engine.AttemptID) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("no attempt is named %q", id), Todo: "`aimo3 history list` shows their names"}
}
