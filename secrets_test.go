package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/cache/redis/redistest"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/secure/vault/vaulttest"
	"github.com/aimo3/aimo3/tui/cli"
)

// canary is a secret that nothing but Redis, and where it is kept, may ever have.
const canary = "cAnArY-7f3b-2e91"

// premises are a home, a model server and a Redis that asks for a password.
type premises struct {
	t     *testing.T
	home  string
	redis string
	told  bytes.Buffer // all that any command printed
}

func newPremises(t *testing.T, password string) *premises {
	t.Helper()
	r := redistest.Start(t)
	if got := r.Do("CONFIG", "SET", "requirepass", password); got != "OK" {
		t.Fatal(got)
	}
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "OLLAMA_HOST": fake.NewServer(t, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()}).URL,
		"AIMO3_AGE_PASSPHRASE": "opens " + canary, "AIMO3_LOG_LEVEL": "debug", "AIMO3_TOOLS": "off",
	} {
		t.Setenv(name, value)
	}
	t.Chdir(t.TempDir())
	return &premises{t: t, home: home, redis: r.URL}
}

// run runs a command as main does, with a text on standard input.
func (p *premises) run(in string, args ...string) (code int, out string) {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Run(p.t.Context(), program(), args, strings.NewReader(in), &stdout, &stderr)
	fmt.Fprintln(&p.told, args, stdout.String(), stderr.String())
	return code, stdout.String() + stderr.String()
}

// everything runs each command that may have to do with a secret.
func (p *premises) everything(more ...string) {
	p.t.Helper()
	at := append([]string{"--cache-redis", p.redis}, more...)
	for _, args := range [][]string{
		append([]string{"solve", "What is 2+2, as a number?", "--samples", "1", "--debug"}, at...),
		append([]string{"solve", "What is 2+2, as a number?", "--samples", "1", "--json"}, at...),
		append([]string{"cache", "stats"}, at...), append([]string{"cache", "stats", "--json"}, at...),
		append([]string{"config", "show"}, at...), append([]string{"config", "show", "--json"}, at...),
		append([]string{"doctor"}, at...), append([]string{"doctor", "--json"}, at...),
		append([]string{"auth", "list"}, more...), append([]string{"auth", "list", "--json"}, more...),
		{"auth", "--help"},
		{"auth", "set", "--help"},
		{"config", "init", "--force"},
		{"version", "--json"},
		{"db", "check"},
		{"history", "list"},
		{"history", "show", "last", "--json"},
		{"history", "show", "last", "--events"},
		{"history", "export", "last"},
	} {
		if code, out := p.run("", args...); code != 0 && args[0] != "doctor" {
			p.t.Errorf("%q exits with %d: %s", args, code, out)
		}
	}
}

// shared says that Redis was let at, and holds something.
func (p *premises) shared(more ...string) bool {
	p.t.Helper()
	_, out := p.run("", append([]string{"cache", "stats", "--cache-redis", p.redis}, more...)...)
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "Redis at ") {
			return strings.Fields(line)[3] == "1"
		}
	}
	return false
}

// silent holds all that was printed, and every file of the home but those where the secret
// was put in the clear, to having no canary.
func (p *premises) silent(but ...string) {
	p.t.Helper()
	if at := strings.Index(p.told.String(), canary); at >= 0 {
		p.t.Errorf("a command told it: …%s…", p.told.String()[max(at-300, 0):at])
	}
	seen := 0
	err := filepath.WalkDir(p.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Join(but, "") == path {
			return err
		}
		text, err := os.ReadFile(path)
		if seen++; bytes.Contains(text, []byte(canary)) {
			p.t.Errorf("%s holds it", path)
		}
		return err
	})
	if err != nil || seen < 3 {
		p.t.Errorf("%d files, %v", seen, err)
	}
}

// TestASecretGoesNowhere: wherever the password of Redis is kept, it opens Redis, and is in
// nothing that is printed, logged at any level, stored or exported.
func TestASecretGoesNowhere(t *testing.T) {
	file := func(t *testing.T, p *premises, name, text string, mode os.FileMode) string {
		path := filepath.Join(p.home, name)
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name string
		put  func(*testing.T, *premises) (plain string, flags []string)
	}{
		{"environment", func(t *testing.T, _ *premises) (string, []string) {
			t.Setenv("AIMO3_REDIS_PASSWORD", canary)
			return "", nil
		}},
		{"file", func(t *testing.T, p *premises) (string, []string) {
			path := file(t, p, "password", canary+"\n", 0o600)
			t.Setenv("AIMO3_REDIS_PASSWORD_FILE", path)
			return path, nil
		}},
		{"env file", func(t *testing.T, p *premises) (string, []string) {
			path := file(t, p, ".env", "AIMO3_REDIS_PASSWORD="+canary+"\n", 0o600)
			return path, []string{"--env-file", path}
		}},
		{"age file", func(t *testing.T, p *premises) (string, []string) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
			if code, out := p.run(canary+"\n", "auth", "set", "redis"); code != 0 || !strings.Contains(out, "the keyring cannot be used: ") {
				t.Fatalf("code %d: %s", code, out)
			}
			return "", nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) { goesNowhere(t, c.put) })
	}
}

// TestASecretOfTheKeyringGoesNowhere: nor if it is in a keyring.
func TestASecretOfTheKeyringGoesNowhere(t *testing.T) {
	ring := vaulttest.Start(t)
	goesNowhere(t, func(t *testing.T, p *premises) (string, []string) {
		if code, out := p.run(canary, "auth", "set", "redis"); code != 0 || ring.Secrets()["aimo3/redis"] != canary {
			t.Fatalf("code %d: %s", code, out)
		}
		return "", nil
	})
}

// goesNowhere holds a way of keeping the secret, which returns the file that has it in the
// plain and the flags that name that, to opening Redis and telling nobody.
func goesNowhere(t *testing.T, put func(*testing.T, *premises) (plain string, flags []string)) {
	t.Helper()
	p := newPremises(t, canary)
	plain, flags := put(t, p)
	p.everything(flags...)
	if !p.shared(flags...) {
		t.Errorf("Redis was not opened:\n%s", &p.told)
	}
	p.silent(plain)
}

// TestAWrongSecretGoesNowhere: nor is it told of one that is refused, by Redis or by us.
func TestAWrongSecretGoesNowhere(t *testing.T) {
	t.Run("by Redis", func(t *testing.T) {
		p := newPremises(t, "another")
		t.Setenv("AIMO3_REDIS_PASSWORD", canary)
		p.everything()
		if p.silent(); !strings.Contains(p.told.String(), "keep its password with `aimo3 auth set redis`") {
			t.Errorf("nobody is told what to do:\n%s", &p.told)
		}
	})
	t.Run("by mode", func(t *testing.T) {
		p := newPremises(t, canary)
		path := filepath.Join(p.home, "password")
		if err := os.WriteFile(path, []byte(canary), 0o644); err != nil { //nolint:gosec // as it may not be
			t.Fatal(err)
		}
		t.Setenv("AIMO3_REDIS_PASSWORD_FILE", path)
		p.everything()
		if p.silent(path); p.shared() || !strings.Contains(p.told.String(), "warning: Redis is not used: "+path+" holds a secret, and can be read by others: its mode is 0644 · `chmod 600 "+path+"`") {
			t.Errorf("it was used, or nobody was told why not:\n%s", &p.told)
		}
	})
}
