package monitor

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"
)

// sysWith makes a file system of small files, each ended as the kernel does.
func sysWith(files map[string]string) fstest.MapFS {
	sys := fstest.MapFS{}
	for name, text := range files {
		sys[name] = &fstest.MapFile{Data: []byte(text + "\n")}
	}
	return sys
}

func TestAMDCards(t *testing.T) {
	const a, b = "class/drm/card2/device/", "class/drm/card10/device/"
	sys := sysWith(map[string]string{
		"class/drm/card0/device/vendor":      "0x8086",
		"class/drm/card2-DP-1/device/vendor": "0x1002",
		"class/drm/renderD128/device/vendor": "0x1002",
		"class/drm/version":                  "drm 1.1.0 20060810",
		b + "vendor":                         "0x1002",
		b + "device":                         "0x744c",
		b + "gpu_busy_percent":               "200",
		b + "mem_info_vram_total":            "0",
		b + "mem_info_vram_used":             "0",
		b + "hwmon/hwmon7/power1_input":      "21000000",
		a + "vendor":                         "0x1002",
		a + "product_name":                   "Instinct MI210",
		a + "gpu_busy_percent":               "63",
		a + "mem_info_vram_used":             "1073741824",
		a + "mem_info_vram_total":            "68702699520",
		a + "hwmon/hwmon3/power1_average":    "120500000",
		a + "hwmon/hwmon3/power1_cap":        "300000000",
		a + "hwmon/hwmon3/temp1_input":       "45000",
		a + "hwmon/hwmon3/freq1_input":       "1700000000",
	})
	got, err := amdIn(sys)(t.Context())
	no := Value{Missing: unreported}
	want := []GPU{
		{
			Index: 0, Name: "Instinct MI210", Util: Value{N: 63}, Memory: Usage{Of: "VRAM", Used: 1 << 30, Total: 68702699520},
			Temperature: Value{N: 45}, Power: Value{N: 120.5}, PowerLimit: Value{N: 300}, Clock: Value{N: 1700}, MemoryClock: no,
		},
		{
			Index: 1, Name: "AMD GPU 0x744c", Util: Value{Missing: "implausible: 200"},
			Memory: Usage{Of: "VRAM", Missing: "not reported by the card"}, Temperature: no, Power: Value{N: 21}, PowerLimit: no, Clock: no, MemoryClock: no,
		},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("\n got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestAMDWithoutCards(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"nothing at all": {},
		"another maker":  {"class/drm/card0/device/vendor": "0x10de"},
	} {
		if got, err := amdIn(sysWith(files))(t.Context()); !errors.Is(err, errNoAMD) || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestAMDFiguresThatCannotBeRead(t *testing.T) {
	const a = "class/drm/card0/device/"
	got, err := amdIn(sysWith(map[string]string{
		a + "vendor": "0x1002", a + "gpu_busy_percent": "busy", a + "mem_info_vram_used": "-1",
		a + "hwmon/hwmon0/temp1_input": "",
	}))(t.Context())
	want := without(GPU{Name: "AMD GPU", Memory: Usage{Of: "VRAM"}}, unreported)
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("\n got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestAMDCardsInTheProcessor(t *testing.T) {
	const gib = 1 << 30
	for _, c := range []struct {
		name, device            string
		used, all, lentUsed, of string // GiB; "" is left out
		want                    Usage
		shared                  bool
	}{
		{"a small carve-out", "0x1586", "0.25", "0.5", "1", "124", Usage{Of: "VRAM and GTT", Used: 1.25 * gib, Total: 124.5 * gib}, true},
		{"the smallest", "0x15bf", "0.03125", "0.0625", "0", "15", Usage{Of: "VRAM and GTT", Used: 0.03125 * gib, Total: 15.0625 * gib}, true},
		{"a large one", "0x1586", "1", "96", "0", "15.5", Usage{Of: "VRAM and GTT", Used: gib, Total: 111.5 * gib}, true},
		{"an older one", "0x98e4", "0.5", "1", "0.5", "7", Usage{Of: "VRAM and GTT", Used: gib, Total: 8 * gib}, true},
		{"no number, a small carve-out", "", "0", "0.5", "0", "124", Usage{Of: "VRAM and GTT", Total: 124.5 * gib}, true},
		{"no number, a middling one", "", "0", "2", "0", "30", Usage{Of: "VRAM and GTT", Total: 32 * gib}, true},
		{"nothing carved out", "0x1586", "0", "0", "1", "64", Usage{Of: "VRAM and GTT", Used: gib, Total: 64 * gib}, true},
		{"a carve-out that is not told", "0x1586", "", "", "1", "64", Usage{Of: "VRAM and GTT", Used: gib, Total: 64 * gib}, true},
		{"nothing lent", "0x1586", "0.25", "0.5", "", "", Usage{Of: "VRAM", Used: 0.25 * gib, Total: 0.5 * gib}, true},
		{"a card", "0x744c", "1", "24", "0", "62", Usage{Of: "VRAM", Used: gib, Total: 24 * gib}, false},
		{"a small card in a large machine", "0x67df", "1", "4", "0", "124", Usage{Of: "VRAM", Used: gib, Total: 4 * gib}, false},
		{"no number, a card", "", "1", "16", "0", "31", Usage{Of: "VRAM", Used: gib, Total: 16 * gib}, false},
	} {
		const at = "class/drm/card1/device/"
		files := map[string]string{at + "vendor": "0x1002"}
		for name, text := range map[string]string{"vram_used": c.used, "vram_total": c.all, "gtt_used": c.lentUsed, "gtt_total": c.of} {
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				files[at+"mem_info_"+name] = strconv.Itoa(int(n * gib))
			}
		}
		if c.device != "" {
			files[at+"device"] = c.device
		}
		got, err := amdIn(sysWith(files))(t.Context())
		if err != nil || len(got) != 1 || got[0].Memory != c.want || got[0].Shared != c.shared {
			t.Errorf("%s:\n got %+v, %v\nwant %+v, shared %v", c.name, got, err, c.want, c.shared)
		}
	}
}
