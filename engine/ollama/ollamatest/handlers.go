package ollamatest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
)

const aDay = "2026-01-02T03:04:05Z"

func (m Model) details() object {
	return object{"format": "gguf", "family": m.Family, "families": []string{m.Family}, "parameter_size": "1B", "quantization_level": "Q4_K_M"}
}

func (m Model) digest() string {
	if m.Digest != "" {
		return m.Digest
	}
	sum := sha256.Sum256([]byte(m.Name))
	return hex.EncodeToString(sum[:])
}

func (m Model) capabilities() []string {
	if m.Capabilities == nil {
		return []string{"completion"}
	}
	return m.Capabilities
}

func (s *Server) tags(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unlisted {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	list := []object{}
	for _, m := range s.models {
		list = append(list, object{"name": m.Name, "model": m.Name, "modified_at": aDay, "size": m.Size, "digest": m.digest(), "details": m.details()})
	}
	reply(w, 200, object{"models": list})
}

func (s *Server) ps(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.polls++
	list := []object{}
	for _, m := range s.models {
		if s.loaded[m.Name] {
			list = append(list, object{
				"name": m.Name, "model": m.Name, "size": m.Size, "digest": m.digest(), "details": m.details(),
				"expires_at": aDay, "size_vram": 0, "context_length": 4096,
			})
		}
	}
	reply(w, 200, object{"models": list})
}

// unload gives up the memory of a model, as a request without a prompt asks for that is
// to be kept for no time. No other is made of /api/generate.
func (s *Server) unload(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Model, Prompt string
		KeepAlive     *int `json:"keep_alive"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil || ask.Prompt != "" || ask.KeepAlive == nil || *ask.KeepAlive != 0 {
		refuse(w, http.StatusBadRequest, "only unloading is done here")
		return
	}
	m, found := s.find(ask.Model)
	if !found {
		refuse(w, http.StatusNotFound, fmt.Sprintf("model %q not found", ask.Model))
		return
	}
	delete(s.loaded, m.Name)
	reply(w, 200, object{"model": m.Name, "created_at": aDay, "response": "", "done": true, "done_reason": "unload"})
}

func (s *Server) show(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Model string }
	if json.NewDecoder(r.Body).Decode(&ask) != nil {
		refuse(w, 400, "unexpected EOF")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shows++
	m, ok := s.find(ask.Model)
	if !ok {
		refuse(w, 404, fmt.Sprintf("model '%s' not found", ask.Model))
		return
	}
	template := m.Template
	if template == "" {
		template = "{{ .Prompt }}"
	}
	reply(w, 200, object{
		"template": template, "parameters": m.Parameters, "parser": m.Parser, "details": m.details(), "model_info": m.Shape,
		"capabilities": m.capabilities(), "modified_at": aDay,
	})
}

// chat answers as the real server does where it refuses, and else by script.
func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	var ask Request
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		refuse(w, 400, err.Error())
		return
	}
	s.mu.Lock()
	m, ok := s.find(ask.Model)
	i := min(len(s.asked), len(s.scripts)-1)
	s.asked = append(s.asked, ask)
	s.changed()
	s.mu.Unlock()
	thinks := ask.Think != nil && ask.Think != false
	_, level := ask.Think.(string)
	switch {
	case !ok:
		refuse(w, 404, fmt.Sprintf("model '%s' not found", ask.Model))
	case thinks && !slices.Contains(m.capabilities(), "thinking"):
		refuse(w, 400, fmt.Sprintf("%q does not support thinking", ask.Model))
	case level && m.Parser != "harmony":
		refuse(w, 400, fmt.Sprintf("think value %q is not supported for this model", ask.Think))
	default:
		if m.Refuse != nil {
			if code, text := m.Refuse(ask); code != 0 {
				refuse(w, code, text)
				return
			}
		}
		s.play(w, r, s.scripts[i])
	}
}

func (s *Server) play(w http.ResponseWriter, r *http.Request, script []Step) {
	defer func() {
		if r.Context().Err() != nil {
			s.mu.Lock()
			s.gone++
			s.changed()
			s.mu.Unlock()
		}
	}()
	w.Header().Set("Content-Type", "application/x-ndjson")
	for _, step := range script {
		if step(w, r) {
			return
		}
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
	}
}

// Pulls is what the server does when told to pull a model; by default it
// installs it in two layers.
func (s *Server) Pulls(steps ...Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pulls = steps
}

func (s *Server) pull(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Model string }
	if json.NewDecoder(r.Body).Decode(&ask) != nil {
		refuse(w, 400, "unexpected EOF")
		return
	}
	s.mu.Lock()
	steps := s.pulls
	s.mu.Unlock()
	if steps == nil {
		s.Install(Model{Name: ask.Model, Family: "llama", Size: 300})
		steps = []Step{
			Progress("pulling manifest", "", 0, 0), Progress("pulling a", "sha256:a", 0, 200), Progress("pulling a", "sha256:a", 200, 200),
			Progress("pulling b", "sha256:b", 100, 100), Progress("verifying sha256 digest", "", 0, 0), Progress("success", "", 0, 0),
		}
	}
	s.play(w, r, steps)
}

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	var ask map[string]any
	if json.NewDecoder(r.Body).Decode(&ask) != nil {
		refuse(w, 400, "unexpected EOF")
		return
	}
	name, _ := ask["model"].(string)
	template, _ := ask["template"].(string)
	files, _ := ask["files"].(map[string]any)
	for _, digest := range files {
		if d, _ := digest.(string); s.Blob(d) < 0 {
			refuse(w, 400, "no such blob")
			return
		}
	}
	s.mu.Lock()
	s.created = append(s.created, ask)
	s.mu.Unlock()
	s.Install(Model{Name: name, Family: "llama", Template: template})
	s.play(w, r, []Step{Progress("parsing GGUF", "", 0, 0), Progress("success", "", 0, 0)})
}

func (s *Server) blob(w http.ResponseWriter, r *http.Request) {
	digest := r.PathValue("digest")
	switch r.Method {
	case http.MethodHead:
		if s.Blob(digest) < 0 {
			w.WriteHeader(http.StatusNotFound)
		}
	case http.MethodPost:
		b, err := io.ReadAll(r.Body)
		sum := sha256.Sum256(b)
		if err != nil || digest != "sha256:"+hex.EncodeToString(sum[:]) {
			refuse(w, 400, "digest mismatch")
			return
		}
		s.mu.Lock()
		s.blobs[digest] = b
		s.mu.Unlock()
		w.WriteHeader(http.StatusCreated)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// Progress is a line of a pull or a create.
func Progress(status, digest string, done, total int64) Step {
	o := object{"status": status}
	if digest != "" {
		o["digest"], o["completed"], o["total"] = digest, done, total
	}
	return Line(o)
}
