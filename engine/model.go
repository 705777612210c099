package engine

import (
	"fmt"
	"slices"
	"strings"
)

// families are the model families that solve mathematics well, by the
// beginning of their names.
var families = []string{"gpt-oss", "qwen3", "qwq", "deepseek-r1", "phi4-reasoning", "phi4-mini-reasoning", "magistral", "openthinker", "nemotron", "qwen2.5-math", "mathstral"}

// Choose picks the installed model to use. If wanted is not empty it is that
// one, by any of its names (see [FullName]) or with the beginning of its digest,
// as in qwen3@sha256:500a1f067a9f; a name that is not installed is a NoModel
// [Fault] that names the nearest ones. Otherwise it is the largest
// model of a family known for mathematics, else the one changed last. Models
// that can only embed are passed over, and are an Invalid Fault if wanted.
func Choose(installed []Model, wanted string) (Model, error) {
	if wanted = strings.TrimSpace(wanted); wanted != "" {
		m, err := Find(installed, wanted)
		if err == nil {
			err = m.CheckReplies()
		}
		return m, err
	}
	var best *Model
	for i := range installed {
		m := &installed[i]
		if m.Replies() && (best == nil || better(*m, *best)) {
			best = m
		}
	}
	if best == nil {
		f := &Fault{Class: NoModel, What: "the server has no model installed", Todo: "get one with `aimo3 models pull`"}
		if len(installed) > 0 {
			f.What = "the server has no model installed that can reply: those there only embed texts"
		}
		return Model{}, f
	}
	return *best, nil
}

// Find is the installed model of that name, whatever it can do.
func Find(installed []Model, wanted string) (Model, error) {
	names, able := make([]string, 0, len(installed)), make([]string, 0, len(installed))
	for _, m := range installed {
		names = append(names, m.Name)
		if m.Replies() {
			able = append(able, m.Name)
		}
	}
	// Of two that are named alike but for the registry's alias, the one as written.
	i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, wanted) })
	if i < 0 {
		i = slices.IndexFunc(installed, func(m Model) bool { return m.is(wanted) })
	}
	if i >= 0 {
		return installed[i], nil
	}
	f := &Fault{Class: NoModel, What: "no model " + quote(wanted) + " is installed", Todo: fmt.Sprintf("get it with `aimo3 models pull %s`", wanted)}
	switch near := Near(wanted, able); {
	case len(near) > 0:
		f.Todo = "did you mean " + strings.Join(near, " or ") + "? If not, " + f.Todo
	case len(able) > 0:
		f.Todo += "; installed: " + strings.Join(able[:min(len(able), 5)], ", ")
	}
	return Model{}, f
}

// FullName is the one name, in small letters, for all those by which a model
// server knows the same model: "registry.ollama.ai/library/qwen3:latest" is also
// called "qwen3", "library/Qwen3" and "https://registry.ollama.ai/library/qwen3".
func FullName(name string) string {
	rest, tag := strings.ToLower(strings.TrimSpace(name)), "latest"
	if i := strings.LastIndexByte(rest, ':'); i > strings.LastIndexByte(rest, '/') {
		rest, tag = rest[:i], rest[i+1:]
	}
	host, namespace, model := "registry.ollama.ai", "library", rest
	if i := strings.LastIndexByte(rest, '/'); i >= 0 {
		namespace, model = rest[:i], rest[i+1:]
	}
	if i := strings.LastIndexByte(namespace, '/'); i >= 0 {
		host, namespace = namespace[:i], namespace[i+1:]
	}
	if i := strings.Index(host, "://"); i >= 0 {
		host = host[i+len("://"):]
	}
	if host == "huggingface.co" {
		host = "hf.co"
	}
	return host + "/" + namespace + "/" + model + ":" + tag
}

// minDigestChars is how much of a digest is enough to name a model.
const minDigestChars = 12

// is says whether wanted names m.
func (m Model) is(wanted string) bool {
	name, digest, given := strings.Cut(strings.ToLower(wanted), "@sha256")
	digest = strings.TrimLeft(digest, ":-")
	return (FullName(name) == FullName(m.Name) || given && name == "") &&
		(!given || len(digest) >= minDigestChars && strings.HasPrefix(strings.TrimPrefix(m.Digest, "sha256:"), digest))
}

func better(m, than Model) bool {
	known, rival := forMaths(m), forMaths(than)
	switch {
	case known != rival:
		return known
	case known && m.Size != than.Size:
		return m.Size > than.Size
	}
	return m.Modified.After(than.Modified)
}

func forMaths(m Model) bool {
	name := strings.ToLower(m.Name)
	name = name[strings.LastIndexByte(name, '/')+1:]
	return slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(name, f) })
}

// Replies says whether the model can reply, and does not only embed texts: by what the
// server lists or, where it lists nothing, by its name and family.
func (m Model) Replies() bool {
	if len(m.Capabilities) > 0 {
		return m.Can("completion")
	}
	return !strings.Contains(strings.ToLower(m.Name+m.Family), "embed") && !strings.Contains(strings.ToLower(m.Family), "bert")
}

// CheckReplies is an Invalid Fault if the server lists what the model can do, and it
// cannot reply.
func (m Model) CheckReplies() error {
	if len(m.Capabilities) == 0 || m.Replies() {
		return nil
	}
	return &Fault{
		Class: Invalid, What: fmt.Sprintf("the model %s cannot reply: it is only for %s", quote(m.Name), strings.Join(m.Capabilities, " and ")),
		Todo: "choose a chat model such as qwen3:8b",
	}
}
