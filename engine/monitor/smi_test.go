package monitor

import (
	"math"
	"testing"
)

func n(f float64) Value { return Value{N: f} }

func no(why string) Value { return Value{Missing: why} }

var unsaid = no("not reported by the card")

// smiRows are what nvidia-smi prints of a card, and what is to be read there.
var smiRows = []struct {
	name, row string
	want      GPU
}{
	{"a full row", "0, NVIDIA H200, 37, 1024, 143771, 41, 118.52, 700.00", GPU{
		Index: 0, Name: "NVIDIA H200", Util: n(37), Memory: Usage{Of: "VRAM", Used: 1 << 30, Total: 143771 << 20},
		Temperature: n(41), Power: n(118.52), PowerLimit: n(700),
	}},
	{"no blanks", "3,Tesla T4,0,0,15360,30,9,70", GPU{
		Index: 3, Name: "Tesla T4", Util: n(0), Memory: Usage{Of: "VRAM", Total: 15360 << 20},
		Temperature: n(30), Power: n(9), PowerLimit: n(70),
	}},
	{"a name with commas", "1, Quadro, the old, one, 5, 1, 2, 30, 10, 20", GPU{
		Index: 1, Name: "Quadro, the old, one", Util: n(5), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: n(30), Power: n(10), PowerLimit: n(20),
	}},
	{"absent figures", "0, GeForce 940MX, [N/A], 12, 2004, [Unknown Error], [Not Supported], N/A", GPU{
		Name: "GeForce 940MX", Util: unsaid, Memory: Usage{Of: "VRAM", Used: 12 << 20, Total: 2004 << 20},
		Temperature: no("unknown error"), Power: unsaid, PowerLimit: unsaid,
	}},
	{"memory shared with the processor", "0, NVIDIA GB10, 3, [N/A], [N/A], 50, 12.1, [N/A]", GPU{
		Name: "NVIDIA GB10", Util: n(3), Memory: Usage{Of: "VRAM", Missing: unsaid.Missing},
		Temperature: n(50), Power: n(12.1), PowerLimit: unsaid,
	}},
	{"units", "0, A, 7 %, 1 MiB, 2 MiB, 30, 9.5 W, 70 W", GPU{
		Name: "A", Util: n(7), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: n(30), Power: n(9.5), PowerLimit: n(70),
	}},
	{"words without brackets", "0, A, ERR!, 1, 2, Unknown, Unknown Error, Insufficient Permissions", GPU{
		Name: "A", Util: no("ERR!"), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: no("unknown"), Power: no("unknown error"), PowerLimit: no("insufficient permissions"),
	}},
	{"a memory of which nothing is known", "0, A, 1, ERR!, 81559, 2, 3, 4", GPU{
		Name: "A", Util: n(1), Memory: Usage{Of: "VRAM", Missing: "ERR!"}, Temperature: n(2), Power: n(3), PowerLimit: n(4),
	}},
	{"a card to be reset", "0, A, [GPU requires reset], Unknown, Unknown, Unknown, [Insufficient Permissions], Not Supported", GPU{
		Name: "A", Util: no("gpu requires reset"), Memory: Usage{Of: "VRAM", Missing: "unknown"},
		Temperature: no("unknown"), Power: no("insufficient permissions"), PowerLimit: unsaid,
	}},
	{"more used than there is", "0, A, 1, 9, 2, 2, 3, 4", GPU{
		Name: "A", Util: n(1), Memory: Usage{Of: "VRAM", Used: 2 << 20, Total: 2 << 20}, Temperature: n(2), Power: n(3), PowerLimit: n(4),
	}},
	{"parts of a card", "0, NVIDIA A100-SXM4-80GB, [N/A], 45, 81920, 30, 60.1, 400", GPU{
		Name: "NVIDIA A100-SXM4-80GB", Util: unsaid, Memory: Usage{Of: "VRAM", Used: 45 << 20, Total: 81920 << 20},
		Temperature: n(30), Power: n(60.1), PowerLimit: n(400),
	}},
	{"a lost card", "0, A, [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost]", GPU{
		Name: "A", Util: no("gpu is lost"), Memory: Usage{Of: "VRAM", Missing: "gpu is lost"},
		Temperature: no("gpu is lost"), Power: no("gpu is lost"), PowerLimit: no("gpu is lost"),
	}},
	{"a lost card without a name", "3, [Unknown Error], ERR!, ERR!, ERR!, ERR!, ERR!, ERR!", GPU{
		Index: 3, Name: "a card of unknown name", Util: no("ERR!"), Memory: Usage{Of: "VRAM", Missing: "ERR!"},
		Temperature: no("ERR!"), Power: no("ERR!"), PowerLimit: no("ERR!"),
	}},
	{"columns with nothing in them", "0, A, , 1, 2, -, 4, ", GPU{
		Name: "A", Util: unsaid, Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20}, Temperature: unsaid, Power: n(4), PowerLimit: unsaid,
	}},
	{"figures that are none", "0, A, 1, 1, 2, inf0, 4, five\x1b", GPU{
		Name: "A", Util: n(1), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: no("unreadable: inf0"), Power: n(4), PowerLimit: no("unreadable: five"),
	}},
	{"the sixteenth of many", "15, A, 1, 1, 2, 3, 4, 5", GPU{
		Index: 15, Name: "A", Util: n(1), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20}, Temperature: n(3), Power: n(4), PowerLimit: n(5),
	}},
	{"implausible figures", "0, A, 131, 1, 2, -4, NaN, 1e99", GPU{
		Name: "A", Util: no("implausible: 131"), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: no("implausible: -4"), Power: no("implausible: NaN"), PowerLimit: no("implausible: 1e+99"),
	}},
	{"a name that moves the cursor", "0, A\x1b[2JB, 1, 1, 2, 3, 4, 5", GPU{
		Name: "A [2JB", Util: n(1), Memory: Usage{Of: "VRAM", Used: 1 << 20, Total: 2 << 20},
		Temperature: n(3), Power: n(4), PowerLimit: n(5),
	}},
}

func TestParseRow(t *testing.T) {
	for _, c := range smiRows {
		got, err := parseRow(c.row + ", 1980, [N/A]")
		c.want.Clock, c.want.MemoryClock = n(1980), unsaid
		if err != nil || got != c.want {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", c.name, got, err, c.want)
		}
	}
}

func TestParseRowRefusesOtherText(t *testing.T) {
	for _, row := range []string{
		"", ",,,,,,,,,", "No devices were found", "Failed to initialize NVML: Driver/library version mismatch",
		"index, name, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu, power.draw [W], power.limit [W], clocks.current.sm [MHz], clocks.current.memory [MHz]",
		"0, A, 1, 1, 2, 3, 4, 5, 6", "-1, A, 1, 1, 2, 3, 4, 5, 6, 7", "256, A, 1, 1, 2, 3, 4, 5, 6, 7", "x, A, 1, 1, 2, 3, 4, 5, 6, 7",
		"  MIG 1g.10gb     Device  0: (UUID: MIG-c6d4f1ef)", "GPU 0: NVIDIA A100 (UUID: GPU-1)", "0, a, b1, c1, d1, e1, f1, g1, h1, i1",
		"Unable to determine the device handle for GPU0000:03:00.0: Unknown Error",
	} {
		if got, err := parseRow(row); err == nil {
			t.Errorf("parseRow(%q) = %+v, want an error", row, got)
		}
	}
}

func FuzzParseRow(f *testing.F) {
	f.Add("0, NVIDIA H200, 37, 1024, 143771, 41, 118.52, 700.00, 1980, 2619")
	f.Add("1, a, b, [N/A], [Not Supported], NaN, -1, 1e400, 0x1p-2, 1, 2")
	f.Fuzz(func(t *testing.T, row string) {
		card, err := parseRow(row)
		if err != nil {
			if card != (GPU{}) {
				t.Errorf("a refused row gives %+v", card)
			}
			return
		}
		if card.Index < 0 || card.Index >= maxCards || len([]rune(card.Name)) > 200 {
			t.Errorf("%q: index %d, name %q", row, card.Index, card.Name)
		}
		for what, v := range map[string]Value{"use": card.Util, "temperature": card.Temperature, "power": card.Power, "limit": card.PowerLimit, "clock": card.Clock, "clock of memory": card.MemoryClock} {
			if math.IsNaN(v.N) || v.N < 0 || v.N > maxWatts || v.Missing != "" && v.N != 0 {
				t.Errorf("%q: %s = %+v", row, what, v)
			}
		}
		if m := card.Memory; m.Missing == "" && (m.Total == 0 || m.Total > maxMiB*mib || m.Used > maxMiB*mib) {
			t.Errorf("%q: memory = %+v", row, m)
		}
	})
}
