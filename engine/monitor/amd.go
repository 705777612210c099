package monitor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const unreported = "not reported by the driver"

var (
	errNoAMD   = errors.New("no AMD card")
	cardFolder = regexp.MustCompile(`^class/drm/card[0-9]+/`) // not one of its sockets, as card0-DP-1
)

// amdIn reads the cards of AMD from what the kernel shows of them in sys. Every
// file is world-readable; a card asleep, or an older driver, leaves some out.
func amdIn(sys fs.FS) func(context.Context) ([]GPU, error) {
	return func(ctx context.Context) ([]GPU, error) {
		devices, err := amdDevices(sys)
		if err != nil {
			return nil, err
		}
		var all []GPU
		for _, device := range devices {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			all = append(all, amdCard(sys, device, len(all)))
		}
		if len(all) == 0 {
			return nil, errNoAMD
		}
		return all, nil
	}
}

// amdDevices are the folders of AMD's cards, in the order of their numbers.
func amdDevices(sys fs.FS) ([]string, error) {
	const amdVendor = "0x1002"
	found, err := fs.Glob(sys, "class/drm/card*/device/vendor")
	if err != nil {
		return nil, fmt.Errorf("look for cards: %w", err)
	}
	var devices []string
	for _, file := range found {
		if cardFolder.MatchString(file) && readWord(sys, file) == amdVendor {
			devices = append(devices, path.Dir(file))
		}
	}
	slices.SortFunc(devices, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b) // card2 before card10
		}
		return strings.Compare(a, b)
	})
	return devices, nil
}

func amdCard(sys fs.FS, device string, index int) GPU {
	const milli, micro = 1e-3, 1e-6
	sensor := func(scale, limit float64, names ...string) Value {
		for _, name := range names {
			files, err := fs.Glob(sys, path.Join(device, "hwmon/hwmon*", name))
			if err == nil && len(files) > 0 {
				return amdFigure(sys, files[0], scale, limit)
			}
		}
		return Value{Missing: unreported}
	}
	memory, integrated := amdMemory(sys, device)
	return GPU{
		Index:       index,
		Name:        amdName(sys, device),
		Util:        amdFigure(sys, path.Join(device, "gpu_busy_percent"), 1, 100),
		Memory:      memory,
		Shared:      integrated,
		Temperature: sensor(milli, maxDegrees, "temp1_input"),
		Power:       sensor(micro, maxWatts, "power1_average", "power1_input"),
		PowerLimit:  sensor(micro, maxWatts, "power1_cap"),
		Clock:       sensor(micro, maxMHz, "freq1_input"),
		MemoryClock: sensor(micro, maxMHz, "freq2_input"),
	}
}

// amdMemory is the memory that a card may use. For an integrated one that is what
// the firmware carved out of main memory for it, often little, and what the driver
// lends it besides (GTT), often half of all and more. What a card of its own is
// lent it only moves things through.
func amdMemory(sys fs.FS, device string) (u Usage, integrated bool) {
	figure := func(name string) Value {
		return amdFigure(sys, path.Join(device, "mem_info_"+name), 1.0/mib, maxMiB)
	}
	used, all := figure("vram_used"), figure("vram_total")
	lentUsed, lent := figure("gtt_used"), figure("gtt_total")
	if !amdIntegrated(readWord(sys, path.Join(device, "device")), all, lent) {
		return videoMemory(used, all), false
	}
	if lent.Missing != "" || lentUsed.Missing != "" {
		return videoMemory(used, all), true
	}
	if used.Missing != "" || all.Missing != "" {
		used, all = Value{}, Value{}
	}
	u = videoMemory(Value{N: used.N + lentUsed.N}, Value{N: all.N + lent.N})
	u.Of = "VRAM and GTT"
	return u, true
}

// amdIntegrated says whether a card is a part of the processor. The kernel does
// not tell, but the numbers of such devices are below 0x2000 or 0x98 and 0x99
// hundred, and no card of its own that amdgpu drives has less than 1 GiB.
func amdIntegrated(device string, memory, lent Value) bool {
	const cardMiB, carvedMiB = 1 << 10, 4 << 10
	if memory.Missing == "" && memory.N > 0 && memory.N < cardMiB {
		return true
	}
	if id, err := strconv.ParseUint(device, 0, 16); err == nil {
		return id < 0x2000 || id >= 0x9800 && id < 0x9a00
	}
	return memory.Missing == "" && lent.Missing == "" && memory.N <= carvedMiB && lent.N > 4*memory.N
}

func amdFigure(sys fs.FS, name string, scale, limit float64) Value {
	n, err := readCount(sys, name)
	if err != nil {
		return Value{Missing: unreported}
	}
	return plausible(float64(n)*scale, limit)
}

func amdName(sys fs.FS, device string) string {
	if name := readWord(sys, path.Join(device, "product_name")); name != "" {
		return name
	}
	return strings.TrimSpace("AMD GPU " + readWord(sys, path.Join(device, "device")))
}

// readWord is what a file of one short line holds; "" if it cannot be read.
func readWord(sys fs.FS, name string) string {
	text, err := fs.ReadFile(sys, name)
	if err != nil {
		return ""
	}
	return oneLine(string(text))
}
