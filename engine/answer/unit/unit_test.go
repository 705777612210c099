package unit_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/unit"
)

func TestIn(t *testing.T) {
	for _, row := range []struct{ one, of, want string }{
		{"m", "cm", "100"},
		{"km/h", "m/s", "5/18"},
		{"km per hour", "kph", "1"},
		{"miles per hour", "mph", "1"},
		{"square feet", "ft^2", "1"},
		{"sq ft", "in^2", "144"},
		{"cubic meters", "liters", "1000"},
		{"m s^-2", "m/s^2", "1"},
		{"N", "kg m/s^2", "1"},
		{"J", "N m", "1"},
		{"hours", "minutes", "60"},
		{"$", "cents", "100"},
		{"inches", "cm", "127/50"},
		{"lb", "oz", "16"},
		{"gal", "cup", "16"},
		{"t", "kg", "1000"},
		{"year", "month", "12"},
		{"year", "day", ""},
		{"m", "kg", ""},
		{"m", "m^2", ""},
		{"$", "€", ""},
		{"apples", "m", ""},
		{"m^x", "m", ""},
		{"m^99", "m", ""},
		{"", "m", ""},
		{"m/", "m", ""},
	} {
		got := ""
		u, okU := unit.Read(row.one)
		v, okV := unit.Read(row.of)
		if okU && okV {
			if factor, ok := u.In(v); ok {
				got = factor.RatString()
			}
		}
		if got != row.want {
			t.Errorf("one %q is %q of %q, want %q", row.one, got, row.of, row.want)
		}
	}
}
