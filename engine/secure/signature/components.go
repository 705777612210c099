package signature

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/dunglas/httpsfv"
)

// covered are the components that a signature covers, in order.
func covered() []string {
	return []string{"@method", "@authority", "@path", "@query", "content-digest"}
}

// base is what is signed: a line for each component, and one for the parameters
// (RFC 9421, section 2.5). Params is input as it is written.
func base(r *http.Request, input httpsfv.InnerList, params string) (string, error) {
	var b strings.Builder
	for _, item := range input.Items {
		name, ok := item.Value.(string)
		if !ok || len(item.Params.Names()) > 0 {
			return "", fmt.Errorf("component %v is not a name alone", item.Value)
		}
		value, err := component(r, name)
		if err != nil {
			return "", err
		}
		b.WriteString(`"` + name + `": ` + value + "\n")
	}
	b.WriteString(`"@signature-params": ` + params)
	return b.String(), nil
}

// component is the value of a component of a request.
func component(r *http.Request, name string) (string, error) {
	switch name {
	case "@method":
		return r.Method, nil
	case "@authority":
		return authority(r), nil
	case "@path":
		if path := r.URL.EscapedPath(); path != "" {
			return path, nil
		}
		return "/", nil
	case "@query":
		return "?" + r.URL.RawQuery, nil
	}
	values := r.Header.Values(name)
	if len(values) == 0 || strings.HasPrefix(name, "@") || name != strings.ToLower(name) {
		return "", fmt.Errorf("there is no component %q", name)
	}
	trimmed := make([]string, len(values))
	for i, v := range values {
		if trimmed[i] = strings.TrimSpace(v); strings.ContainsAny(v, "\r\n") {
			return "", fmt.Errorf("the header %s has more than one line", name)
		}
	}
	return strings.Join(trimmed, ", "), nil
}

// authority is the host that is asked, and its port unless that is the usual one of the
// scheme: what a client takes from its URL, a server is told in the header Host.
func authority(r *http.Request) string {
	host := r.Host
	if host == "" {
		host = r.URL.Host
	}
	port := ":80"
	if r.TLS != nil || r.URL.Scheme == "https" {
		port = ":443"
	}
	return strings.TrimSuffix(strings.ToLower(host), port)
}

// digest is the header Content-Digest of a body (RFC 9530).
func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}
