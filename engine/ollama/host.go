package ollama

import (
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
// 0.0.0.0 or [::], becomes the loopback address to reach it by. Unlike Ollama,
// which then takes a default in silence, it refuses what it cannot read.
func ParseHost(text string) (*url.URL, error) {
	s := strings.Trim(strings.TrimSpace(text), `"'`)
	scheme, rest, port := "http", s, "11434"
	if before, after, ok := strings.Cut(s, "://"); ok {
		scheme, rest = before, after
		switch scheme {
		case "http":
			port = "80"
		case "https":
			port = "443"
		default:
			return nil, badHost(text, fmt.Sprintf("the scheme %q is neither http nor https", clean(scheme)))
		}
	} else if s == "ollama.com" {
		scheme, port = "https", "443"
	}
	hostport, path, _ := strings.Cut(rest, "/")
	host, port, err := splitPort(hostport, port)
	if err != nil {
		return nil, badHost(text, err.Error())
	}
	u := &url.URL{Scheme: scheme, Host: net.JoinHostPort(connectable(host), port)}
	if path = strings.Trim(path, "/"); path != "" {
		u.Path = "/" + path
	}
	if back, err := url.Parse(u.String()); err != nil || back.Host != u.Host || strings.ContainsAny(host, " @?#\\") {
		return nil, badHost(text, "its host name holds characters that no name has")
	}
	return u, nil
}

func splitPort(hostport, port string) (host, _ string, err error) {
	host, given, err := net.SplitHostPort(hostport)
	if err != nil { // no port, or an IPv6 address without brackets
		host, given = strings.Trim(hostport, "[]"), port
		if strings.Contains(host, ":") && net.ParseIP(host) == nil {
			return "", "", fmt.Errorf("%q is not a host and a port", clean(hostport))
		}
	}
	if n, err := strconv.ParseUint(given, 10, 16); err != nil || n == 0 {
		return "", "", fmt.Errorf("the port %q is not a number from 1 to 65535", clean(given))
	}
	return host, given, nil
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
		What:  fmt.Sprintf("cannot read the server address %q: %s", clean(text), why),
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

// written is u as a person would write it.
func written(u *url.URL) string {
	return strings.TrimPrefix(u.String(), "http://")
}
