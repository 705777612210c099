package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/vault/vaulttest"
)

const canary = "cAnArY-7f3b"

// place is a vault in a temporary folder, and what it told.
type place struct {
	*Vault
	t    *testing.T
	env  map[string]string
	told []string
}

func newPlace(t *testing.T) *place {
	p := &place{t: t, env: map[string]string{}}
	p.Vault = &Vault{
		Getenv: func(name string) string { return p.env[name] }, Dir: filepath.Join(t.TempDir(), "secrets"), workFactor: 4,
		Tell: func(line string) { p.told = append(p.told, line) },
	}
	return p
}

// file writes a file of a mode and returns its path.
func (p *place) file(text string, mode os.FileMode) string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "file")
	if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chmod(path, mode)); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// wants holds what is found to a secret and its place, and what Locate says to the same place.
func (p *place) wants(secret string, from Place) {
	p.t.Helper()
	got, err := p.Find(p.t.Context(), Redis)
	if err != nil || got.Secret.Reveal() != secret || got.Place != from {
		p.t.Errorf("found %q in %q, %v; want %q in %q", got.Secret.Reveal(), got.Place, err, secret, from)
	}
	at, err := p.Locate(p.t.Context(), Redis)
	if err != nil || at.Place != from || at.Where != got.Where || !at.Secret.Empty() {
		p.t.Errorf("located %+v, %v; want %q", at, err, from)
	}
	p.quiet()
}

// quiet holds everything that was told to having no secret in it.
func (p *place) quiet() {
	p.t.Helper()
	if said := strings.Join(p.told, "\n"); strings.Contains(said, canary) {
		p.t.Errorf("it tells: %s", said)
	}
}

// TestOrder: each place counts more than all that come after it.
func TestOrder(t *testing.T) {
	p, ring := newPlace(t), vaulttest.Start(t)
	p.env["AIMO3_AGE_PASSPHRASE"] = "correct horse"
	p.wants("", "")
	if kept, err := p.Keep(t.Context(), Redis, secure.NewSecret("aged")); err != nil || kept.Place != AgeFile {
		t.Fatalf("%+v, %v", kept, err)
	}
	p.wants("aged", AgeFile)
	p.told, p.Keyring = nil, &Keyring{Timeout: time.Minute}
	if err := p.Keyring.set(t.Context(), "redis", secure.NewSecret("ringed")); err != nil {
		t.Fatal(err)
	}
	p.wants("ringed", InKeyring)
	env := p.file("x", 0o600)
	p.EnvFiles = []Variable{{"AIMO3_REDIS_PASSWORD_FILE", p.file("filed\n", 0o600), env}}
	p.wants("filed", File)
	p.EnvFiles = append(p.EnvFiles, Variable{"AIMO3_REDIS_PASSWORD", "first", env}, Variable{"AIMO3_REDIS_PASSWORD", "dotted", env})
	p.wants("dotted", EnvFile)
	p.env["AIMO3_REDIS_PASSWORD_FILE"] = p.file("named\r\n", 0o400)
	p.wants("named", File)
	p.env["AIMO3_REDIS_PASSWORD"] = "set"
	p.wants("set", Environment)
	if len(p.told) > 0 {
		t.Errorf("told %q", p.told)
	}
	t.Run("keyring", func(t *testing.T) { keyringKeeps(t, ring) })
	t.Run("keyring that hangs", func(t *testing.T) { keyringHangs(t, ring) })
}

// keyringKeeps: a secret that goes into the keyring is nowhere else, can be replaced, and
// is deleted from there.
func keyringKeeps(t *testing.T, ring *vaulttest.Keyring) {
	p := newPlace(t)
	p.env["AIMO3_AGE_PASSPHRASE"] = "correct horse"
	if _, err := p.Keep(t.Context(), Redis, secure.NewSecret("old")); err != nil {
		t.Fatal(err)
	}
	p.Keyring = &Keyring{Timeout: time.Minute}
	for _, text := range []string{"one", canary} {
		if kept, err := p.Keep(t.Context(), Redis, secure.NewSecret(text)); err != nil || kept.Place != InKeyring {
			t.Fatalf("%+v, %v", kept, err)
		}
	}
	if got := ring.Secrets(); len(got) != 1 || got["aimo3/redis"] != canary {
		t.Errorf("the keyring holds %v", got)
	}
	if left, _ := os.ReadDir(p.Dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	for _, want := range []string{"[keyring]", "[]"} {
		if from, err := p.Forget(t.Context(), Redis); err != nil || fmt.Sprint(from) != want {
			t.Errorf("deleted from %v, %v; want %s", from, err, want)
		}
	}
	p.wants("", "")
	ring.Forge(true)
	defer ring.Forge(false)
	p.told = nil
	p.wants("", "")
	if len(p.told) != 2 || !strings.Contains(p.told[0], "nonsense") {
		t.Errorf("a forger: told %q", p.told)
	}
}

// keyringHangs: one that does not answer is told in one line, and what comes after it counts.
func keyringHangs(t *testing.T, ring *vaulttest.Keyring) {
	p := newPlace(t)
	p.env["AIMO3_AGE_PASSPHRASE"] = "correct horse"
	ring.Hang(true)
	defer ring.Hang(false)
	p.Keyring = &Keyring{Timeout: time.Millisecond}
	if kept, err := p.Keep(t.Context(), Redis, secure.NewSecret(canary)); err != nil || kept.Place != AgeFile {
		t.Fatalf("%+v, %v", kept, err)
	}
	found, err := p.Find(t.Context(), Redis)
	if err != nil || found.Secret.Reveal() != canary || found.Place != AgeFile {
		t.Errorf("found %+v, %v", found, err)
	}
	if len(p.told) != 2 || p.told[1] != "the keyring cannot be asked: it did not answer within 1ms" {
		t.Errorf("told %q", p.told)
	}
	p.Keyring.Timeout = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Find(ctx, Redis); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestNoKeyring: where there is no session, no daemon is started for one, and who asks is
// told so; who only needs a secret is not.
func TestNoKeyring(t *testing.T) {
	if noBus() == nil {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	}
	if noBus() == nil {
		t.Skip("SKIPPED: this user has a session that the environment does not name")
	}
	p := newPlace(t)
	p.Keyring = &Keyring{Timeout: time.Hour}
	if found, err := p.Find(t.Context(), Redis); err != nil || found.Place != "" || len(p.told) > 0 {
		t.Errorf("%+v, %v; told %q", found, err, p.told)
	}
	_, err := p.Locate(t.Context(), Redis)
	if want := "[the keyring cannot be asked: there is no D-Bus session]"; err != nil || fmt.Sprint(p.told) != want {
		t.Errorf("%v; told %q, want %s", err, p.told, want)
	}
}

// TestRefused: what may not be, or cannot be read, is an error that names it and says
// what to do, with nothing of the secret in it.
func TestRefused(t *testing.T) {
	sealed := func(p *place) {
		p.env["AIMO3_AGE_PASSPHRASE"] = "right " + canary
		if _, err := p.Keep(p.t.Context(), Redis, secure.NewSecret(canary)); err != nil {
			p.t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		set  func(*place)
		want string
	}{
		"wide file":        {func(p *place) { p.env["AIMO3_REDIS_PASSWORD_FILE"] = p.file(canary, 0o644) }, "can be read by others: its mode is 0644 · `chmod 600 "},
		"no file":          {func(p *place) { p.env["AIMO3_REDIS_PASSWORD_FILE"] = "/nowhere" }, "cannot read the secret in /nowhere: no such file"},
		"two lines":        {func(p *place) { p.env["AIMO3_REDIS_PASSWORD_FILE"] = p.file(canary+"\nx", 0o600) }, "more than one line"},
		"control":          {func(p *place) { p.env["AIMO3_REDIS_PASSWORD"] = canary + "\x1b[2J" }, "AIMO3_REDIS_PASSWORD: the secret has more than one line, or control"},
		"empty file":       {func(p *place) { p.env["AIMO3_REDIS_PASSWORD_FILE"] = p.file("\n", 0o600) }, "the secret is empty"},
		"too long":         {func(p *place) { p.env["AIMO3_REDIS_PASSWORD"] = strings.Repeat(canary, 300) }, "longer than 2048 bytes"},
		"wide env file":    {func(p *place) { p.EnvFiles = []Variable{{"AIMO3_REDIS_PASSWORD", canary, p.file("", 0o640)}} }, "can be read by others: its mode is 0640 · `chmod 600 "},
		"wide age file":    {func(p *place) { sealed(p); _ = os.Chmod(p.path(Redis), 0o604) }, "redis.age holds a secret, and can be read by others: its mode is 0604"},
		"wrong passphrase": {func(p *place) { sealed(p); p.env["AIMO3_AGE_PASSPHRASE"] = "wrong " + canary }, "the passphrase does not open "},
		"no passphrase":    {func(p *place) { sealed(p); clear(p.env) }, "is not known · set AIMO3_AGE_PASSPHRASE or AIMO3_AGE_PASSPHRASE_FILE"},
		"bent age file": {func(p *place) {
			sealed(p)
			text, _ := os.ReadFile(p.path(Redis))
			text[len(text)-1] ^= 1
			_ = os.WriteFile(p.path(Redis), text, 0o600)
		}, "is damaged, or no file of ours"},
		"no age file": {func(p *place) { sealed(p); _ = os.WriteFile(p.path(Redis), []byte(canary), 0o600) }, "is damaged, or no file of ours"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			c.set(p)
			found, err := p.Find(t.Context(), Redis)
			if got := engine.Hint(err); engine.ClassOf(err) != engine.Invalid || !strings.Contains(got, c.want) || strings.Contains(fmt.Sprintf("%s %+v %#v", got, err, found), canary) {
				t.Errorf("%v, %s; want %q", found, got, c.want)
			}
			p.quiet()
		})
	}
}

// TestAgeFile: it is its owner's alone, holds nothing of the secret in the clear, is
// opened by the passphrase that a person types, and goes when it is deleted.
func TestAgeFile(t *testing.T) {
	p := newPlace(t)
	var asked []string
	p.Ask = func(_ context.Context, path string, isNew bool) (secure.Secret, error) {
		asked = append(asked, fmt.Sprint(filepath.Base(path), isNew))
		return secure.NewSecret("typed"), nil
	}
	if _, err := p.Keep(t.Context(), Redis, secure.NewSecret(canary)); err != nil {
		t.Fatal(err)
	}
	about, err := os.Stat(p.path(Redis))
	text, bad := os.ReadFile(p.path(Redis))
	if err != nil || bad != nil || about.Mode().Perm() != 0o600 || bytes.Contains(text, []byte(canary)) || !bytes.HasPrefix(text, []byte("age-encryption.org/v1")) {
		t.Errorf("%v, %v, %v: %q", about, err, bad, text)
	}
	p.wants(canary, AgeFile)
	if got := fmt.Sprint(asked); got != "[redis.agetrue redis.agefalse]" {
		t.Errorf("asked %s", got)
	}
	if from, err := p.Forget(t.Context(), Redis); err != nil || fmt.Sprint(from) != "[age file]" {
		t.Errorf("deleted from %v, %v", from, err)
	}
	p.wants("", "")
	p.Dir = ""
	if _, err := p.Keep(t.Context(), Redis, secure.NewSecret(canary)); !strings.Contains(engine.Hint(err), "no place for secrets") || strings.Contains(engine.Hint(err), canary) {
		t.Errorf("without a place: %v", err)
	}
}

// TestKaggle: the key in the kaggle.json of Kaggle's own tools is found where nothing
// else has one, and refused where others may read it.
func TestKaggle(t *testing.T) {
	p := newPlace(t)
	home := t.TempDir()
	p.env["HOME"] = home
	path := filepath.Join(home, ".kaggle", "kaggle.json")
	write := func(text string, mode os.FileMode) {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
	}
	find := func() string {
		found, err := p.Find(t.Context(), Kaggle)
		if err != nil {
			if strings.Contains(err.Error(), canary) {
				t.Errorf("the error tells the key: %v", err)
			}
			return err.Error()
		}
		return found.Secret.Reveal() + " from " + found.Where
	}
	account := `{"username":"ann","key":"` + canary + `"}`
	if got := find(); got != " from " {
		t.Errorf("without the file %q", got)
	}
	write(account, 0o600)
	if got := find(); got != canary+" from "+path {
		t.Errorf("with it %q", got)
	}
	write(account, 0o644)
	if got := find(); !strings.Contains(got, "0644") {
		t.Errorf("where others may read it %q", got)
	}
	write(`{"username":"ann","key":["`+canary+`"]}`, 0o600)
	if got := find(); !strings.Contains(got, "no key of Kaggle's") {
		t.Errorf("with another key %q", got)
	}
	p.env["KAGGLE_CONFIG_DIR"] = t.TempDir()
	if got := find(); got != " from " {
		t.Errorf("where Kaggle looks elsewhere %q", got)
	}
	p.env["KAGGLE_KEY"] = "given"
	if got := find(); got != "given from KAGGLE_KEY" {
		t.Errorf("with the variable %q", got)
	}
}
