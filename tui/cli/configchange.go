package cli

import (
	"context"
	"strings"

	"github.com/aimo3/aimo3/tui/cli/config"
)

// configChange is what was done to the user's own file: its text before and after.
type configChange struct{ key, path, before, after string }

// recordChange is told what came of writing a key, and returns that.
type recordChange func(key string, err error) error

// put writes a value into the user's own file, once the reader of the flag has accepted
// it.
func (s *shell) put(ctx context.Context, key, value string, record recordChange) (configChange, error) {
	return s.changeFile(ctx, key, record, func(path, name string, text []byte) (string, error) {
		if err := s.settings().Lookup(name).Value.Set(value); err != nil {
			return "", wrongValue(name, err)
		}
		return config.Put(path, text, name, value)
	})
}

// drop takes a key out of the user's own file, by its earlier name too.
func (s *shell) drop(ctx context.Context, key string, record recordChange) (configChange, error) {
	return s.changeFile(ctx, key, record, func(path, name string, text []byte) (string, error) {
		after, err := config.Drop(path, text, name)
		if old := oldNames[name]; err == nil && old != "" {
			after, err = config.Drop(path, []byte(after), old)
		}
		if err == nil && after == string(text) {
			return "", usage("`aimo3 config show` says where its value comes from", "%s does not set %s", path, name)
		}
		return after, err
	})
}

// changeFile writes what change makes of the user's own file, which is created if it is
// not there. Unless all went well, the file is as it was.
func (s *shell) changeFile(ctx context.Context, key string, record recordChange, change func(path, name string, text []byte) (string, error)) (configChange, error) {
	path, err := s.ownFile()
	if err != nil {
		return configChange{}, err
	}
	settings := s.settings()
	f := settings.Lookup(key)
	if f == nil {
		return configChange{}, usage(strings.TrimPrefix(meant(key, names(settings), ""), " · "), "there is no setting %q", key)
	}
	text, err := config.Text(path)
	if err != nil {
		return configChange{}, err
	}
	before := string(text)
	if !config.Exists(path) {
		before = s.template()
	}
	after, err := change(path, f.Name, []byte(before))
	if err != nil {
		return configChange{}, err
	}
	if !config.Exists(path) {
		if err := s.makeFile(ctx, path, false); err != nil {
			return configChange{}, err
		}
	}
	return configChange{f.Name, path, before, after}, record(f.Name, replaceFile(ctx, path, after))
}

// takeBack undoes a change of the user's own file, if nobody has changed it since.
func (s *shell) takeBack(ctx context.Context, c configChange, record recordChange) error {
	now, err := config.Text(c.path)
	if err != nil {
		return err
	}
	if string(now) != c.after {
		return usage("set the value anew", "%s was changed by somebody else since: nothing was undone", c.path)
	}
	return record(c.key, replaceFile(ctx, c.path, c.before))
}
