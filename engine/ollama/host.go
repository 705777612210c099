package ollama

import (
	"errors"
	"fmt"
	"net"
	"net/url"
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
		return nil, badHost(withoutPort(s), err.Error())
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
	if strings.HasPrefix(hostport, "[") != strings.Contains(hostport, "]") {
		return "", "", errors.New("an IPv6 address stands between [ and ]")
	}
	if err != nil { // no port, or an IPv6 address without brackets
		host, given = strings.Trim(hostport, "[]"), port
		if strings.Contains(host, ":") && net.ParseIP(bareIP(host)) == nil {
			return "", "", errors.New("it is not a host and a port")
		}
	}
	if n, err := strconv.ParseUint(given, 10, 16); err != nil || n == 0 {
		return "", "", errors.New("its port is no number from 1 to 65535")
	}
	return host, given, nil
}

// withoutPort is an address without what stands where its port should, which may be a
// password.
func withoutPort(s string) string {
	begin := 0
	if i := strings.Index(s, "://"); i >= 0 {
		begin = i + len("://")
	}
	end := len(s)
	if i := strings.IndexByte(s[begin:], '/'); i >= 0 {
		end = begin + i
	}
	if i := strings.LastIndexByte(s[begin:end], ':'); i >= 0 && !strings.Contains(s[begin:end], "@") {
		return s[:begin+i] + ":…"
	}
	return s
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
