package engine

import (
	"regexp"
	"strings"
)

// Hidden stands where a secret was.
const Hidden = "***"

// apiKey is an API key of this program: its ID, and the part that is secret.
var apiKey = regexp.MustCompile(`(aimo3_[0-9a-z]+_)[\w-]{43}`)

// ForOthers are the variables of an environment that a program is given which this one starts:
// not those of this program, secrets among them, nor the address of its model server, which
// may have a password.
func ForOthers(environ []string) []string {
	var out []string
	for _, one := range environ {
		if !strings.HasPrefix(one, "AIMO3_") && !strings.HasPrefix(one, "OLLAMA_HOST=") {
			out = append(out, one)
		}
	}
	return out
}

// HideSecrets hides what gives access within a text: of an address all before the "@" and
// its query, of an API key all but its ID. A text without such comes back as it is.
// Errors of net/http and net/url quote the address they were about, and models
// and logs of servers are named by addresses too.
func HideSecrets(text string) string {
	if strings.Contains(text, "aimo3_") {
		text = apiKey.ReplaceAllString(text, "${1}"+Hidden)
	}
	var out strings.Builder
	for {
		i := strings.Index(text, "://")
		if i < 0 {
			return out.String() + text
		}
		begin, scheme := i+len("://"), strings.TrimRight(text[:i], "+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
		end := begin + addressEnd(text[begin:], scheme)
		out.WriteString(text[:begin])
		out.WriteString(hideIn(text[begin:end]))
		text = text[end:]
	}
}

// addressEnd is the length of an address at the start of rest: up to the quote
// that closes the one before it, else to what no address holds.
func addressEnd(rest, before string) int {
	stops := " \t\r\n\"'`<>"
	if n := len(before); n > 0 && strings.ContainsRune("\"'`", rune(before[n-1])) && strings.IndexByte(rest, before[n-1]) >= 0 {
		stops = before[n-1:]
	}
	if n := strings.IndexAny(rest, stops); n >= 0 {
		return n
	}
	return len(rest)
}

// hideIn hides the secrets of an address that has lost its scheme.
func hideIn(address string) string {
	tail := address[len(strings.TrimRight(address, `.,:;)]}\`)):]
	address = address[:len(address)-len(tail)]
	authority := address
	if n := strings.IndexAny(address, "/?#"); n >= 0 {
		authority = address[:n]
	}
	_, port, _ := strings.Cut(authority, ":")
	if strings.HasPrefix(authority, "[") || strings.Trim(port, "0123456789") == "" {
		address = hideUser(address, authority)
	} else { // "user:p/w@host" is cut short by its own password
		address = hideUser(address, address)
	}
	if n := strings.IndexAny(address, "?#"); n >= 0 && n+1 < len(address) {
		address = address[:n+1] + Hidden
	}
	return address + tail
}

// hideUser hides all of address up to the last "@" within its part.
func hideUser(address, part string) string {
	at := strings.LastIndexByte(part, '@')
	if n := strings.LastIndex(part, "%40"); n >= 0 && n > at {
		return Hidden + "@" + address[n+len("%40"):]
	}
	if at < 0 {
		return address
	}
	return Hidden + address[at:]
}
