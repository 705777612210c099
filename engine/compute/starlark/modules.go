package starlark

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// modules are the names that an import may take them from. What they hold is
// there without import as well.
var modules = map[string]string{
	"math": "gcd lcm isqrt comb perm factorial sqrt cbrt exp log log2 log10 sin cos tan asin acos atan atan2 hypot degrees radians " +
		"floor ceil trunc isclose isnan isinf pi e tau inf nan prod pow",
	"cmath":     "pi e",
	"itertools": "permutations combinations combinations_with_replacement product accumulate chain count islice repeat pairwise",
	"functools": "reduce lru_cache cache", "fractions": "Fraction",
	"collections": "Counter defaultdict deque", "heapq": "heapify heappush heappop", "bisect": "bisect_left bisect_right bisect",
	"operator": "mul add xor or_ and_", "typing": "List Dict Tuple Set Optional", "sys": "setrecursionlimit set_int_max_str_digits maxsize",
	"time": "time perf_counter", "string": "digits",
	"sympy": "gcd lcm isprime primerange prime primepi nextprime prevprime factorint primefactors divisors divisor_count divisor_sigma " +
		"totient reduced_totient mobius multiplicity crt discrete_log sqrt_mod primitive_root n_order continued_fraction factorial binomial " +
		"fibonacci Rational Matrix Poly eye floor ceiling sqrt log exp sin cos tan pi E oo sign prod",
}

// renamed are names of modules that are called otherwise here.
var renamed = map[string]string{"E": "e", "oo": "inf", "bisect": "bisect_right", "jacobi_symbol": "jacobi", "igcd": "gcd", "ilcm": "lcm"}

// parts of modules whose path is longer.
var submodules = map[string]string{"ntheory": "sympy", "functions": "sympy", "abc": "typing"}

// imported is what an import binds: a module, or one name of it.
func imported(c *call) (sl.Value, error) {
	path := strings.Split(word(c.args[0]), ".")
	module := path[0]
	names, ok := modules[module]
	for _, part := range path[1:] {
		ok = ok && (module == "sympy" || submodules[part] != "")
	}
	if !ok {
		return nil, fmt.Errorf("there is no module %s here; what is there needs no import, see the list of functions%s", clip(strings.Join(path, ".")), instead(module))
	}
	if !c.has(1) {
		members := sl.StringDict{}
		for _, name := range strings.Fields(names + " " + moreNames(module)) {
			if v := member(module, name); v != nil {
				members[name] = v
			}
		}
		return &starlarkstruct.Module{Name: module, Members: members}, nil
	}
	name := word(c.args[1])
	if name == "*" {
		return sl.None, nil
	}
	if v := member(module, name); v != nil && slices.Contains(strings.Fields(names+" "+moreNames(module)), name) {
		return v, nil
	}
	return nil, errors.New(module + " has no " + clip(name) + " here" + instead(name) + "; it has " + names)
}

func moreNames(module string) string {
	if module == "sympy" {
		return "jacobi_symbol igcd ilcm"
	}
	return ""
}

func member(module, name string) sl.Value {
	if other, ok := renamed[name]; ok {
		name = other
	}
	if v, ok := constants[name]; ok {
		return v
	}
	if f, ok := odd[module+"."+name]; ok {
		return bind(name, f.params, f.do)
	}
	for _, table := range [][]map[string]function{{numberTheory, arithmetic, floats}, {kinds, sequences, choices, collections}} {
		for _, t := range table {
			if f, ok := t[name]; ok {
				return bind(name, f.params, f.do)
			}
		}
	}
	if f, ok := keyed[name]; ok {
		return sl.NewBuiltin(name, f)
	}
	if module == "typing" || name == "maxsize" {
		return sl.MakeInt64(1<<63 - 1)
	}
	return nil
}
