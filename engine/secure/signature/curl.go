package signature

import (
	"net/http"
	"strings"
)

// Curl is a command line for a shell that sends a signed request by curl, its body from
// the file at path; "" for none. It holds no secret, and is good for a minute.
func Curl(r *http.Request, path string) string {
	args := []string{"curl", "--globoff", "--path-as-is"} // the URL goes as it was signed
	if r.Method == http.MethodHead {
		args = append(args, "--head")
	} else {
		args = append(args, "--request", r.Method)
	}
	for _, name := range []string{"Content-Type", digestHeader, inputHeader, valueHeader} {
		if value := r.Header.Get(name); value != "" {
			args = append(args, "--header", name+": "+value)
		}
	}
	if path != "" {
		args = append(args, "--data-binary", "@"+path)
	}
	args = append(args, r.URL.String())
	for i, arg := range args {
		args[i] = quoted(arg)
	}
	return strings.Join(args, " ")
}

// quoted is a word as a shell reads it.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
