package observe

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// collector takes requests, and keeps the latest.
func collectorOf(t *testing.T, code int) (url string, latest func() (path, body string)) {
	var path, body atomic.Value
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		path.Store(r.Method + " " + r.URL.Path + " " + r.Header.Get("Content-Type"))
		body.Store(string(text))
		if code/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(code)
	}))
	t.Cleanup(s.Close)
	return s.URL, func() (string, string) {
		p, _ := path.Load().(string)
		b, _ := body.Load().(string)
		return p, b
	}
}

// exported has an attempt exported to a collector, and returns what was warned of.
func exported(t *testing.T, url string, events []engine.Event) string {
	t.Helper()
	to, err := ParseCollector(url)
	if err != nil {
		t.Fatal(err)
	}
	warned := make(chan error, 8)
	x := NewExporter(to, func(err error) { warned <- err })
	sink := x.Attempt()
	for _, e := range events {
		if err := sink(e); err != nil {
			t.Fatal(err)
		}
	}
	x.Close()
	select {
	case err := <-warned:
		return err.Error()
	default:
		return ""
	}
}

// The request is one that OTLP's specification allows: IDs in hexadecimal, numbers of 64
// bits as strings, the kind as a number, and every parent among the spans.
func TestSpansAreSentAsOTLP(t *testing.T) {
	url, latest := collectorOf(t, http.StatusOK)
	if warned := exported(t, url, each(whole()...)); warned != "" {
		t.Fatal(warned)
	}
	path, body := latest()
	if path != "POST /v1/traces application/json" {
		t.Error(path)
	}
	var sent struct {
		ResourceSpans []struct {
			Resource   struct{ Attributes []attribute }
			ScopeSpans []struct {
				Scope struct{ Name string }
				Spans []otlpSpan
			}
		}
	}
	strict := json.NewDecoder(strings.NewReader(body))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&sent); err != nil {
		t.Fatal(err, body)
	}
	spans := sent.ResourceSpans[0].ScopeSpans[0].Spans
	ids, hexadecimal, digits := map[string]bool{"": true}, regexp.MustCompile(`^([0-9a-f]{16}){1,2}$`), regexp.MustCompile(`^1\d{18}$`)
	for _, s := range spans {
		if len(s.TraceID) != 32 || len(s.SpanID) != 16 || !hexadecimal.MatchString(s.TraceID+s.SpanID[:0]) || !hexadecimal.MatchString(s.SpanID) ||
			!digits.MatchString(s.Start) || !digits.MatchString(s.End) || s.Start > s.End || s.Kind != 1 || s.TraceID != spans[0].TraceID || !ids[s.ParentID] || ids[s.SpanID] {
			t.Errorf("span %+v", s)
		}
		ids[s.SpanID] = true
	}
	if len(spans) < 12 || spans[0].ParentID != "" || sent.ResourceSpans[0].Resource.Attributes[0].Key != "service.name" {
		t.Errorf("%d spans, the first %+v", len(spans), spans[0])
	}
}

// What a person asks and a model says is in no span.
func TestSpansHoldNoText(t *testing.T) {
	secret := "secret"
	events := each(
		engine.AttemptStarted{Problem: engine.Problem{Statement: secret, ID: secret, Source: secret, Key: secret}}, engine.SampleStarted{}, engine.Delta{Text: secret},
		engine.CodeStarted{Code: secret, Number: 1}, engine.CodeFinished{Cell: engine.Cell{Output: secret, Err: secret}}, engine.Warning{Text: secret},
		engine.SampleRetried{Why: secret}, engine.SampleFailed{Cause: secret, Todo: secret}, engine.AttemptFinished{Verdict: engine.Verdict{Answer: engine.Answer(secret)}})
	url, latest := collectorOf(t, http.StatusOK)
	exported(t, url, events)
	if _, body := latest(); body == "" || strings.Contains(body, secret) {
		t.Error(body)
	}
}

func TestACollectorThatFailsIsWarnedOf(t *testing.T) {
	for _, code := range []int{http.StatusInternalServerError, http.StatusTemporaryRedirect} {
		url, latest := collectorOf(t, code)
		warned := exported(t, url, each(whole()...))
		if path, _ := latest(); !strings.Contains(warned, fmt.Sprint(code)) || strings.Contains(path, "elsewhere") {
			t.Errorf("warned %q, asked %q", warned, path)
		}
	}
	if warned := exported(t, "http://127.0.0.1:1", each(whole()...)); !strings.Contains(warned, "send the spans of attempt a") {
		t.Errorf("warned %q", warned)
	}
}

func TestWhereSpansMayGo(t *testing.T) {
	for address, want := range map[string]string{
		"http://localhost:4318":                    "http://localhost:4318/v1/traces",
		"http://127.0.0.1:4318/":                   "http://127.0.0.1:4318/v1/traces",
		"http://[::1]:4318":                        "http://[::1]:4318/v1/traces",
		"https://collector.example/otlp/v1/traces": "https://collector.example/otlp/v1/traces",
		"http://collector.example":                 "",
		"http://localhost.example":                 "",
		"https://ada:secret@collector.example":     "",
		"localhost:4318":                           "",
		"file:///etc/passwd":                       "",
		"":                                         "",
	} {
		if got, err := ParseCollector(address); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", address, got, err, want)
		}
	}
}

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// each is events of facts, a second apart.
func each(facts ...engine.Fact) (all []engine.Event) {
	for i, f := range facts {
		all = append(all, engine.Event{Attempt: "a", Seq: uint64(i + 1), At: start.Add(time.Duration(i) * time.Second), Fact: f})
	}
	return all
}
