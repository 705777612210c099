package ollamatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// erase deletes a model, as the real server does and says.
func (s *Server) erase(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Model string }
	if json.NewDecoder(r.Body).Decode(&ask) != nil {
		refuse(w, http.StatusBadRequest, "missing request body")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, found := s.find(ask.Model)
	if !found {
		refuse(w, http.StatusNotFound, fmt.Sprintf("model '%s' not found", ask.Model))
		return
	}
	s.remove(m.Name)
	delete(s.loaded, m.Name)
}

// Install adds models, or replaces those of the same name.
func (s *Server) Install(models ...Model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range models {
		m.Name = full(m.Name)
		s.remove(m.Name)
		s.models = append(s.models, m)
	}
}

// Replace gives the server exactly these models.
func (s *Server) Replace(models ...Model) {
	s.mu.Lock()
	s.models = nil
	s.mu.Unlock()
	s.Install(models...)
}

// Unlisted has the server answer 502 where it is asked for its models, or no longer.
func (s *Server) Unlisted(is bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unlisted = is
}

// Load makes the server hold exactly these models in memory.
func (s *Server) Load(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaded = map[string]bool{}
	for _, n := range names {
		s.loaded[full(n)] = true
	}
}

// find must be called with mu held.
func (s *Server) find(name string) (Model, bool) {
	for _, m := range s.models {
		if strings.EqualFold(m.Name, full(name)) {
			return m, true
		}
	}
	return Model{}, false
}

// remove must be called with mu held.
func (s *Server) remove(name string) {
	for i, m := range s.models {
		if m.Name == name {
			s.models = append(s.models[:i:i], s.models[i+1:]...)
			return
		}
	}
}

func full(name string) string {
	if strings.Contains(name[strings.LastIndex(name, "/")+1:], ":") {
		return name
	}
	return name + ":latest"
}
