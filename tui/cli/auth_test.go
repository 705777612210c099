package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/vault"
)

const canary = "cAnArY-7f3b"

// TestAuthSet: a secret is typed or piped in, kept, listed by its place, found, and
// deleted; nothing that is printed has it.
func TestAuthSet(t *testing.T) {
	b, mine, _ := configured(t)
	kept := filepath.Join(filepath.Dir(mine), "secrets", "redis.age")
	list := func(want string) {
		t.Helper()
		b.wantCode(b.run("auth", "list"), 0)
		if got := strings.Join(strings.Fields(b.out.String()), " "); !strings.Contains(got, " "+want+" password of the Redis") {
			t.Errorf("listed %q, want %q", got, want)
		}
	}
	list("redis - -")
	b.terminals, b.stdin = true, strings.NewReader(canary+"\nhorse\nhorse\n")
	b.wantCode(b.run("auth", "set", "redis"), 0)
	if want := "password of the Redis server of --cache-redis: \nthe keyring cannot be used: there is none\n" +
		"passphrase of " + kept + ": \nthe same again: \nredis is kept in " + kept + "\n"; b.err.String() != want {
		t.Errorf("said\n%s\nwant\n%s", &b.err, want)
	}
	list("redis age file " + kept)
	b.env["AIMO3_REDIS_PASSWORD"] = canary
	list("redis environment AIMO3_REDIS_PASSWORD")
	b.terminals, b.stdin = false, strings.NewReader("piped\n")
	b.env["AIMO3_AGE_PASSPHRASE"] = "battery"
	b.wantCode(b.run("auth", "set", "redis"), 0)
	if !strings.HasSuffix(b.err.String(), "warning: redis is also set by AIMO3_REDIS_PASSWORD, which counts more\n") {
		t.Errorf("said %s", &b.err)
	}
	delete(b.env, "AIMO3_REDIS_PASSWORD")
	s := newShell(b.program(), nil, b.stdin, &b.out, &b.err)
	if found, err := s.vault().Find(t.Context(), vault.Redis); err != nil || found.Secret.Reveal() != "piped" {
		t.Errorf("found %+v, %v", found, err)
	}
	b.wantCode(b.run("auth", "delete", "redis"), 0)
	if b.err.String() != "redis is deleted from the age file\n" {
		t.Errorf("said %s", &b.err)
	}
	list("redis - -")
	b.wantCode(b.run("auth", "delete", "redis"), 2)
}

// TestAuthRefuses: what is wrong is said in one line with exit code 2, and nothing is kept.
func TestAuthRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		terminal bool
		in       string
		args     []string
		want     string
	}{
		"on the command line": {false, "", []string{"auth", "set", "redis", canary}, "give the name alone, one of: redis, kaggle, connect · a secret is typed"},
		"as a flag":           {false, "", []string{"auth", "set", "redis", "--value=" + canary}, "unknown flag --value"},
		"unknown":             {false, canary, []string{"auth", "set", canary}, "no secret is known by that name · use one of: redis"},
		"nothing":             {true, "\n", []string{"auth", "set", "redis"}, "the secret is empty"},
		"two lines":           {false, canary + "\n" + canary, []string{"auth", "set", "redis"}, "more than one line"},
		"a huge one":          {false, strings.Repeat(canary, 1000), []string{"auth", "set", "redis"}, "longer than 2048 bytes"},
		"no passphrase":       {false, canary, []string{"auth", "set", "redis"}, "set AIMO3_AGE_PASSPHRASE or AIMO3_AGE_PASSPHRASE_FILE"},
		"passphrases differ":  {true, canary + "\na\nb\n", []string{"auth", "set", "redis"}, "the two passphrases are not the same"},
		"key without a name":  {false, "", []string{"auth", "key", "create"}, "a key's name has 0 characters"},
		"no such scope":       {false, "", []string{"auth", "key", "create", "--name", "a", "--scope", "root"}, `--scope: there is no scope "root"`},
		"no length of time":   {false, "", []string{"auth", "key", "create", "--name", "a", "--expires", "-3d"}, `--expires: "-3d" is no length of time`},
		"two keys":            {false, "", []string{"auth", "key", "revoke", "a", canary}, "give the ID of one key"},
		"no such key":         {false, "", []string{"auth", "key", "rotate", "abc"}, "the key abc is not known · `aimo3 auth key list`"},
		"a whole key":         {false, "", []string{"auth", "key", "revoke", "aimo3_0123456789_" + canary}, "the key of that ID is not known"},
		"no such command":     {false, "", []string{"auth", "key", "renew"}, `unknown command "renew"`},
	} {
		t.Run(name, func(t *testing.T) {
			b, mine, _ := configured(t)
			b.terminals, b.stdin = c.terminal, strings.NewReader(c.in)
			b.wantCode(b.run(c.args...), 2)
			if !strings.Contains(b.err.String(), c.want) || strings.Contains(b.out.String()+b.err.String(), canary) {
				t.Errorf("stdout %q, stderr %q; want %q", &b.out, &b.err, c.want)
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(mine), "secrets")); err == nil {
				t.Error("something was kept")
			}
		})
	}
}

// TestAuthIsRecorded: who keeps secrets and makes keys is in the audit log, and no secret.
func TestAuthIsRecorded(t *testing.T) {
	b, _, _ := configured(t)
	b.env["AIMO3_AGE_PASSPHRASE"] = "battery"
	b.stdin = strings.NewReader(canary)
	b.wantCode(b.run("auth", "set", "redis"), 0)
	b.wantCode(b.run("auth", "key", "create", "--name", "grader"), 0)
	bearer := strings.TrimSpace(b.out.String())
	id := strings.Split(bearer, "_")[1]
	b.wantCode(b.run("auth", "key", "revoke", bearer), 2)
	b.wantCode(b.run("auth", "key", "revoke", id), 0)
	b.wantCode(b.run("auth", "delete", "redis"), 0)
	b.wantCode(b.run("audit", "list"), 0)
	for _, want := range []string{"auth-set done redis", "key-create done " + id, "key-revoke failed: invalid", "key-revoke done " + id, "auth-delete done redis"} {
		if got := strings.Join(strings.Fields(b.out.String()), " "); !strings.Contains(got, want) {
			t.Errorf("not recorded: %q in\n%s", want, got)
		}
	}
	if got := b.out.String(); strings.Contains(got, canary) || strings.Contains(got, bearer[17:]) {
		t.Errorf("a secret is recorded:\n%s", got)
	}
}

// key is what creating or rotating a key prints as JSON.
type printedKey struct {
	Secret string
	secure.Key
}

// TestAuthKeys: a key is printed once and lets in until it is revoked or, rotated, its
// overlap is over; the list shows all of that and no secret.
func TestAuthKeys(t *testing.T) {
	b := newBench(t)
	b.wantCode(b.run("auth", "key", "list"), 0)
	b.wantCode(b.run("auth", "key", "create", "--name", "grader", "--scope", "solve,batch", "--expires", "30d"), 0)
	bearer := strings.TrimSpace(b.out.String())
	if !regexp.MustCompile(`^aimo3_[0-9a-z]{10}_[\w-]{43}$`).MatchString(bearer) || strings.Contains(b.err.String(), bearer) || !strings.Contains(b.err.String(), "it is shown this once: keep it now") {
		t.Fatalf("stdout %q, stderr %q", &b.out, &b.err)
	}
	id := strings.Split(bearer, "_")[1]
	b.wantCode(b.run("auth", "key", "rotate", id, "--overlap", "2d", "--json"), 0)
	var next printedKey
	if b.object(&next); next.Secret == "" || next.Name != "grader" || next.Expires.Sub(next.Created) != 30*24*time.Hour {
		t.Fatalf("rotated: %s", &b.out)
	}
	lets := func(bearer, want string) {
		t.Helper()
		store, err := b.program().Open(t.Context(), b.path(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = store.Close() }()
		key, err := secure.NewKeys(store.Keys(), b.program().Now).Check(t.Context(), bearer)
		if got := key.Name; err != nil && err.Error() != want || err == nil && got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	lets(bearer, "grader")
	lets(next.Secret, "grader")
	b.after(48 * time.Hour)
	lets(bearer, "the API key is not valid: it is expired")
	b.wantCode(b.run("auth", "key", "revoke", next.ID), 0)
	lets(next.Secret, "the API key is not valid: it is revoked")
	b.wantCode(b.run("auth", "key", "list"), 0)
	secrets := []string{bearer, bearer[17:], next.Secret, next.Secret[17:]}
	for _, want := range []string{"ID", "LAST USED", id, next.ID, "grader", "solve,batch", "expired", "revoked"} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("the list lacks %q:\n%s", want, &b.out)
		}
	}
	listed := b.out.String()
	b.wantCode(b.run("auth", "key", "list", "--json"), 0)
	var list struct{ Keys []keyNow }
	if err := json.Unmarshal(b.out.Bytes(), &list); err != nil || len(list.Keys) != 2 || list.Keys[0].Next != next.ID || list.Keys[0].State != secure.Expired || list.Keys[1].State != secure.Revoked {
		t.Errorf("%+v, %v", list, err)
	}
	for _, secret := range secrets {
		if strings.Contains(listed+b.out.String()+b.err.String()+b.text(b.path()), secret) {
			t.Error("the secret of a key is told, or is in the database")
		}
	}
	b.wantCode(b.run("auth", "key", "create", "--name", "x", "--expires", "none"), 0)
	if !strings.Contains(b.err.String(), "does not expire") {
		t.Errorf("said %s", &b.err)
	}
}
