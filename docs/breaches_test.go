package docs_test

import "strings"

// breach is a change to the sound tree that a guard must complain of.
type breach struct {
	guard, name string
	change      map[string]string
	want        string // part of the complaint
}

var breaches = []breach{
	{"imports", "engine imports tui", file("engine/bad.go", imp("github.com/aimo3/aimo3/tui")), "engine may not import tui"},
	{"imports", "row without its library", file("tui/bad.go", imp("github.com/ollama/ollama/api")), "may not import github.com/ollama/ollama/api"},
	{"imports", "row below does not lend to the one above", file("tui/bad.go", imp("github.com/spf13/cobra")), "tui/... may not import github.com/spf13/cobra"},
	{"imports", "row above does not lend to the one below", file("tui/cli/bad.go", imp("github.com/aimo3/aimo3/engine")), "tui/cli may not import engine"},
	{"imports", "another package of an allowed module", file("engine/wire/bad.go", imp("github.com/ollama/ollama/server")), "may not import github.com/ollama/ollama/server"},
	{"imports", "package for tests in code", file("tui/bad.go", imp("github.com/aimo3/aimo3/engine/wiretest")), "which is for tests"},
	{"imports", "testing in code", file("tui/bad.go", imp("testing")), "which is for tests"},
	{"imports", "templates", file("tui/bad.go", imp("text/template")), "for which the linker keeps every method"},
	{"imports", "package below that no pattern covers", file("engine/new/new.go", "package new\n"), "no row for it"},
	{"imports", "row of nothing", file("engine/wire/wire.go", "-"), "row engine/wire/... is of nothing"},
	{"imports", "no table", file("docs/ARCHITECTURE.md", "-"), "no import table"},

	{"sizes", "long file", file("tui/long.go", "package tui\n"+strings.Repeat("\n", 250)), "has 251 lines"},
	{"sizes", "long test file", file("tui/long_test.go", "package tui\n"+strings.Repeat("\n", 400)), "has 401 lines"},
	{"sizes", "long function", file("tui/long.go", "package tui\n\nfunc f() {\n"+strings.Repeat("\n", 41)+"}\n"), "f has 41 lines"},
	{"sizes", "long test", file("tui/long_test.go", "package tui\n\nfunc f() {\n"+strings.Repeat("\n", 71)+"}\n"), "f has 71 lines"},

	{"habits", "init", file("tui/bad.go", "package tui\n\nfunc init() {}\n"), "init"},
	{"habits", "exit", file("tui/bad.go", "package tui\n\nfunc f() { os.Exit(1) }\n"), "os.Exit outside main.go"},
	{"habits", "fatal", file("tui/bad.go", "package tui\n\nfunc f() { log.Fatalf(\"\") }\n"), "log.Fatalf outside main.go"},
	{"habits", "vague file name", file("tui/utils.go", "package tui\n"), "one idea"},

	{"clock", "test", file("tui/bad_test.go", "package tui\n\nfunc TestX(t *testing.T) {\n\tif time.Since(x) > 1 {\n\t}\n}\n"), "TestX measures time"},
	{"clock", "helper of tests", file("tui/bad_test.go", "package tui\n\nfunc took() int { return time.Since(x) }\n"), "took measures time"},

	{"printing", "to standard output", file("engine/bad.go", "package engine\n\nfunc f() { fmt.Println(1) }\n"), "fmt.Println; write to what"},
	{"printing", "the stream itself", file("tui/bad.go", "package tui\n\nvar w = os.Stderr\n"), "os.Stderr; write to what"},
	{"printing", "what nobody cleaned", file("tui/bad.go", "package tui\n\nfunc f(w io.Writer, s string) { fmt.Fprintln(w, s) }\n"), "f prints what tui/termsafe"},
	{"printing", "a part that nobody cleaned", file("tui/bad.go", "package tui\n\nfunc f() { io.WriteString(w, termsafe.Line(a)+b) }\n"), "f prints what tui/termsafe"},
	{"printing", "by a method of the stream", file("tui/bad.go", "package tui\n\nfunc f() { s.err.Write([]byte(b)) }\n"), "f prints what tui/termsafe"},

	{"vocabulary", "type", file("tui/bad.go", "package tui\n\ntype PaneManager struct{}\n"), "tui.PaneManager says"},
	{"vocabulary", "plural in a function", file("tui/bad.go", "package tui\n\nfunc AllManagers() {}\n"), "tui.AllManagers says"},
	{"vocabulary", "field", file("tui/bad.go", "package tui\n\ntype T struct{ HTTPManager int }\n"), "tui.T.HTTPManager says"},
	{"vocabulary", "method of a generic type", file("tui/bad.go", "package tui\n\nfunc (t *T[K]) Manager() {}\n"), "tui.T.Manager says"},
	{"vocabulary", "package", file("tui/manager/m.go", "package manager\n"), "manager says"},
	{"vocabulary", "word out of its place", file("engine/bad.go", "package engine\n\ntype Message struct{}\n"), "engine.Message says"},
	{"bounds", "in a function", file("tui/bad.go", "package tui\n\nfunc f() { const most = 3 }\n"), "const most; say max"},
	{"packages", "one that nobody tells of", file("tui/zzz/zzz.go", "package zzz\n"), "does not say what `tui/zzz` is for"},

	{"vocabulary", "no table", file("docs/GLOSSARY.md", "-"), "no table"},

	{"glossary", "word gone from the code", file("engine/engine.go", "package engine\n\ntype Plan struct{}\n"), "there is no engine.Plan.Seed"},
	{"glossary", "out of order", file("docs/GLOSSARY.md", "| word | in the code | meaning |\n|---|---|---|\n| Seed | - | |\n| Plan | - | |\n"), "Plan stands after Seed"},
	{"glossary", "no table", file("docs/GLOSSARY.md", "-"), "no table"},
	{"names", "name gone from the code", file("README.md", "`engine.Gone`\n"), "there is no engine.Gone"},
	{"names", "call of a name gone", file("README.md", "`engine.Plan.Gone(x)`\n"), "there is no engine.Plan.Gone"},

	{"facts", "fact not in the document", file("engine/fact.go", "package engine\n\nfunc (Delta) kind() string { return \"delta\" }\nfunc (New) kind() string { return \"new\" }\n"), "does not list the fact new"},
	{"facts", "fact gone from the code", file("engine/fact.go", "package engine\n"), "lists the fact delta"},

	{"links", "file gone", file("README.md", "[x](docs/GONE.md)\n"), "docs/GONE.md leads nowhere"},
	{"links", "picture gone", file("README.md", "![x](docs/gone.png)\n"), "docs/gone.png leads nowhere"},
	{"links", "heading gone", file("README.md", "[x](docs/ARCHITECTURE.md#gone)\n"), "no heading #gone"},
	{"paths", "file gone", file("README.md", "`engine/gone.go`\n"), "there is no engine/gone.go"},
	{"paths", "pattern of nothing", file("README.md", "`engine/*_gone.go`\n"), "there is no engine/*_gone.go"},
	{"go", "another version", map[string]string{"go.mod": "module m\n\ngo 1.26.0\n", "README.md": "Needs Go 1.25.\n"}, "go.mod does not ask for Go 1.25"},
	{"commands", "in a line", file("README.md", "Say `make haste`.\n"), "no target haste"},
	{"commands", "in a block", file("README.md", "```\nmake haste\n```\n"), "no target haste"},
	{"commands", "target without help", file("Makefile", "run:\n"), "no target run"},

	{"deployed", "metric gone from the code", file(familiesFile, "{\"aimo3_cell_seconds\", \"Times.\", spread, \"\"},\n"), "aimo3:cells:rate: there is no metric aimo3_cells_total"},
	{"deployed", "metric of another kind", file(familiesFile, "{\"aimo3_cells_total\", \"\", counter, \"outcome\"},\n{\"aimo3_cell_seconds\", \"\", gauge, \"\"},\n"), "Time: there is no metric aimo3_cell_seconds_bucket"},
	{"deployed", "label that it has not", file(familiesFile, "{\"aimo3_cells_total\", \"\", counter, \"why\"},\n{\"aimo3_cell_seconds\", \"\", spread, \"\"},\n"), "no metric here has the label outcome"},
	{"deployed", "label that is chosen", file("deploy/grafana/cells.json", `{"panels": [{"title": "Cells", "targets": [{"expr": "aimo3_cells_total{status=\"a\"}"}]}]}`), "aimo3_cells_total has no label status"},
	{"deployed", "rule gone", file("deploy/prometheus/recording.yml", ""), "Time: there is no metric aimo3:cells:rate"},
	{"deployed", "query of another program", file("deploy/grafana/cells.json", `{"panels": [{"title": "Cells", "targets": [{"expr": "aimo_cells"}]}]}`), "asks for nothing of this program"},
	{"deployed", "choice of a dashboard", file("deploy/grafana/cells.json", `{"templating": {"list": [{"name": "instance", "query": "label_values(aimo3_gone, instance)"}]}}`), "instance: there is no metric aimo3_gone"},
	{"deployed", "runbook gone", file(runbooksFile, "# Runbooks\n"), "Aimo3Down has no runbook"},
	{"deployed", "alert without a link", file("deploy/prometheus/alerts.yml", "groups: [{rules: [{alert: Aimo3Down, expr: 'up{job=\"aimo3\"} == 0'}]}]\n"), "Aimo3Down has no runbook"},
	{"deployed", "alert gone", file("deploy/prometheus/alerts.yml", ""), "there is no alert aimo3down"},
	{"deployed", "alert without a test", file("deploy/prometheus/alerts_test.yml", ""), "Aimo3Down has no test"},

	{"top level", "entry not listed", file("stray.txt", ""), "stray.txt is not among"},
	{"top level", "listed entry gone", file("Makefile", "-"), "lists Makefile"},
}

func file(name, text string) map[string]string { return map[string]string{name: text} }

// imp is a file of any package that imports path.
func imp(path string) string { return "package p\n\nimport _ \"" + path + "\"\n" }
