package observe

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/timing"
)

const (
	exportTimeout = 5 * time.Second
	maxExports    = 4 // at once; of more attempts that end together no spans are sent
)

// Exporter sends the spans of attempts that end to a collector, in OTLP's JSON form over
// HTTP. Each attempt is one trace, whose number is a hash of the attempt's ID, so that a
// collector that is sent it twice knows it. No problem and no reply is in it.
type Exporter struct {
	to     string
	warn   func(error)
	client http.Client
	room   chan struct{}
	going  sync.WaitGroup
}

// ParseCollector is the address to which spans are sent for an address that a person
// gave: /v1/traces of a host that is named without a path. It must be https, or of this
// machine.
func ParseCollector(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return "", &engine.Fault{Class: engine.Invalid, What: "this is no address of a collector", Todo: "write it as http://localhost:4318"}
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return "", &engine.Fault{Class: engine.Invalid, What: "spans are sent by https, or to this machine", Todo: "write https://, or run a collector here"}
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/v1/traces"
	}
	return u.String(), nil
}

// NewExporter returns an Exporter to an address that ParseCollector gave. Warn is told,
// from any goroutine, what could not be sent.
func NewExporter(to string, warn func(error)) *Exporter {
	return &Exporter{to: to, warn: warn, room: make(chan struct{}, maxExports), client: http.Client{
		Timeout:       exportTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // it was asked for one address
	}}
}

// Attempt returns who listens to an attempt, as Metrics.Attempt does, and sends its
// spans once it has ended, without waiting for that.
func (x *Exporter) Attempt() engine.Sink {
	p := new(timing.Profile)
	return func(e engine.Event) error {
		p.Apply(e)
		if _, over := e.Fact.(engine.AttemptFinished); !over {
			return nil
		}
		select {
		case x.room <- struct{}{}:
		default:
			x.warn(fmt.Errorf("spans of attempt %s: the collector is too slow", p.ID))
			return nil
		}
		x.going.Go(func() {
			defer func() { <-x.room }()
			if err := x.send(p); err != nil {
				x.warn(fmt.Errorf("send the spans of attempt %s: %w", p.ID, err))
			}
		})
		return nil
	}
}

// Close waits until what is being sent is sent, or has failed.
func (x *Exporter) Close() {
	x.going.Wait()
	x.client.CloseIdleConnections()
}

func (x *Exporter) send(p *timing.Profile) error {
	body, err := json.Marshal(Traces(p.ID, p.Spans()))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), exportTimeout) // no part of any request
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, x.to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := x.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("the collector says %s", resp.Status)
	}
	return nil
}

// The form of OTLP, as protobuf's JSON mapping has it but for IDs, which are
// hexadecimal: names in lower camel case, numbers of 64 bits as strings, enumerations as
// numbers.
type (
	object    = map[string]any
	attribute struct {
		Key   string `json:"key"`
		Value object `json:"value"`
	}
	otlpSpan struct {
		TraceID  string      `json:"traceId"`
		SpanID   string      `json:"spanId"`
		ParentID string      `json:"parentSpanId,omitempty"`
		Name     string      `json:"name"`
		Kind     int         `json:"kind"` // 1: internal
		Start    string      `json:"startTimeUnixNano"`
		End      string      `json:"endTimeUnixNano"`
		With     []attribute `json:"attributes,omitempty"`
	}
)

// Traces are the spans of one attempt as a request to a collector.
func Traces(id engine.AttemptID, spans []timing.Span) any {
	all := make([]otlpSpan, 0, len(spans))
	for i, s := range spans {
		o := otlpSpan{
			TraceID: hash(string(id), 16), SpanID: spanID(id, i), Name: s.Name, Kind: 1,
			Start: nanos(s.Begun), End: nanos(s.Ended()),
		}
		if s.Parent >= 0 {
			o.ParentID = spanID(id, s.Parent)
		} else {
			o.With = append(o.With, attribute{"aimo3.attempt", object{"stringValue": string(id)}})
		}
		if s.Sample >= 0 {
			o.With = append(o.With, attribute{"aimo3.sample", object{"intValue": strconv.Itoa(s.Sample)}})
		}
		if s.Number > 0 {
			o.With = append(o.With, attribute{"aimo3.cell", object{"intValue": strconv.Itoa(s.Number)}})
		}
		if s.What != "" {
			o.With = append(o.With, attribute{"aimo3.outcome", object{"stringValue": s.What}})
		}
		all = append(all, o)
	}
	service := []attribute{{"service.name", object{"stringValue": "aimo3"}}}
	return object{"resourceSpans": []object{{
		"resource":   object{"attributes": service},
		"scopeSpans": []object{{"scope": object{"name": "github.com/aimo3/aimo3"}, "spans": all}},
	}}}
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func spanID(id engine.AttemptID, i int) string { return hash(fmt.Sprintf("%s %d", id, i), 8) }

// hash is the first so many bytes of a hash, in hexadecimal.
func hash(text string, size int) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:size])
}
