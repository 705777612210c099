package ollama

import (
	"encoding/base64"
	"net/url"
	"os"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

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

// secrets are the parts of the server's address, and of the proxies', that a
// server or an error might repeat.
func secrets(u *url.URL) []string {
	all := userSecrets(u)
	if u.Path != "" {
		all = append(all, u.Path, u.EscapedPath())
	}
	if u.RawQuery != "" {
		all = append(all, u.RawQuery)
	}
	for _, values := range u.Query() {
		all = append(all, values...)
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

// minSecret is the length in bytes from which a text that repeats a secret is
// taken to do so: shorter ones stand in many words.
const minSecret = 4

// clean is the function of that name, for what this server or the way to it
// said: it might repeat its address.
func (c *Client) clean(text string) string {
	for _, secret := range c.secrets {
		if len(secret) >= minSecret {
			text = strings.ReplaceAll(text, secret, engine.Hidden)
		}
	}
	return clean(text)
}

// cleaned is err with a text that repeats no secret.
func (c *Client) cleaned(err error) error {
	if err == nil {
		return nil
	}
	return cleanError{err, c.clean(err.Error())}
}

type cleanError struct {
	error
	text string
}

func (e cleanError) Error() string { return e.text }

func (e cleanError) Unwrap() error { return e.error }
