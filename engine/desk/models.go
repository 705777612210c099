package desk

import (
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// meaning is what each full name stands for: what the first host with that name has; but
// while attempts run, what it stood for before, unless every host is seen to have it no more.
func meaning(all []engine.Server, before map[string]engine.Model, running bool) map[string]engine.Model {
	means := map[string]engine.Model{}
	silent := false
	for _, s := range all {
		silent = silent || s.Fault != nil
		for _, m := range usable(s) {
			full := engine.FullName(m.Name)
			if _, known := means[full]; !known || running && m.Digest == before[full].Digest {
				means[full] = m
			}
		}
	}
	for full, m := range before {
		if running && silent && m.Name != "" && means[full].Digest != m.Digest { // who is silent may have it
			means[full] = m
		}
	}
	return means
}

// digests are what these models are, by their full names, as far as it is known.
func digests(installed []engine.Model, names ...string) map[string]string {
	var known map[string]string
	for _, m := range installed {
		if slices.Contains(names, m.Name) && m.Digest != "" {
			if known == nil {
				known = map[string]string{}
			}
			known[engine.FullName(m.Name)] = m.Digest
		}
	}
	return known
}
