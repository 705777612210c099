package audit

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tampered is what a log should not say. Record is where it shows, from 0.
type Tampered struct {
	Record int64
	What   string
	// Other says that nothing is wrong but that checkpoints elsewhere are signed by a key
	// that this log does not name: they may be of the log of another database.
	Other bool
}

func (t *Tampered) Error() string { return t.What }

func tampered(record int64, format string, args ...any) error {
	return &Tampered{Record: record, What: fmt.Sprintf(format, args...)}
}

// Verified is what was found of a log that nobody tampered with.
type Verified struct {
	Size   int64     // records
	Signed int64     // records that a checkpoint signs
	Root   tlog.Hash // of all records
	Keys   []string  // that signed, as the log has them, the latest last
	Places []string  // where checkpoints were
}

// Verify reads a whole log, makes every hash anew, and holds them to those that were kept,
// and the roots to the checkpoints in the log and to those given, which were kept in
// other places. Public is the key that signs now; "" if it is not known. A *Tampered
// error is the first thing that is wrong; any other is one of reading.
func Verify(ctx context.Context, rows Rows, public string, elsewhere []Checkpoint) (Verified, error) {
	notes, err := rows.Checkpoints(ctx)
	if err != nil {
		return Verified{}, err
	}
	all := slices.Clone(elsewhere)
	for _, text := range notes {
		c, err := ParseCheckpoint(text, inLog)
		if err != nil {
			return Verified{}, tampered(0, "%s", err)
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	tree := growing{roots: map[int64]tlog.Hash{}}
	for _, c := range all {
		tree.roots[c.Size] = tlog.Hash{}
	}
	if err := rows.Each(ctx, 0, tree.add); err != nil {
		return Verified{}, err
	}
	return tree.hold(all, public)
}

// growing is the tree over the records so far, as its complete subtrees.
type growing struct {
	size  int64
	edge  []tlog.Hash // of subtrees, the smallest last
	roots map[int64]tlog.Hash
	keys  []string
	named int64 // record that named the last of them
}

// add takes the next record, and holds its hashes to those that were kept.
func (g *growing) add(n int64, record, kept []byte) error {
	if n != g.size {
		return tampered(g.size, "record %d is gone: after it stands record %d", g.size, n)
	}
	h := tlog.RecordHash(record)
	for level := 0; ; level++ {
		at := level * tlog.HashSize
		if len(kept) < at+tlog.HashSize || !bytes.Equal(h[:], kept[at:at+tlog.HashSize]) {
			return g.unlike(level)
		}
		if g.size>>level&1 == 0 { // no subtree is complete beyond this one
			if len(kept) != at+tlog.HashSize {
				return tampered(n, "record %d has hashes that are of nothing", n)
			}
			break
		}
		left := g.edge[len(g.edge)-1]
		h, g.edge = tlog.NodeHash(left, h), g.edge[:len(g.edge)-1]
	}
	g.edge, g.size = append(g.edge, h), n+1
	if _, wanted := g.roots[g.size]; wanted {
		g.roots[g.size] = g.root()
	}
	if bytes.Contains(record, []byte(MadeKey)) {
		if r, err := Parse(record); err == nil && r.Action == MadeKey {
			g.keys, g.named = append(g.keys, r.Object), n
		}
	}
	return nil
}

// unlike says what it means that a hash of the next record is not the one that was kept.
func (g *growing) unlike(level int) error {
	if level == 0 {
		return tampered(g.size, "record %d was changed, or its hash was: they do not fit", g.size)
	}
	first := g.size + 1 - 1<<level
	return tampered(first, "records %d to %d were changed or moved, or their common hash was: they do not fit", first, g.size)
}

// root is the root of all records so far.
func (g *growing) root() tlog.Hash {
	if len(g.edge) == 0 {
		return tlog.Hash{}
	}
	h := g.edge[len(g.edge)-1]
	for _, left := range slices.Backward(g.edge[:len(g.edge)-1]) {
		h = tlog.NodeHash(left, h)
	}
	return h
}

// hold holds the tree to checkpoints, the smallest first.
func (g *growing) hold(all []Checkpoint, public string) (Verified, error) {
	v := Verified{Size: g.size, Root: g.root(), Keys: g.keys}
	if public != "" && (len(g.keys) == 0 || g.keys[len(g.keys)-1] != public) && g.size > 0 {
		return v, tampered(0, "the log does not name the key that signs it, %s", public)
	}
	if len(g.keys) > 0 && len(all) == 0 {
		return v, tampered(0, "its checkpoints are gone")
	}
	keys := make([]note.Verifier, 0, len(g.keys))
	for _, key := range g.keys {
		k, err := note.NewVerifier(key)
		if err != nil {
			return v, tampered(0, "the log names a key that is none, %q", key)
		}
		keys = append(keys, k)
	}
	other := ""
	for _, c := range all {
		switch {
		case c.ofOther(keys) && c.From != inLog:
			other = c.From
			continue
		case c.Size > g.size:
			return v, tampered(g.size, "records %d to %d are gone: a checkpoint of %s in %s signs %d records, and there are %d",
				g.size, c.Size-1, stamp(c), c.From, c.Size, g.size)
		case g.roots[c.Size] != c.Root:
			return v, tampered(v.Signed, "records %d to %d are not those that were signed: a checkpoint of %s in %s has another root",
				v.Signed, c.Size-1, stamp(c), c.From)
		case !c.signedBy(keys):
			return v, tampered(c.Size-1, "the checkpoint of %d records in %s is not signed by a key of the log", c.Size, c.From)
		}
		v.Signed = c.Size
		if !slices.Contains(v.Places, c.From) {
			v.Places = append(v.Places, c.From)
		}
	}
	if !g.signedByLast(all, public) {
		return v, tampered(g.named, "record %d names the key that signs it, %s, which signed nothing since: who named it has not that key", g.named, public)
	}
	return v, g.ofOther(other)
}

// signedByLast says whether the last key that the log names signed a checkpoint since, as
// it does where it is named by who has it. Else a log that others made and signed could
// name it, too. Of a log that is empty or not signed there is nothing to say.
func (g *growing) signedByLast(all []Checkpoint, public string) bool {
	key, err := note.NewVerifier(public)
	return err != nil || g.size == 0 || slices.ContainsFunc(all, func(c Checkpoint) bool {
		return c.Size > g.named && c.signedBy([]note.Verifier{key})
	})
}

// ofOther says that there are checkpoints of another log at a place, if there are.
func (g *growing) ofOther(place string) error {
	switch {
	case place == "":
		return nil
	case g.size == 0:
		return &Tampered{What: "its records are gone, or are not those that the checkpoints in " + place + " sign", Other: true}
	}
	return &Tampered{What: "no key of this log signed the checkpoints in " + place, Other: true}
}

func stamp(c Checkpoint) string { return c.Time.UTC().Format("2006-01-02 15:04:05Z") }
