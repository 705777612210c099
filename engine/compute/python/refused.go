package python

import (
	"fmt"
	"regexp"
)

var (
	// refusal is the end of an error by which the kernel, or the C library for
	// want of a network, turns down what was asked.
	refusal = regexp.MustCompile(`(?:^|\n)\w+: [^\n]*\[Errno (?:1|13|30|38|-2|-3)\][^\n]*\n$`)
	source  = regexp.MustCompile(`(?m)^    (\S[^\n]{0,99})`)
)

// refused tells, after an error that the sandbox is the cause of, which call it
// refused and what cannot be had here; else it is empty.
func refused(err string) string {
	if !refusal.MatchString(err) {
		return ""
	}
	what := "This"
	if lines := source.FindAllStringSubmatch(err, -1); len(lines) > 0 {
		what = "`" + lines[len(lines)-1][1] + "`"
	}
	return fmt.Sprintf("[SANDBOX] %s was refused: code here reaches no network, starts no process, writes no file and reads only libraries.\n", what)
}
