package dataset

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Pick says which problems of a source are taken, and in which order.
type Pick struct {
	Only, Skip []string // names; none of Only is all
	Subject    string   // in any case; "" is all
	Shuffle    *int64   // seed of another order than the source's
	Limit      int      // after all else; 0 is none
}

// filter is a Pick while a source is read.
type filter struct {
	Pick
	only, skip map[string]bool
	subjects   map[string]bool
}

func (p Pick) filter() *filter {
	return &filter{p, named(p.Only), named(p.Skip), map[string]bool{}}
}

func named(names []string) map[string]bool {
	all := map[string]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}

// takes says whether a problem is picked.
func (f *filter) takes(r record) bool {
	if r.subject != "" && len(f.subjects) < 1000 {
		f.subjects[r.subject] = true
	}
	return (len(f.only) == 0 || f.only[r.id]) && !f.skip[r.id] &&
		(f.Subject == "" || strings.EqualFold(f.Subject, r.subject))
}

// unmet says which of the names and subjects that a person gave are not in the source.
func (f *filter) unmet(seen map[string]int) error {
	for _, given := range [][]string{f.Only, f.Skip} {
		for _, n := range given {
			if _, met := seen[n]; !met {
				return absent("problem", n, slices.Collect(maps.Keys(seen)))
			}
		}
	}
	met := slices.ContainsFunc(slices.Collect(maps.Keys(f.subjects)), func(s string) bool { return strings.EqualFold(s, f.Subject) })
	switch {
	case f.Subject == "" || met:
		return nil
	case len(f.subjects) == 0:
		return errors.New("its problems have no subject")
	}
	return absent("subject", f.Subject, slices.Sorted(maps.Keys(f.subjects)))
}

func absent(what, name string, there []string) error {
	slices.Sort(there)
	err := fmt.Sprintf("no %s is called %q", what, name)
	if near := engine.Near(name, there[:min(len(there), 10_000)]); len(near) > 0 {
		err += ": did you mean " + strings.Join(near, ", ") + "?"
	} else if len(there) <= 12 {
		err += ": there are " + strings.Join(there, ", ")
	}
	return errors.New(err)
}

// order puts problems into the order that is wanted, and cuts them to the limit. A
// shuffled one hangs on the seed and each problem's name alone: it is the same on every
// machine, and a problem that is added moves no other.
func (p Pick) order(all []Entry) []Entry {
	if p.Shuffle != nil {
		slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(p.lot(a.ID), p.lot(b.ID)) })
	}
	if p.Limit > 0 && len(all) > p.Limit {
		all = slices.Clip(all[:p.Limit])
	}
	return all
}

// lot is a problem's place by chance.
func (p Pick) lot(id string) uint64 {
	sum := sha256.Sum256(append(strconv.AppendInt(nil, *p.Shuffle, 10), ":"+id...))
	return binary.BigEndian.Uint64(sum[:])
}
