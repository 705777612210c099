package pane

import (
	"math"
	"testing"
	"time"
)

func TestHumanFigures(t *testing.T) {
	for want, got := range map[string]string{
		"0":                          Count(0),
		"999":                        Count(999),
		"1,000":                      Count(1000),
		"12,345":                     Count(12345),
		"-123,456":                   Count(-123456),
		"-9,223,372,036,854,775,808": Count(math.MinInt64),
		"0 B":                        Bytes(0),
		"999 B":                      Bytes(999),
		"1.0 KB":                     Bytes(1000),
		"1.5 GB":                     Bytes(1_500_000_000),
		"11.2 GB":                    Bytes(11_234_000_000),
		"100 GB":                     Bytes(99_960_000_000),
		"1.0 TB":                     Bytes(999_600_000_000),
		"9.2 EB":                     Bytes(math.MaxInt64),
		"–":                          Bytes(-1),
		"0:00":                       Duration(-time.Second),
		"0:59":                       Duration(59_999 * time.Millisecond),
		"4:12":                       Duration(252 * time.Second),
		"1:04:12":                    Duration(3852 * time.Second),
		"0%":                         Percent(0.4),
		"41%":                        Percent(41.2),
		"100%":                       Percent(99.5),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for _, p := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := Percent(p); got != "–" {
			t.Errorf("Percent(%v) = %q", p, got)
		}
	}
}
