package monitor

import (
	"context"
	"io/fs"
	"strings"
	"time"
	"unicode"
)

// cards reads the accelerators of every maker that this system can tell of.
// GPU.Index counts within one maker's cards, as that maker's own tools do.
type cards struct {
	nvidia *nvidia       // nil where there can be none
	other  *probe[[]GPU] // AMD on Linux, Apple on macOS; nil elsewhere
}

func newCards(goos, smi string, sys fs.FS) *cards {
	c := &cards{}
	switch goos {
	case "darwin":
		c.other = newApple("/usr/sbin/ioreg", physicalMemory)
		return c // no driver of Nvidia's runs there any more
	case "linux":
		c.other = &probe[[]GPU]{read: amdIn(sys)}
	}
	c.nvidia = newNvidia(smi)
	return c
}

// start begins what has to run all the time; it ends with ctx.
func (c *cards) start(ctx context.Context, spawn func(func())) {
	if c.nvidia != nil {
		spawn(func() { c.nvidia.run(ctx) })
	}
}

// read gives the newest figures of all cards, or why there are none, and whether
// there may be more than is known yet.
func (c *cards) read(ctx context.Context, now time.Time, spawn func(func())) (all []GPU, none string, pending bool) {
	var whys []string
	if c.nvidia != nil {
		gpus, why := c.nvidia.gpus(now)
		if slow, late := c.nvidia.late(now); late {
			why = slow
		}
		all, whys = append(all, gpus...), append(whys, why)
		pending = !c.nvidia.answered()
	}
	if c.other != nil {
		gpus, why := c.other.value(ctx, now, spawn)
		all, whys = append(all, gpus...), append(whys, why)
		pending = pending || why == Measuring
	}
	if len(all) > 0 {
		return all, "", pending
	}
	return nil, oneReason(whys), pending
}

// oneReason makes one out of every maker's. Absent cards need not be told of
// beside a driver that fails, or before all have been looked for.
func oneReason(whys []string) string {
	for _, why := range whys {
		if why != noSMI && why != errNoAMD.Error() {
			return why
		}
	}
	return strings.Join(whys, ", ")
}

// without is card with none of its figures, and why.
func without(card GPU, why string) GPU {
	none := Value{Missing: why}
	return GPU{
		Index: card.Index, Name: card.Name, Shared: card.Shared, Memory: Usage{Of: card.Memory.Of, Missing: why},
		Util: none, Temperature: none, Power: none, PowerLimit: none, Clock: none, MemoryClock: none,
	}
}

// oneLine makes what a driver said fit to show: printable, and at most 200 runes.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > 200 {
		runes = append(runes[:199], '…')
	}
	return string(runes)
}
