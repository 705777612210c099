package monitor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/shirou/gopsutil/v3/mem"
)

const (
	appleInterval = 1900 * time.Millisecond // under two seconds, so that no tick falls just short
	appleTimeout  = time.Second
	notOnMac      = "macOS shows it to root only"
)

var (
	errNoApple  = errors.New("ioreg lists no accelerator")
	errTooMuch  = errors.New("more output than can be right")
	errNotPlist = errors.New("not a property list")
)

// newApple reads Apple's own cards with ioreg, which needs no rights and no
// private interface. It has been run against written property lists only, and
// never yet on a Mac.
func newApple(ioreg string, total func(context.Context) (uint64, error)) *probe[[]GPU] {
	return &probe[[]GPU]{interval: appleInterval, timeout: appleTimeout, read: func(ctx context.Context) ([]GPU, error) {
		out := &capped{}
		cmd := exec.CommandContext(ctx, ioreg, "-a", "-r", "-d", "1", "-c", "IOAccelerator")
		cmd.Stdout = out
		if err := runTethered(cmd); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, fmt.Errorf("run ioreg: %w", err)
		}
		all, err := total(ctx)
		if err != nil {
			return nil, err
		}
		return appleCards(out.text, all)
	}}
}

// appleCards reads the output of ioreg. Such a card has no memory of its own, so
// its share is of the machine's memory, of which there are total bytes.
func appleCards(text []byte, total uint64) ([]GPU, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, errNoApple // ioreg prints nothing at all then
	}
	root, err := parsePlist(text)
	if err != nil {
		return nil, fmt.Errorf("read the output of ioreg: %w", err)
	}
	entries, _ := root.([]any)
	var all []GPU
	for _, entry := range entries {
		fields, _ := entry.(map[string]any)
		if figures, ok := fields["PerformanceStatistics"].(map[string]any); ok {
			all = append(all, appleCard(len(all), fields, figures, total))
		}
	}
	if len(all) == 0 {
		return nil, errNoApple
	}
	return all, nil
}

func appleCard(index int, fields, figures map[string]any, total uint64) GPU {
	card := without(GPU{Index: index, Name: appleName(fields)}, notOnMac)
	card.Util, card.Memory = Value{Missing: unreported}, Usage{Of: "unified memory", Missing: unreported}
	if n, ok := figures["Device Utilization %"].(float64); ok {
		card.Util = plausible(n, 100)
	}
	if n, ok := figures["In use system memory"].(float64); ok && n >= 0 && n <= float64(total) {
		card.Memory = Usage{Of: "unified memory", Used: uint64(n), Total: total}
	}
	return card
}

func appleName(fields map[string]any) string {
	name, ok := fields["model"].(string)
	if !ok {
		if name, ok = fields["IOClass"].(string); !ok {
			name = "Apple GPU"
		}
	}
	if cores, ok := fields["gpu-core-count"].(float64); ok {
		name = fmt.Sprintf("%s, %.0f cores", name, cores)
	}
	return oneLine(name)
}

func physicalMemory(ctx context.Context) (uint64, error) {
	v, err := mem.VirtualMemoryWithContext(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the memory: %w", err)
	}
	return v.Total, nil
}

// capped keeps what is written to it, up to maxPlistBytes.
type capped struct{ text []byte }

func (c *capped) Write(p []byte) (int, error) {
	if len(c.text)+len(p) > maxPlistBytes {
		return 0, errTooMuch
	}
	c.text = append(c.text, p...)
	return len(p), nil
}
