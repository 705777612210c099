package docs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

const (
	familiesFile = "engine/observe/families.go"
	runbooksFile = "docs/RUNBOOKS.md"
	runbookLink  = "https://" + module + "/blob/main/" + runbooksFile + "#"
)

var (
	familyRow  = regexp.MustCompile(`\{"(aimo3_\w+)", "[^"]*", (\w+), "(\w*)"\}`)
	metricUsed = regexp.MustCompile(`\baimo3[_:][\w:]+(?:\{[^}]*\})?`)
	labelUsed  = regexp.MustCompile(`(\w+)\s*(?:=~|!~|!=|=)\s*"`)
	labelsKept = regexp.MustCompile(`\bby \(([^)]*)\)`)
)

// rule is one of Prometheus, or a query of a dashboard.
type rule struct {
	Record, Alert, Expr string
	Annotations         map[string]string

	file string
}

// deployed holds what Prometheus and Grafana are given to the metrics that the program
// has, and every alert to a test and a runbook. That the queries can be parsed is for
// .ci/prometheus to find.
func deployed(root fs.FS) ([]string, error) {
	labels, err := metrics(root)
	rules, rulesErr := ruleFiles(root)
	queries, queriesErr := dashboards(root)
	runbooks, textErr := fs.ReadFile(root, runbooksFile)
	tests, testsErr := fs.ReadFile(root, "deploy/prometheus/alerts_test.yml")
	if err := errors.Join(err, rulesErr, queriesErr, textErr, testsErr); err != nil {
		return nil, err
	}
	for _, r := range rules {
		if r.Record != "" {
			labels[r.Record] = nil
		}
	}
	headings := anchors(string(runbooks))
	var wrong, alerts []string
	for _, r := range append(rules, queries...) {
		for _, why := range r.unknown(labels) {
			wrong = append(wrong, fmt.Sprintf("%s: %s: %s", r.file, r.Alert+r.Record, why))
		}
		if r.Alert == "" {
			continue
		}
		anchor := strings.ToLower(r.Alert)
		alerts = append(alerts, anchor)
		if r.Annotations["runbook_url"] != runbookLink+anchor || !slices.Contains(headings, anchor) {
			wrong = append(wrong, fmt.Sprintf("%s: %s has no runbook at %s%s", r.file, r.Alert, runbookLink, anchor))
		}
		if !strings.Contains(string(tests), "alertname: "+r.Alert+"\n") {
			wrong = append(wrong, fmt.Sprintf("%s: %s has no test", r.file, r.Alert))
		}
	}
	for _, h := range headings {
		if strings.HasPrefix(h, "aimo3") && !slices.Contains(alerts, h) {
			wrong = append(wrong, fmt.Sprintf("%s: there is no alert %s", runbooksFile, h))
		}
	}
	return wrong, nil
}

// metrics are the names under which Prometheus is shown the families, and their labels.
func metrics(root fs.FS) (map[string][]string, error) {
	text, err := fs.ReadFile(root, familiesFile)
	if err != nil {
		return nil, err
	}
	labels := map[string][]string{}
	for _, m := range familyRow.FindAllStringSubmatch(string(text), -1) {
		if m[2] != "spread" {
			labels[m[1]] = []string{m[3]}
			continue
		}
		labels[m[1]+"_bucket"], labels[m[1]+"_sum"], labels[m[1]+"_count"] = []string{m[3], "le"}, []string{m[3]}, []string{m[3]}
	}
	if len(labels) == 0 {
		return nil, errors.New(familiesFile + " has no families")
	}
	return labels, nil
}

func ruleFiles(root fs.FS) (all []rule, err error) {
	for _, name := range []string{"deploy/prometheus/recording.yml", "deploy/prometheus/alerts.yml"} {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, err
		}
		var file struct{ Groups []struct{ Rules []rule } }
		if err := yaml.Unmarshal(text, &file); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, g := range file.Groups {
			for _, r := range g.Rules {
				r.file = name
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// dashboards are the queries of all of them, each under the title of its panel.
func dashboards(root fs.FS) (all []rule, err error) {
	names, err := fs.Glob(root, "deploy/grafana/*.json")
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, errors.New("deploy/grafana has no dashboards"))
	}
	for _, name := range names {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, err
		}
		var board struct {
			Panels []struct {
				Title   string
				Targets []struct{ Expr string }
			}
			Templating struct {
				List []struct{ Name, Query string }
			}
		}
		if err := json.Unmarshal(text, &board); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, p := range board.Panels {
			for _, t := range p.Targets {
				all = append(all, rule{Record: p.Title, Expr: t.Expr, file: name})
			}
		}
		for _, v := range board.Templating.List {
			if v.Name != "datasource" {
				all = append(all, rule{Record: v.Name, Expr: v.Query, file: name})
			}
		}
	}
	return all, nil
}

// unknown says what a rule asks for that there is not.
func (r rule) unknown(labels map[string][]string) (wrong []string) {
	used := metricUsed.FindAllString(r.Expr, -1)
	if len(used) == 0 && !strings.HasPrefix(r.Expr, `up{job="aimo3"}`) {
		return []string{"it asks for nothing of this program: " + r.Expr}
	}
	common := []string{"instance", "job"}
	kept := slices.Clone(common)
	for _, m := range used {
		name, chosen, _ := strings.Cut(m, "{")
		has, known := labels[name]
		if !known {
			wrong = append(wrong, "there is no metric "+name)
			continue
		}
		kept = append(kept, has...)
		for _, l := range labelUsed.FindAllStringSubmatch(chosen, -1) {
			if !slices.Contains(append(common, has...), l[1]) {
				wrong = append(wrong, name+" has no label "+l[1])
			}
		}
	}
	for _, m := range labelsKept.FindAllStringSubmatch(r.Expr, -1) {
		for _, l := range list(m[1]) {
			if !slices.Contains(kept, l) {
				wrong = append(wrong, "no metric here has the label "+l)
			}
		}
	}
	return wrong
}
