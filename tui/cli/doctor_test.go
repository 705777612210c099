package cli

import (
	"testing"

	"github.com/aimo3/aimo3/engine/monitor"
)

func TestWhatDoctorSaysOfGPUs(t *testing.T) {
	slow := "nvidia-smi has not answered yet"
	card := monitor.GPU{Name: "H200", Memory: monitor.Usage{Used: 1e9, Total: 141e9}}
	full := monitor.GPU{Name: "T4", Memory: monitor.Usage{Used: 17e9, Total: 16e9}}
	odd := monitor.GPU{Name: "T4", Memory: monitor.Usage{Missing: "ERR!"}}
	for _, c := range []struct {
		name string
		r    monitor.Reading
		want []finding
	}{
		{"none", monitor.Reading{NoGPU: "no nvidia-smi"}, []finding{{Component: "gpu", State: warn, What: "no nvidia-smi", Todo: "models will run on the CPU, slowly"}}},
		{"none yet", monitor.Reading{NoGPU: slow, GPUsPending: true}, []finding{{Component: "gpu", State: warn, What: slow, Todo: "run `aimo3 doctor` again in a moment"}}},
		{"one", monitor.Reading{GPUs: []monitor.GPU{card}}, []finding{{Component: "gpu", State: pass, What: "H200, 140.0 GB of 141.0 GB free"}}},
		{"a full one", monitor.Reading{GPUs: []monitor.GPU{full}}, []finding{{Component: "gpu", State: pass, What: "T4, 0 kB of 16.0 GB free"}}},
		{"an odd one", monitor.Reading{GPUs: []monitor.GPU{odd}}, []finding{{Component: "gpu", State: pass, What: "T4, memory unknown: ERR!"}}},
		{"one, and perhaps more", monitor.Reading{GPUs: []monitor.GPU{card}, GPUsPending: true}, []finding{
			{Component: "gpu", State: pass, What: "H200, 140.0 GB of 141.0 GB free"}, {Component: "gpu", State: warn, What: "there may be more: not every driver has answered yet"},
		}},
	} {
		got := checkMachine(c.r)[2:]
		if len(got) != len(c.want) {
			t.Fatalf("%s: %+v, want %+v", c.name, got, c.want)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %+v, want %+v", c.name, got[i], c.want[i])
			}
		}
	}
}
