// Package vaulttest starts a D-Bus session of a test's own, with a keyring in it.
package vaulttest

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	servicePath = dbus.ObjectPath("/org/freedesktop/secrets")
	login       = servicePath + "/collection/login"
	iface       = "org.freedesktop.Secret."
	noPrompt    = dbus.ObjectPath("/")
)

// Keyring is a Secret Service, as a desktop has it, behind a real dbus-daemon.
type Keyring struct {
	conn *dbus.Conn

	mu     sync.Mutex
	items  map[dbus.ObjectPath]item
	made   int
	hangs  bool
	forger bool
	over   chan struct{}
}

type item struct {
	attributes map[string]string
	secret     secret
}

// secret is one as the wire has it.
type secret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// Start begins a session and a keyring, which programs of the test find by its
// environment, and ends both with the test. Libraries keep a connection to the session, so
// there should be one of them in a test program. Without dbus-daemon the test is skipped;
// with CI set, it fails.
func Start(t *testing.T) *Keyring {
	t.Helper()
	program, err := exec.LookPath("dbus-daemon")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no dbus-daemon: .ci/run installs it")
		}
		t.Skip("SKIPPED: there is no dbus-daemon; apt-get install dbus-daemon")
	}
	address := session(t, program)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	k := &Keyring{items: map[dbus.ObjectPath]item{}, over: make(chan struct{})}
	if k.conn, err = dbus.Connect(address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { close(k.over); _ = k.conn.Close() })
	for path, as := range map[dbus.ObjectPath]string{servicePath: "Service", login: "Collection", servicePath + "/session/s1": "Session"} {
		if err := k.conn.Export(k, path, iface+as); err != nil {
			t.Fatal(err)
		}
	}
	err = k.conn.Export(k, servicePath, "org.freedesktop.DBus.Properties")
	if _, e := k.conn.RequestName("org.freedesktop.secrets", 0); err != nil || e != nil {
		t.Fatal(err, e)
	}
	return k
}

// session starts a dbus-daemon, ends it with the test, and returns its address.
func session(t *testing.T, program string) string {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "session.conf")
	text := fmt.Sprintf(`<busconfig><type>session</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`, dir)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), program, "--config-file="+config, "--nofork", "--print-address=1") //nolint:gosec // a test's own
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = cmd.Process.Kill(), cmd.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// Hang has the keyring answer nothing from now on until it is called with false.
func (k *Keyring) Hang(yes bool) { k.mu.Lock(); k.hangs = yes; k.mu.Unlock() }

// Forge has the keyring answer what is none of the protocol.
func (k *Keyring) Forge(yes bool) { k.mu.Lock(); k.forger = yes; k.mu.Unlock() }

// Secrets are what it holds, by the name under which a program asked for it.
func (k *Keyring) Secrets() map[string]string {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := map[string]string{}
	for _, i := range k.items {
		all[i.attributes["service"]+"/"+i.attributes["username"]] = string(i.secret.Value)
	}
	return all
}

// Get is the property Collections.
func (k *Keyring) Get(_, _ string) (dbus.Variant, *dbus.Error) {
	k.mu.Lock()
	hangs, forger := k.hangs, k.forger
	k.mu.Unlock()
	if hangs {
		<-k.over
	}
	if forger {
		return dbus.MakeVariant(7), nil
	}
	return dbus.MakeVariant([]dbus.ObjectPath{login}), nil
}

// OpenSession opens the one session.
func (k *Keyring) OpenSession(_ string, _ dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), servicePath + "/session/s1", nil
}

// Close ends a session.
func (k *Keyring) Close() *dbus.Error { return nil }

// Unlock finds everything unlocked.
func (k *Keyring) Unlock(objects []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return objects, noPrompt, nil
}

// CreateItem keeps a secret in the place of what was kept by the same attributes.
func (k *Keyring) CreateItem(properties map[string]dbus.Variant, s secret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	attributes, _ := properties[iface+"Item.Attributes"].Value().(map[string]string)
	k.mu.Lock()
	defer k.mu.Unlock()
	path, ok := k.find(attributes)
	if !ok {
		k.made++
		path = dbus.ObjectPath(fmt.Sprintf("%s/%d", login, k.made))
		if err := k.conn.Export(&entry{k, path}, path, iface+"Item"); err != nil {
			return noPrompt, noPrompt, dbus.MakeFailedError(err)
		}
	}
	k.items[path] = item{attributes, s}
	return path, noPrompt, nil
}

func (k *Keyring) find(attributes map[string]string) (dbus.ObjectPath, bool) {
	for path, i := range k.items {
		if maps.Equal(i.attributes, attributes) {
			return path, true
		}
	}
	return "", false
}

// SearchItems finds a secret by its attributes.
func (k *Keyring) SearchItems(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if path, ok := k.find(attributes); ok {
		return []dbus.ObjectPath{path}, nil
	}
	return []dbus.ObjectPath{}, nil
}

// entry is an item as an object of the bus.
type entry struct {
	in   *Keyring
	path dbus.ObjectPath
}

// GetSecret is what the item holds.
func (e *entry) GetSecret(session dbus.ObjectPath) (secret, *dbus.Error) {
	e.in.mu.Lock()
	defer e.in.mu.Unlock()
	s := e.in.items[e.path].secret
	s.Session = session
	return s, nil
}

// Delete removes the item.
func (e *entry) Delete() (dbus.ObjectPath, *dbus.Error) {
	e.in.mu.Lock()
	defer e.in.mu.Unlock()
	delete(e.in.items, e.path)
	return noPrompt, nil
}
