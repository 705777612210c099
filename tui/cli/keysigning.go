package cli

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"

	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
)

// publicFlag is of commands that make a key.
func publicFlag(f *pflag.FlagSet, path *string) {
	f.StringVar(path, "public-key", "", "`FILE` with the public part of an ed25519 key in PEM, by whose private part requests are signed")
}

// signing25519 is how a key signs of which the public part is in a file; "" for none.
func signing25519(path string) (how secure.Signing, err error) {
	if path == "" {
		return how, nil
	}
	text, err := smallFile(path, 64<<10)
	if err != nil {
		return how, err
	}
	if how.Public, err = signature.ParsePublic(string(text)); err != nil {
		return how, usage("make it with `openssl pkey -in PRIVATE.pem -pubout`", "%s holds no ed25519 public key in PEM", path)
	}
	return how, nil
}

// note keeps a line in the log of the store about a key. It is no more than that: the key
// is as it is though the line cannot be kept.
func (s *shell) note(ctx context.Context, store Store, what, key string) {
	more, err := json.Marshal(map[string]string{"key": key})
	if err == nil {
		err = store.AddLog(ctx, []engine.LogLine{{At: s.Now(), Level: slog.LevelInfo, What: what, More: more, PID: os.Getpid()}})
	}
	if err != nil {
		s.say("warning: no line about it is in the log: %s", hint(err))
	}
}
