package answer

import (
	"fmt"
	"math/bits"
	"strings"
)

// Policy says which of two readings holds where graders disagree with one
// another. The zero value is the strict default; each bit turns one switch.
type Policy uint32

// The switches. Without any, 10% is 0.1 and, marked as lenient, 10; lists have
// no order; a unit that one side lacks does not count; a decimal stands for what
// rounds or is cut off to it, if it has three significant digits; x=5 is 5, and
// x≥2 is [2,∞); names of variables matter, those of parameters do not.
const (
	Approximate    Policy = 1 << iota // numbers within two per cent, or 0.001, of each other are equal
	PercentKept                       // a % that one side lacks is a difference
	UnitsRequired                     // a unit that one side lacks is a difference
	ListOrder                         // lists and sets of numbers have an order
	Assignment                        // f(x)=2x and 2x=y are y=2x
	VariableNames                     // expressions that differ by names only are equal
	RelationsApart                    // a relation is never an interval: x≥2 is not [2,∞)
	DecimalComma                      // 1,234 is a decimal
	PositiveVars                      // all variables are positive
	TupleIsSet                        // (1,2) is {1,2}
	NoArithmetic                      // 1+2 is not 3: what could be worked out has to be
	UndefinedAlike                    // undefined, infinite and without solutions are one answer
	switchesEnd
)

// switches has for each switch what a command line calls it and what it does.
var switches = map[Policy][2]string{
	Approximate:    {"approx", "numbers within two per cent of each other are equal"},
	PercentKept:    {"percent", "a % that one side lacks is a difference"},
	UnitsRequired:  {"units", "a unit that one side lacks is a difference"},
	ListOrder:      {"list-order", "lists and sets of numbers have an order"},
	Assignment:     {"assignment", "f(x)=2x and 2x=y are y=2x"},
	VariableNames:  {"variable-names", "expressions that differ by names only are equal"},
	RelationsApart: {"relation-apart", "a relation is never an interval: x>=2 is not [2,oo)"},
	DecimalComma:   {"decimal-comma", "1,234 is a decimal"},
	PositiveVars:   {"positive-vars", "all variables are positive"},
	TupleIsSet:     {"tuple-is-set", "(1,2) is {1,2}"},
	NoArithmetic:   {"no-arithmetic", "1+2 is not 3: what can be worked out has to be"},
	UndefinedAlike: {"undefined", "undefined, infinite and without solutions are one"},
}

// switchName is what a command line calls the one switch p.
func switchName(p Policy) string { return switches[p][0] }

// Switches is what a command line calls each switch, and what it does.
func Switches() [][2]string {
	var all [][2]string
	for p := Policy(1); p < switchesEnd; p <<= 1 {
		all = append(all, switches[p])
	}
	return all
}

// ParsePolicy reads the names of switches, separated by commas. An empty text
// is the strict default.
func ParsePolicy(s string) (Policy, error) {
	var p Policy
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		one, ok := switchNamed(name)
		if !ok {
			return 0, fmt.Errorf("no policy %q; there are %s", name, strings.ReplaceAll((switchesEnd-1).String(), ",", ", "))
		}
		p |= one
	}
	return p, nil
}

func switchNamed(name string) (Policy, bool) {
	for p := Policy(1); p < switchesEnd; p <<= 1 {
		if switchName(p) == name {
			return p, true
		}
	}
	return 0, false
}

// String lists the names of the switches that p turns, as ParsePolicy reads them.
func (p Policy) String() string {
	names := make([]string, 0, bits.OnesCount32(uint32(p)))
	for one := Policy(1); one < switchesEnd; one <<= 1 {
		if p&one != 0 {
			names = append(names, switchName(one))
		}
	}
	return strings.Join(names, ",")
}

// has says whether p turns the switch one.
func (p Policy) has(one Policy) bool { return p&one != 0 }
