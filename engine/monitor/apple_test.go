package monitor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

const appleMemory = 16 << 30

func ioregSample(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/ioreg.plist")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func appleM1() GPU {
	no := Value{Missing: notOnMac}
	return GPU{
		Name: "Apple M1 Pro, 16 cores", Util: Value{N: 42}, Temperature: no, Power: no, PowerLimit: no, Clock: no, MemoryClock: no,
		Memory: Usage{Of: "unified memory", Used: 5 << 30, Total: appleMemory},
	}
}

func TestAppleCards(t *testing.T) {
	sample, m1 := ioregSample(t), appleM1()
	class := m1
	class.Name = "AGXAcceleratorG13X, 16 cores"
	bare := m1
	bare.Name, bare.Util, bare.Memory = "Apple GPU", Value{Missing: unreported}, Usage{Of: "unified memory", Missing: unreported}
	odd := m1
	odd.Util, odd.Memory = Value{Missing: "implausible: 4200"}, Usage{Of: "unified memory", Missing: unreported}
	for _, c := range []struct {
		name, text string
		want       GPU
	}{
		{"an M1", sample, m1},
		{"the model as bytes", strings.Replace(sample, "<string>Apple M1 Pro</string>", "<data>QXBwbGU=</data>", 1), class},
		{"no figures", "<plist><array><dict><key>PerformanceStatistics</key><dict/></dict></array></plist>", bare},
		{"odd figures", strings.NewReplacer(">42<", ">4200<", ">5368709120<", ">536870912000<").Replace(sample), odd},
	} {
		got, err := appleCards([]byte(c.text), appleMemory)
		if err != nil || len(got) != 1 || got[0] != c.want {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", c.name, got, err, c.want)
		}
	}
	for name, text := range map[string]string{
		"nothing": " \n", "no list": "<plist><string>x</string></plist>", "an empty list": "<plist><array/></plist>",
		"no figures": "<plist><array><dict><key>IOClass</key><string>x</string></dict></array></plist>",
	} {
		if got, err := appleCards([]byte(text), appleMemory); !errors.Is(err, errNoApple) {
			t.Errorf("%s: %+v, %v, want none", name, got, err)
		}
	}
}

func TestAppleRunsIoreg(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for ioreg is a shell script")
	}
	sample, err := filepath.Abs("testdata/ioreg.plist")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, script, missing string }{
		{"the sample", `[ "$*" = "-a -r -d 1 -c IOAccelerator" ] && exec cat '` + sample + "'", ""},
		{"a failure", "exit 5", "run ioreg: exit status 5"},
		{"a flood", "exec cat /dev/zero", "run ioreg: "},
		{"a hang", "exec sleep 1000", "no answer within 1s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			program := filepath.Join(t.TempDir(), "ioreg")
			if err := os.WriteFile(program, []byte("#!/bin/sh\n"+c.script+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			p := newApple(program, func(context.Context) (uint64, error) { return appleMemory, nil })
			if c.name != "a hang" {
				p.timeout = time.Hour
			}
			var wg sync.WaitGroup
			now := time.Now()
			p.value(t.Context(), now, wg.Go)
			wg.Wait()
			got, why := p.value(t.Context(), now, wg.Go)
			if c.missing == "" && (len(got) != 1 || got[0] != appleM1()) || !strings.Contains(why, c.missing) || (why == "") != (c.missing == "") {
				t.Errorf("got %+v, %q, want %q", got, why, c.missing)
			}
			wg.Wait()
		})
	}
}
