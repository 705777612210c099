package ollama

import (
	"slices"
	"strings"
)

// SplitHosts is the addresses in a list of them with commas between, each as
// [ParseHost] reads it; an address that stands there twice counts once. A comma within
// a user's name or a password must be written %2C: what follows one, and has a user,
// must have a scheme.
func SplitHosts(list string) ([]string, error) {
	list = strings.TrimSpace(strings.Trim(strings.TrimSpace(list), `"'`))
	if list == "" {
		return nil, nil
	}
	parts := strings.Split(list, ",")
	if slices.ContainsFunc(parts[1:], func(one string) bool { return strings.Contains(one, "@") && !strings.Contains(one, "://") }) {
		return nil, badHost(list, "a comma in a user's name or password must be written %2C, and an address with a user after a comma needs its scheme")
	}
	var all []string
	for _, one := range parts {
		one = strings.TrimSpace(one)
		u, err := ParseHost(one)
		if err != nil {
			return nil, err
		}
		if one == "" {
			return nil, badHost(list, "an address is missing beside a comma")
		}
		known := slices.ContainsFunc(all, func(had string) bool { v, err := ParseHost(had); return err == nil && v.String() == u.String() })
		if !known {
			all = append(all, one)
		}
	}
	return all, nil
}
