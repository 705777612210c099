package cli

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// Config is the settings as the app shows and changes them: read anew from the same
// places, judged by the same readers and kept in the same file as by `aimo3 config`. It is
// safe for concurrent use.
type Config struct {
	s     *shell
	given map[string]string             // by the command line, which wins over all else
	plan  func(engine.Plan) engine.Plan // what becomes of the plan that settings make; nil if nothing
	mu    sync.Mutex                    // one change at a time
	last  *configChange                 // that can be undone
}

// config is the settings of a running app whose command was given these flags.
func (s *shell) config(flags *pflag.FlagSet) *Config {
	c := &Config{s: s, given: map[string]string{}}
	flags.Visit(func(f *pflag.Flag) {
		if f.Changed {
			c.given[f.Name] = f.Value.String()
		}
	})
	return c
}

// List reads every setting.
func (c *Config) List(context.Context) (engine.Settings, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read()
}

// Set keeps a value in the user's own file, and reads every setting.
func (c *Config) Set(ctx context.Context, key, value string) (engine.Settings, error) {
	return c.change(func() (configChange, error) { return c.s.put(ctx, key, value, c.record(ctx)) })
}

// Unset takes a key out of the user's own file, and reads every setting.
func (c *Config) Unset(ctx context.Context, key string) (engine.Settings, error) {
	return c.change(func() (configChange, error) { return c.s.drop(ctx, key, c.record(ctx)) })
}

func (c *Config) change(do func() (configChange, error)) (engine.Settings, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	done, err := do()
	if err != nil {
		return engine.Settings{}, err
	}
	c.last = &done
	return c.read()
}

// Undo takes the latest change back, if nobody has changed the file since, and reads every
// setting.
func (c *Config) Undo(ctx context.Context) (engine.Settings, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		return engine.Settings{}, usage("", "nothing was changed here, so there is nothing to undo")
	}
	if err := c.s.takeBack(ctx, *c.last, c.record(ctx)); err != nil {
		return engine.Settings{}, err
	}
	c.last = nil
	return c.read()
}

// record has the audit log of the open store tell of a change.
func (c *Config) record(ctx context.Context) recordChange {
	return func(key string, err error) error { return c.s.audit.Did(ctx, audit.SetConfig, key, err) }
}

// read reads every setting. The caller holds c.mu.
func (c *Config) read() (engine.Settings, error) {
	quiet := &shell{Program: c.s.Program, err: io.Discard, fromFiles: c.s.fromFiles} // what it warns of was said at the start
	flags := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	flags.SortFlags = false
	quiet.settingFlags(flags)
	said, err := quiet.saidOf(flags, c.s.settings())
	if err != nil {
		return engine.Settings{}, err
	}
	own := config.User(c.s.Getenv)
	all := engine.Settings{File: own}
	if c.last != nil {
		all.Undo = c.last.key
	}
	kept := c.keptIn(own)
	flags.VisitAll(func(f *pflag.Flag) {
		from, wrong := c.apply(f, said)
		err = cmp.Or(err, wrong)
		one := quiet.settingOf(f, from)
		one.Own, one.Kept = from.File == own && from.Variable == "", slices.Contains(kept, f.Name)
		all.All = append(all.All, one)
	})
	if one, _ := all.Of("model"); one.From == string(config.Remembered) { // it may be gone: see Settings.LastModel
		quiet.set.Plan.Model = ""
	}
	if all.Plan = quiet.set.Plan; c.plan != nil {
		all.Plan = c.plan(all.Plan)
	}
	return all, err
}

// apply gives a flag the value that counts, and says where that comes from. One that is
// wrong does not count.
func (c *Config) apply(f *pflag.Flag, said *config.Settings) (from config.Origin, err error) {
	if text, ok := c.given[f.Name]; ok {
		return config.Origin{Source: config.Flag}, f.Value.Set(text)
	}
	if v, ok := c.s.sayOf(said, f.Name); ok {
		if err := f.Value.Set(v.Text); err != nil {
			return config.Origin{Source: config.Default}, wrongValue(v.Where(), err)
		}
		return v.From, nil
	}
	return config.Origin{Source: config.Default}, nil
}

// keptIn are the keys that a file sets, by their present names.
func (c *Config) keptIn(path string) []string {
	values, err := config.Read(path)
	if err != nil { // which saidOf tells of
		return nil
	}
	var keys []string
	for _, v := range values {
		keys = append(keys, string(current(nil, v.Key)))
	}
	return keys
}

// settingOf is a flag with its value, without passwords and the like.
func (s *shell) settingOf(f *pflag.Flag, from config.Origin) engine.Setting {
	about, _, _ := strings.Cut(f.Usage, " (default: ")
	one := engine.Setting{
		Key: f.Name, Value: s.valueShown(f), From: from.String(), About: about, Choices: choicesOf(f),
		Default: cmp.Or(defaultInWords(f), f.DefValue), Live: s.ofPlan(f.Name), Model: slices.Contains([]string{"model", "judge", "fallback"}, f.Name),
	}
	one.Hidden = one.Value != f.Value.String()
	return one
}

// ofPlan says whether a setting is part of the plan of an attempt.
func (s *shell) ofPlan(name string) bool {
	f := pflag.NewFlagSet("plan", pflag.ContinueOnError)
	(&shell{Program: s.Program}).planFlags(f)
	return f.Lookup(name) != nil && name != "unsafe-python"
}

// choicesOf are the values of a flag that has few.
func choicesOf(f *pflag.Flag) []string {
	if f.Value.Type() == "bool" {
		return []string{"false", "true"}
	}
	switch f.Name {
	case "tools":
		return []string{string(engine.ToolsAuto), string(engine.ToolsPython), string(engine.ToolsEmbedded), string(engine.ToolsOff)}
	case "think":
		return []string{string(engine.ThinkAuto), "on", "off", "low", "medium", "high"}
	case "choose":
		return []string{"none", "verify", "select", "second-round"}
	case "stop":
		return []string{"none", "four-agree", "uncatchable"}
	case "log-level":
		return []string{"debug", "info", "warn", "error"}
	case "theme":
		all := []string{"auto"}
		for _, p := range theme.Palettes() {
			all = append(all, p.Name)
		}
		return all
	}
	return nil
}
