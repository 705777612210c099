package monitor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
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
	sensor := func(scale, most float64, names ...string) Value {
		for _, name := range names {
			files, err := fs.Glob(sys, path.Join(device, "hwmon/hwmon*", name))
			if err == nil && len(files) > 0 {
				return amdFigure(sys, files[0], scale, most)
			}
		}
		return Value{Missing: unreported}
	}
	return GPU{
		Index: index,
		Name:  amdName(sys, device),
		Util:  amdFigure(sys, path.Join(device, "gpu_busy_percent"), 1, 100),
		Memory: videoMemory(
			amdFigure(sys, path.Join(device, "mem_info_vram_used"), 1.0/mib, mostMiB),
			amdFigure(sys, path.Join(device, "mem_info_vram_total"), 1.0/mib, mostMiB)),
		Temperature: sensor(milli, mostDegree, "temp1_input"),
		Power:       sensor(micro, mostWatts, "power1_average", "power1_input"),
		PowerLimit:  sensor(micro, mostWatts, "power1_cap"),
	}
}

func amdFigure(sys fs.FS, name string, scale, most float64) Value {
	n, err := readCount(sys, name)
	if err != nil {
		return Value{Missing: unreported}
	}
	return plausible(float64(n)*scale, most)
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
