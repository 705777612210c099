package embedded

import (
	_ "embed"
	"path"
	"strings"
)

// pins are the wheels that builds have in them, each with its SHA-256, as
// sha256sum(1) prints and checks them: for every system its own of those with
// machine code.
//
//go:embed wheels.sha256
var pins string

// machine is what the names of the wheels with the code of a machine look like.
// deploy/embed.sh has them too.
var machine = map[string]string{
	"linux/amd64": "*-manylinux*_x86_64.whl", "linux/arm64": "*-manylinux*_aarch64.whl",
	"darwin/amd64": "*-macosx*_x86_64.whl", "darwin/arm64": "*-macosx*_arm64.whl",
}

// pin is a wheel and the SHA-256 that it has.
type pin struct{ file, sum string }

// wheelsOf are the pins for a system, which is GOOS/GOARCH.
func wheelsOf(system string) []pin {
	var out []pin
	for line := range strings.Lines(pins) {
		sum, file, _ := strings.Cut(strings.TrimSpace(line), "  ")
		native, _ := path.Match(machine[system], file)
		if native || strings.HasSuffix(file, "-none-any.whl") {
			out = append(out, pin{file, sum})
		}
	}
	return out
}
