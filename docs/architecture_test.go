// Package docs_test holds the code to what the documents say of it, and the
// documents to the code.
package docs_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A guard returns what is wrong in a tree, one line each.
type guard func(root fs.FS) ([]string, error)

var guards = map[string]guard{
	"imports":    imports,
	"sizes":      sizes,
	"habits":     habits,
	"clock":      clock,
	"printing":   printing,
	"vocabulary": vocabulary,
	"bounds":     bounds,
	"packages":   packages,
	"glossary":   glossary,
	"names":      names,
	"facts":      facts,
	"links":      links,
	"paths":      paths,
	"commands":   commands,
	"go":         goVersion,
	"deployed":   deployed,
	"top level":  topLevel,
}

func TestTree(t *testing.T) {
	for name, check := range guards {
		t.Run(name, func(t *testing.T) {
			wrong, err := check(os.DirFS(".."))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range wrong {
				t.Error(w)
			}
		})
	}
}

// TestGuards breaks a small tree in every way that a guard is there for.
func TestGuards(t *testing.T) {
	sound := tree(nil)
	for name, check := range guards {
		if wrong, err := check(sound); err != nil || len(wrong) > 0 {
			t.Errorf("%s on a sound tree: %v %q", name, err, wrong)
		}
	}
	for _, b := range breaches {
		t.Run(b.guard+": "+b.name, func(t *testing.T) {
			wrong, err := guards[b.guard](tree(b.change))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(wrong, func(w string) bool { return strings.Contains(w, b.want) }) {
				t.Errorf("complaints are %q, want one with %q", wrong, b.want)
			}
		})
	}
}

// tree is a small tree that keeps every rule, with some files replaced or, by
// the text "-", removed.
func tree(change map[string]string) fs.FS {
	files := map[string]string{
		"main.go":                 "package main\n\nimport _ \"github.com/aimo3/aimo3/tui\"\n\nfunc main() { os.Exit(0) }\n",
		"engine/engine.go":        "// Package engine solves.\npackage engine\n\ntype Plan struct{ Seed int }\n\nfunc (Plan) Met() {}\n",
		"engine/fact.go":          "package engine\n\nfunc (Delta) kind() string { return \"delta\" }\n",
		"engine/wire/wire.go":     "package wire\n\nimport (\n\t\"net/http\"\n\n\t\"github.com/ollama/ollama/api\"\n\n\t\"github.com/aimo3/aimo3/engine\"\n)\n",
		"engine/wiretest/fake.go": "package wiretest\n\nimport \"testing\"\n",
		"tui/tui.go":              "package tui\n\nimport \"github.com/aimo3/aimo3/engine\"\n",
		"tui/cli/cli.go":          "package cli\n\nimport \"github.com/spf13/cobra\"\n",
		"tui/tui_test.go": "package tui\n\nimport \"github.com/aimo3/aimo3/engine/wiretest\"\n\n" +
			"func BenchmarkX(b *testing.B) { b.Log(time.Since(x)) }\n\nfunc TestX(t *testing.T) { synctest.Test(t, func(t *testing.T) { t.Log(time.Since(x)) }) }\n",
		"README.md":        "# Tree\n[how](docs/ARCHITECTURE.md#what-may-import) `make run`\n\n```\nmake run\n```\n",
		"Makefile":         "run: ## go\n\t@go run .\n",
		"docs/GLOSSARY.md": "| word | in the code | meaning |\n|---|---|---|\n| Plan | `engine.Plan` | how |\n| Seed | `engine.Plan.Seed` | chance |\n\n| not used | say | may stand in |\n|---|---|---|\n| manager | its name | - |\n| message | turn | `engine/wire` |\n",
		"docs/ARCHITECTURE.md": "# A\n## What may import\n" +
			"| package | of ours | of others |\n|---|---|---|\n" +
			"| `main.go` | `tui` | - |\n| `engine` | - | - |\n| `engine/wire/...` | `engine` | `github.com/ollama/ollama/api` |\n| `engine/wiretest` | - | - |\n| `engine/observe` | - | - |\n| `tui/...` | `engine` | - |\n| `tui/cli` | - | `github.com/spf13/cobra` |\n\n" +
			"| entry | what |\n|---|---|\n| `main.go` | a |\n| `engine` | a |\n| `tui` | a |\n| `docs` | a |\n| `deploy` | a |\n| `README.md` | a |\n| `Makefile` | a |\n| `.gitignore` | a |\n\n" +
			"| fact | says |\n|---|---|\n| `delta` | text |\n\nSee `engine/fact.go`, `engine/wire`, `engine/observe`, `engine.Plan.Met` and `tea.Cmd`.\n",
		familiesFile:                        "package observe\n\nvar families = []family{\n\t{\"aimo3_cells_total\", \"Cells.\", counter, \"outcome\"},\n\t{\"aimo3_cell_seconds\", \"Times.\", spread, \"\"},\n}\n",
		runbooksFile:                        "# Runbooks\n## Aimo3Down\n",
		"deploy/prometheus/recording.yml":   "groups: [{rules: [{record: 'aimo3:cells:rate', expr: 'sum by (outcome) (rate(aimo3_cells_total{job=\"a\"}[5m]))'}]}]\n",
		"deploy/prometheus/alerts.yml":      "groups: [{rules: [{alert: Aimo3Down, expr: 'up{job=\"aimo3\"} == 0', annotations: {runbook_url: '" + runbookLink + "aimo3down'}}]}]\n",
		"deploy/prometheus/alerts_test.yml": "alertname: Aimo3Down\n",
		"deploy/grafana/cells.json":         `{"panels": [{"title": "Time", "targets": [{"expr": "sum by (le) (rate(aimo3_cell_seconds_bucket[5m]))"}, {"expr": "aimo3:cells:rate"}]}]}`,
		".gitignore":                        "/bin/\n*.prof\n",
		"bin/aimo3":                         "",
		"cpu.prof":                          "",
	}
	for name, text := range change {
		files[name] = text
	}
	root := fstest.MapFS{}
	for name, text := range files {
		if text != "-" {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return root
}
