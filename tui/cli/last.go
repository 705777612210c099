package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// lastKeys are the settings of which the app remembers what was used last.
var lastKeys = []string{"model", "samples", "tools"}

// lastFile is the path of what was used last; "" if the environment names no place.
func (s *shell) lastFile() string {
	dir := Dir(s.Getenv)
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "last.yaml")
}

// usedLast is what was used last, by key, as the flags' readers accept it. What is damaged
// is left out: err says why.
func (s *shell) usedLast() (last map[string]config.Value, err error) {
	last = map[string]config.Value{}
	path := s.lastFile()
	if path == "" {
		return last, nil
	}
	values, err := config.Read(path)
	settings := s.settings()
	for _, v := range values {
		for _, key := range lastKeys {
			if v.Key != key {
				continue
			}
			if e := settings.Lookup(key).Value.Set(v.Text); e != nil {
				err = cmp.Or(err, wrongValue(v.Where(), e))
				continue
			}
			last[key] = config.Value{Key: key, Text: v.Text, From: config.Origin{Source: config.Remembered}}
		}
	}
	return last, err
}

// remember reads what was used last, for the app alone, and not where a server has its own
// plan. What is wrong with it is logged once there is a log.
func (s *shell) remember(cmd *cobra.Command, said *config.Settings) {
	if _, connects := said.Value(connectName); cmd.HasParent() || connects || cmd.Flags().Changed(connectName) {
		return
	}
	s.last, s.lastFault = s.usedLast()
}

// sayOf is what the files and the environment say of a key, or else what was used last.
func (s *shell) sayOf(said *config.Settings, key string) (config.Value, bool) {
	if v, ok := said.Value(key); ok {
		return v, true
	}
	v, ok := s.last[key]
	return v, ok
}

// Use remembers what an attempt is asked for with, for the next start: the model that was
// chosen, if one was, the samples and the tools. What a flag, the environment or a file says
// is not remembered, and what is so by default needs not be.
func (c *Config) Use(plan engine.Plan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.use(plan); err != nil {
		c.s.Log.Log().Warn("what was used last is not remembered", "why", engine.Hint(err))
	}
}

func (c *Config) use(plan engine.Plan) error {
	path := c.s.lastFile()
	now, err := c.read()
	if path == "" || err != nil {
		return err
	}
	before, _ := c.s.usedLast() // what is damaged is written anew
	used := map[string]string{"model": plan.Model, "samples": strconv.Itoa(plan.Samples), "tools": string(plan.Tools)}
	text := "# What was used last in the app. It counts where nothing else sets it.\n"
	for _, key := range lastKeys {
		one, _ := now.Of(key)
		value := used[key]
		switch {
		case one.From != string(config.Default) && one.From != string(config.Remembered):
			value = before[key].Text
		case value == c.s.settings().Lookup(key).DefValue:
			value = ""
		}
		if value == "" {
			continue
		}
		if text, err = config.Put(path, []byte(text), key, value); err != nil {
			return err
		}
	}
	if old, err := config.Text(path); err == nil && string(old) == text {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return replaceFile(context.Background(), path, text)
}
