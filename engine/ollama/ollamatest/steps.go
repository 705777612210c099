package ollamatest

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"time"
)

// Step is one thing the server does while answering. It says whether the
// answer ends here. A script that runs out ends the reply cleanly.
type Step func(w http.ResponseWriter, r *http.Request) (stop bool)

// Line sends v as one line of JSON.
func Line(v any) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		_ = json.NewEncoder(w).Encode(v) // the client may be gone
		return false
	}
}

func frame(texts map[string]string) object {
	texts["role"] = "assistant"
	return object{"model": "fake", "created_at": aDay, "done": false, "message": texts}
}

// Think sends hidden reasoning.
func Think(text string) Step {
	return Line(frame(map[string]string{"content": "", "thinking": text}))
}

// Say sends text of the reply.
func Say(text string) Step { return Line(frame(map[string]string{"content": text})) }

// CallTool sends a tool call, as a frame of its own. Arguments is what stands
// for them on the wire.
func CallTool(id, name string, arguments any) Step {
	f := frame(map[string]string{"content": ""})
	f["message"] = object{"role": "assistant", "content": "", "tool_calls": []object{{
		"id": id, "function": object{"index": 0, "name": name, "arguments": arguments},
	}}}
	return Line(f)
}

// Done ends the reply properly.
func Done() Step { return DoneFor("stop") }

// DoneFor ends the reply for the reason given: "stop", "length", "load".
func DoneFor(reason string) Step { return Ended(reason, 7, 2) }

// Ended ends the reply with the counts given.
func Ended(reason string, promptTokens, tokens int) Step {
	f := frame(map[string]string{"content": ""})
	f["done"], f["done_reason"], f["total_duration"] = true, reason, int64(3*time.Second)
	f["load_duration"], f["prompt_eval_count"], f["prompt_eval_duration"] = int64(time.Millisecond), promptTokens, int64(time.Second)
	f["eval_count"], f["eval_duration"] = tokens, int64(2*time.Second)
	return Line(f)
}

// Gate waits until ch is closed or the client has gone.
func Gate(ch <-chan struct{}) Step {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-ch:
			return false
		case <-r.Context().Done():
			return true
		}
	}
}

// The rest are faults.

// Fail answers with an HTTP error as Ollama words it.
func Fail(code int, text string) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool { refuse(w, code, text); return true }
}

// FailAs answers with any status, content type and body, as a proxy does.
func FailAs(code int, contentType, body string) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
		return true
	}
}

// Redirect answers with a redirect.
func Redirect(to string) Step {
	return func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, to, http.StatusFound)
		return true
	}
}

// FailMidway sends an error line inside a good stream.
func FailMidway(text string) Step {
	return func(w http.ResponseWriter, r *http.Request) bool {
		Line(object{"error": text})(w, r)
		return true
	}
}

// ContentType sets the content type of the reply; it must be the first step.
func ContentType(kind string) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool { w.Header().Set("Content-Type", kind); return false }
}

// Raw sends bytes as they are: half a line, bad JSON, anything.
func Raw(s string) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool { _, _ = io.WriteString(w, s); return false }
}

// Split sends s in writes of n bytes each.
func Split(n int, s string) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for len(s) > 0 {
			k := min(n, len(s))
			_, _ = io.WriteString(w, s[:k])
			_ = http.NewResponseController(w).Flush()
			s = s[k:]
		}
		return false
	}
}

// HangUp closes the socket without ending the reply.
func HangUp() Step { return hijack(true, func(*net.TCPConn) {}) }

// Reset breaks the connection.
func Reset() Step { return hijack(true, func(c *net.TCPConn) { _ = c.SetLinger(0) }) }

// Vanish closes the socket; as a first step, before even a header.
func Vanish() Step { return hijack(false, func(*net.TCPConn) {}) }

func hijack(flush bool, before func(*net.TCPConn)) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		c := http.NewResponseController(w)
		if flush {
			_ = c.Flush()
		}
		conn, _, err := c.Hijack()
		if err != nil {
			return true
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			before(tcp)
		}
		_ = conn.Close()
		return true
	}
}

// Exactly answers with these bytes, from the status line on, and closes the
// connection; with open set, the client has to. It must be the only step.
func Exactly(wire string, open bool) Step {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return true
		}
		_, _ = io.WriteString(conn, wire) // the client may be gone
		if open {
			_, _ = io.Copy(io.Discard, conn)
		}
		_ = conn.Close()
		return true
	}
}

// Stall sends nothing until the client goes away.
func Stall() Step {
	return func(w http.ResponseWriter, r *http.Request) bool {
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		return true
	}
}
