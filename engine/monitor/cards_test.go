package monitor

import (
	"testing"
	"time"
)

func TestReasonForNoCards(t *testing.T) {
	amd := errNoAMD.Error()
	for _, c := range []struct {
		whys []string
		want string
	}{
		{[]string{noSMI, amd}, noSMI + ", " + amd},
		{[]string{noSMI}, noSMI},
		{[]string{noSMI, Measuring}, Measuring},
		{[]string{"nvidia-smi: driver failed", amd}, "nvidia-smi: driver failed"},
		{[]string{errNoApple.Error()}, errNoApple.Error()},
	} {
		if got := oneReason(c.whys); got != c.want {
			t.Errorf("%q: %q, want %q", c.whys, got, c.want)
		}
	}
}

func TestCardsOfEachSystem(t *testing.T) {
	amd := sysWith(map[string]string{"class/drm/card0/device/vendor": "0x1002"})
	for _, c := range []struct {
		goos          string
		nvidia, other bool
	}{{"linux", true, true}, {"darwin", false, true}, {"windows", true, false}} {
		if got := newCards(c.goos, "absent", amd); (got.nvidia != nil) != c.nvidia || (got.other != nil) != c.other {
			t.Errorf("%s: %+v", c.goos, got)
		}
	}
	both := newCards("linux", "absent", amd)
	if err := both.nvidia.hear("0, A, 1, 1, 2, 3, 4, 5, 6, 7"); err != nil {
		t.Fatal(err)
	}
	atOnce := func(f func()) { go f() }
	await(t, func() bool {
		gpus, none, _ := both.read(t.Context(), time.Now(), atOnce)
		return len(gpus) == 2 && gpus[0].Name == "A" && gpus[1].Name == "AMD GPU" && none == ""
	}, func() any { return both })
}
