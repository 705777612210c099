package tui

import (
	"cmp"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
)

// agreed is a reading that says of what the server holds only what fits how the server is,
// as the status line tells it. The two are asked for apart, so that one may be older than
// the other by seconds: what is not known yet is being measured, and a server that is gone
// holds nothing.
func (b *bar) agreed(r monitor.Reading) monitor.Reading {
	none := monitor.ErrNoServer.Error()
	switch s := b.server; {
	case s == nil && r.NoLoad != "", b.up() && r.NoLoad == none:
		r.NoLoad = monitor.Measuring
	case s == nil, b.up():
	case s.Fault != nil && s.Fault.Class != engine.Unreachable:
		r.Loaded, r.NoLoad = nil, cmp.Or(s.Fault.What, none)
	default:
		r.Loaded, r.NoLoad = nil, none
	}
	return r
}
