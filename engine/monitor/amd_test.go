package monitor

import (
	"errors"
	"slices"
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
	})
	got, err := amdIn(sys)(t.Context())
	no := Value{Missing: unreported}
	want := []GPU{
		{
			Index: 0, Name: "Instinct MI210", Util: Value{N: 63}, Memory: Usage{Of: "VRAM", Used: 1 << 30, Total: 68702699520},
			Temperature: Value{N: 45}, Power: Value{N: 120.5}, PowerLimit: Value{N: 300},
		},
		{
			Index: 1, Name: "AMD GPU 0x744c", Util: Value{Missing: "implausible: 200"},
			Memory: Usage{Of: "VRAM", Missing: "not reported by the card"}, Temperature: no, Power: Value{N: 21}, PowerLimit: no,
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
