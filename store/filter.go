package store

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/aimo3/aimo3/engine"
)

// ofVerdict is a condition on the verdict, of which damage may have left no JSON.
func ofVerdict(condition string) string {
	return ` AND CASE WHEN json_valid(a.verdict) THEN ` + strings.NewReplacer(
		"$votes", "json_extract(a.verdict, '$.votes')", "$of", "json_extract(a.verdict, '$.of')",
		"$margin", "json_extract(a.verdict, '$.margin')", "$correct", "json_extract(a.verdict, '$.correct')",
		"$tie", "json_extract(a.verdict, '$.tie')", "$chosen", "json_extract(a.verdict, '$.chosen')",
		"$why", "json_extract(a.verdict, '$.why')", "$thinking", "coalesce(json_extract(a.verdict, '$.thinking'), 0)",
	).Replace(condition) + ` END`
}

// narrowed is what attempts a have in common of which all terms hold, as the end of a
// condition. Some others may have it too: engine.Filter.Holds decides, so this only saves
// rows from being read in vain.
func (d *DB) narrowed(terms []engine.Term) (where string, args []any) {
	var b strings.Builder
	b.WriteString(map[bool]string{false: ` AND a.deleted_at IS NULL`, true: ` AND a.deleted_at IS NOT NULL`}[engine.Filter{Terms: terms}.OfDeleted()])
	for _, t := range terms {
		condition, values := d.narrowedBy(t)
		b.WriteString(condition)
		args = append(args, values...)
	}
	return b.String(), args
}

func (d *DB) narrowedBy(t engine.Term) (where string, args []any) {
	switch t.Key {
	case engine.KeyAfter:
		return ` AND a.begun >= ?`, []any{stamped(t.At)}
	case engine.KeyBefore:
		return ` AND a.begun < ?`, []any{stamped(t.At)}
	case engine.KeyIs:
		return d.narrowedTo(engine.Trait(t.Value)), nil
	}
	if t.Key == engine.KeyTag && d.version < marksSince {
		return ` AND 0`, nil
	}
	if t.Key == engine.KeyTag {
		return ` AND a.id IN (SELECT attempt FROM marks WHERE kind = 'tag' AND value = ?)`, []any{t.Value}
	}
	if !plain(t.Value) { // SQLite knows of upper and lower case in ASCII only
		return "", nil
	}
	switch t.Key {
	case engine.KeyModel:
		return ` AND instr(lower(a.model), ?) > 0`, []any{strings.ToLower(t.Value)}
	case engine.KeySource:
		return ` AND instr(lower(a.source), ?) > 0`, []any{strings.ToLower(t.Value)}
	case engine.KeyVerdict:
		if t.Value == engine.NoAnswer {
			return ` AND a.ended IS NOT NULL AND (a.answer = '' OR a.answer = ? COLLATE NOCASE)`, []any{t.Value}
		}
		return ` AND a.answer = ? COLLATE NOCASE`, []any{t.Value}
	}
	return "", nil
}

func (d *DB) narrowedTo(t engine.Trait) string {
	if d.version < marksSince && t == engine.TraitStarred {
		return ` AND 0`
	}
	switch t {
	case engine.TraitStarred:
		return ` AND a.id IN (SELECT attempt FROM marks WHERE kind = 'star')`
	case engine.TraitRight:
		return d.judged(`yes`, `$correct = 1`)
	case engine.TraitWrong:
		return d.judged(`no`, `$correct = 0`)
	case engine.TraitSplit:
		return ofVerdict(`$tie IS NOT NULL OR $chosen IS NOT NULL OR round($margin * $of) < $votes`)
	case engine.TraitDoubtful:
		return ofVerdict(`a.answer <> '' AND ($tie IS NOT NULL OR 2 * $votes <= max($of, 2) OR $votes <= $thinking
			OR $why IN ('cancelled', 'budget') AND 2 * $votes <= a.samples)`)
	case engine.TraitFailed:
		return ` AND a.ended IS NOT NULL AND a.answer = ''`
	case engine.TraitSlow: // less a second, since days are counted in fractions
		return ` AND (a.ended IS NULL OR julianday(a.ended) - julianday(a.begun) > ` + fmt.Sprint((engine.SlowFrom-time.Second).Hours()/24) + `)`
	case engine.TraitRunning, engine.TraitUnfinished:
		return ` AND a.ended IS NULL`
	case engine.TraitDeleted: // which is of a table, not of a condition
	}
	return ""
}

// judged is a condition on what a person says of an answer, or else on the verdict.
func (d *DB) judged(said, condition string) string {
	if d.version < marksSince {
		return ofVerdict(condition)
	}
	return ` AND coalesce((SELECT value = '` + said + `' FROM marks WHERE attempt = a.id AND kind = 'right'), ` + strings.TrimPrefix(ofVerdict(condition), ` AND`) + `)`
}

func plain(s string) bool {
	return !slices.ContainsFunc([]rune(s), func(r rune) bool { return r > unicode.MaxASCII })
}
