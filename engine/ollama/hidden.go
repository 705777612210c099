package ollama

import (
	"encoding/base64"
	"net/url"
	"os"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// ShowHost is an address that [ParseHost] reads as it is shown to a person: without
// what may give access.
func ShowHost(text string) (string, error) {
	u, err := ParseHost(text)
	if err != nil {
		return "", err
	}
	return shown(u), nil
}

// shown is u as a person would write it, but for what may give access: its user,
// its path and its query.
func shown(u *url.URL) string {
	s := u.Host
	if u.User != nil {
		s = engine.Hidden + "@" + s
	}
	if u.Scheme != "http" {
		s = u.Scheme + "://" + s
	}
	if u.Path != "" || u.RawQuery != "" {
		s += "/…"
	}
	return clean(s)
}

// unread is an address that could not be read, as far as it can be shown: what
// is before the last "@" of it, however that is written, may be a password, and
// so may what is behind the host.
func unread(text string) string {
	scheme, rest := "", text
	if before, after, ok := strings.Cut(text, "://"); ok && !strings.ContainsAny(before, "@:/?#%") {
		scheme, rest = before+"://", after
	}
	if at := max(strings.LastIndex(rest, "@"), strings.LastIndex(rest, "%40")); at >= 0 {
		rest = engine.Hidden + "@" + strings.TrimPrefix(strings.TrimPrefix(rest[at:], "@"), "%40")
	}
	if n := strings.IndexAny(rest, "/?#\\"); n >= 0 {
		rest = rest[:n] + "/…"
	}
	return clean(scheme + rest)
}

// minPartBytes is the length from which a part of a path may be a token. Shorter ones
// are names of places, such as ollama or v1, which texts have to say.
const minPartBytes = 8

// secrets are the parts of the server's address, and of the proxies', that a
// server or an error might repeat.
func secrets(u *url.URL) []string {
	all := userSecrets(u)
	if u.Path != "" {
		all = append(all, u.Path, u.EscapedPath())
	}
	for part := range strings.SplitSeq(u.EscapedPath(), "/") {
		if len(part) >= minPartBytes {
			all = append(all, part, decoded(part))
		}
	}
	if u.RawQuery != "" {
		all = append(all, u.RawQuery)
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, two := strings.Cut(pair, "=")
		if !two { // a token, in place of a name
			value = name
		}
		plain, _ := url.QueryUnescape(value)
		all = append(all, value, plain)
	}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		if at := strings.LastIndexByte(os.Getenv(name), '@'); at >= 0 {
			given := os.Getenv(name)[:at]
			if n := strings.Index(given, "://"); n >= 0 {
				given = given[n+len("://"):]
			}
			user, _ := splitUser(given + "@")
			all = append(append(all, given), userSecrets(&url.URL{User: user})...)
		}
	}
	return all
}

func userSecrets(u *url.URL) []string {
	if u.User == nil {
		return nil
	}
	name := u.User.Username()
	password, two := u.User.Password()
	if !two { // a token, in place of a name
		password = name
	}
	return []string{
		u.User.String(), name + ":" + password, password, url.PathEscape(password), url.QueryEscape(password),
		base64.StdEncoding.EncodeToString([]byte(name + ":" + password)),
	}
}
