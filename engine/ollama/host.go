package ollama

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// DefaultHost is where Ollama listens unless told otherwise.
const DefaultHost = "127.0.0.1:11434"

// ParseHost reads a server's address as Ollama reads OLLAMA_HOST: scheme, port
// and path are optional, and "" is [DefaultHost]. An address to listen on,
// 0.0.0.0 or [::], becomes the loopback address to reach it by; a user and a
// password before the host are sent as HTTP has it. Unlike Ollama, which then
// takes a default in silence, it refuses what it cannot read.
func ParseHost(text string) (*url.URL, error) {
	s := strings.TrimSpace(strings.Trim(strings.TrimSpace(text), `"'`))
	scheme, rest, port := "http", s, "11434"
	if before, after, ok := strings.Cut(s, "://"); ok {
		scheme, rest = strings.ToLower(before), after
		switch scheme {
		case "http":
			port = "80"
		case "https":
			port = "443"
		default:
			return nil, badHost(s, "its scheme is neither http nor https")
		}
	} else if s == "ollama.com" {
		scheme, port = "https", "443"
	}
	authority, path, _ := strings.Cut(rest, "/")
	user, hostport := splitUser(authority)
	if strings.ContainsAny(hostport, "?#") { // else it would be taken for a port that is none
		return nil, badHost(s, "a / must stand before its query")
	}
	if user == nil && strings.Contains(path, "@") {
		return nil, badHost(s, "a / in a user's name or password must be written %2F")
	}
	host, port, err := splitPort(hostport, port)
	if err != nil {
		return nil, badHost(s, err.Error())
	}
	u := &url.URL{Scheme: scheme, User: user, Host: net.JoinHostPort(connectable(host), port)}
	setPath(u, path)
	if back, err := url.Parse(u.String()); err != nil || back.Host != u.Host || strings.ContainsAny(host, " @?#\\%") && !strings.Contains(host, ":") {
		return nil, badHost(s, "its host name has invalid characters")
	}
	return u, nil
}

// splitUser parts the user, whose name and password may be percent-encoded, from
// the host; nil if there is none.
func splitUser(authority string) (*url.Userinfo, string) {
	at := strings.LastIndexByte(authority, '@')
	if at < 0 {
		return nil, authority
	}
	name, password, two := strings.Cut(authority[:at], ":")
	if two {
		return url.UserPassword(decoded(name), decoded(password)), authority[at+1:]
	}
	return url.User(decoded(name)), authority[at+1:]
}

func decoded(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// setPath gives u the path and the query of an address. A path that is encoded
// already stays as it is.
func setPath(u *url.URL, path string) {
	path, _, _ = strings.Cut(path, "#")
	path, u.RawQuery, _ = strings.Cut(path, "?")
	if path = strings.Trim(path, "/"); path != "" {
		u.Path, u.RawPath = "/"+decoded(path), "/"+path
	}
}

func splitPort(hostport, port string) (host, _ string, err error) {
	host, given, err := net.SplitHostPort(hostport)
	if err != nil { // no port, or an IPv6 address without brackets
		host, given = strings.Trim(hostport, "[]"), port
		if strings.Contains(host, ":") && net.ParseIP(bareIP(host)) == nil {
			return "", "", errors.New("it is not a host and a port")
		}
	}
	if n, _ := strconv.ParseUint(given, 10, 16); n == 0 || n == math.MaxUint16 && given != "65535" {
		return host, port, nil // no port: as Ollama does, and what stands there may be a password
	}
	return host, given, nil
}

// bareIP is an IPv6 address without its zone.
func bareIP(host string) string {
	ip, _, _ := strings.Cut(host, "%")
	return ip
}

// connectable turns an address to listen on into one to connect to.
func connectable(host string) string {
	if host == "" {
		return "127.0.0.1"
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		if ip.To4() == nil {
			return "::1"
		}
		return "127.0.0.1"
	}
	return host
}

func badHost(text, why string) error {
	return &engine.Fault{
		Class: engine.Unreachable,
		What:  fmt.Sprintf("cannot read the server address %q: %s", unread(text), why),
		Todo:  "set OLLAMA_HOST or --host to an address such as 127.0.0.1:11434 or http://gpu-box:11434",
	}
}

// IsLocal says whether u names this machine's loopback.
func IsLocal(u *url.URL) bool {
	name := strings.ToLower(u.Hostname())
	ip := net.ParseIP(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || ip != nil && ip.IsLoopback()
}

// private says whether u is on this machine or this network, where a proxy
// for the wide net has no business.
func private(u *url.URL) bool {
	name := strings.ToLower(u.Hostname())
	if ip := net.ParseIP(name); ip != nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	return !strings.Contains(name, ".") || IsLocal(u) || strings.HasSuffix(name, ".local")
}

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
