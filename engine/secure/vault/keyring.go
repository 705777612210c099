package vault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/aimo3/aimo3/engine/secure"
)

const (
	service        = "aimo3" // under which the keyring has our secrets
	keyringTimeout = 2 * time.Second
)

// Keyring is the system's: the Secret Service of the session's D-Bus, or the keychain of
// macOS. A nil one has nothing and keeps nothing.
type Keyring struct {
	Timeout time.Duration // for an answer; 0 is two seconds
}

var (
	errNoKeyring = errors.New("there is none")
	errNoBus     = errors.New("there is no D-Bus session")
)

func (k *Keyring) get(ctx context.Context, name string) (found secure.Secret, err error) {
	if k == nil {
		return secure.Secret{}, nil
	}
	text, err := k.ask(ctx, func() (string, error) { return keyring.Get(service, name) })
	if errors.Is(err, keyring.ErrNotFound) {
		return secure.Secret{}, nil
	}
	return secure.NewSecret(text), err
}

func (k *Keyring) set(ctx context.Context, name string, secret secure.Secret) error {
	if k == nil {
		return errNoKeyring
	}
	_, err := k.ask(ctx, func() (string, error) { return "", keyring.Set(service, name, secret.Reveal()) })
	return err
}

// forget says whether the keyring had it.
func (k *Keyring) forget(ctx context.Context, name string) (found bool, err error) {
	if k == nil {
		return false, nil
	}
	_, err = k.ask(ctx, func() (string, error) { return "", keyring.Delete(service, name) })
	if errors.Is(err, keyring.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// ask waits for the keyring as long as it may take. One that never answers leaves a
// goroutine, which ends with the program: the call cannot be called off.
func (k *Keyring) ask(ctx context.Context, what func() (string, error)) (string, error) {
	if err := noBus(); err != nil {
		return "", err
	}
	type answer struct {
		text string
		err  error
	}
	came := make(chan answer, 1)
	go func() {
		defer func() {
			if recover() != nil { // the library trusts what it is answered
				came <- answer{"", errors.New("it answered nonsense")}
			}
		}()
		text, err := what()
		came <- answer{text, err}
	}()
	timeout := cmp.Or(k.Timeout, keyringTimeout)
	late := time.NewTimer(timeout)
	defer late.Stop()
	select {
	case a := <-came:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	case <-late.C:
		return "", fmt.Errorf("it did not answer within %s", timeout)
	}
}

// noBus says that there is no D-Bus session, where one is needed. Without this look the
// library would start a daemon for one, which outlives the program.
func noBus() error {
	if runtime.GOOS == "darwin" {
		return nil
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return nil
		}
	}
	return errNoBus
}
