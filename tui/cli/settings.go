package cli

import (
	"log/slog"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/remote"
	"github.com/aimo3/aimo3/engine/secure/limit"
	"github.com/aimo3/aimo3/engine/wire"
)

// Settings are what the flags that several commands share say.
type Settings struct {
	Hosts       []string // of the model servers; none for the usual one
	DB          string   // path of the store
	Checkpoints string   // where those of the audit log are added; "" for beside the store
	NoSave      bool     // keep nothing
	NewDB       bool     // put a database that cannot be read aside
	Redis       string   // address of the Redis server that shares what is cached; "" for none
	NoCache     bool     // solve afresh, and cache nothing
	Theme       string   // of the screen; "" for automatic
	NoMouse     bool     // leave the mouse to the terminal
	Keys        string   // which keys do what, as Program.Keymap reads it; "" for the default ones
	Announce    []string // what the terminal is told of attempts besides; nil to choose by what it is
	Plain       bool     // lines only, nothing drawn over
	Unsafe      bool     // run Python even where there is no sandbox
	Plan        engine.Plan
	LastModel   string         // that was used last in the app, and counts there while Plan names none
	Server      remote.Address // of the aimo3 server that the app asks; none if it attempts problems itself
	OTLP        string         // address that spans are sent to; "" for none
	Pprof       string         // directory of the program's own profiles; "" for none
	Rate        int            // requests a minute of each key at a server; 0 for limit.DefaultPerMinute

	Log      string     // file of the log, "-" or "off"; "" for the usual one
	LogLevel slog.Level // least that is logged
	Debug    bool       // everything is logged
}

// settingFlags are the flags that are settings: what they say can be kept in a
// file, under the flag's name. Other flags are for one call of a command.
func (s *shell) settingFlags(f *pflag.FlagSet) {
	s.planFlags(f)
	s.hostFlag(f)
	s.connectFlag(f)
	s.dbFlag(f)
	s.checkpointsFlag(f)
	s.noSaveFlag(f)
	s.cacheFlags(f)
	s.screenFlags(f)
	s.plainFlag(f)
	s.otlpFlag(f)
	s.rateFlag(f)
	s.logFlags(f)
}

// settings are the settings and their readers, apart from those of this call.
func (s *shell) settings() *pflag.FlagSet {
	f := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	f.SortFlags = false
	(&shell{Program: s.Program}).settingFlags(f)
	return f
}

// oldNames are earlier names of flags, by the present one. Each still works as a
// flag, as a variable and as a key of a file, and is shown nowhere.
var oldNames = map[string]string{"no-code-samples": "wordy", "logprobs": "top"}

// current is the present name of a flag that goes by this name, or once did.
func current(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	for present, earlier := range oldNames {
		if name == earlier {
			return pflag.NormalizedName(present)
		}
	}
	return pflag.NormalizedName(name)
}

func (s *shell) planFlags(f *pflag.FlagSet) {
	f.SetNormalizeFunc(current)
	p := &s.set.Plan
	f.StringVar(&p.Model, "model", "", "model to ask (default: the best that is installed)")
	f.Var(&listed{kind: "NAME", into: &p.Fallback, read: modelNames}, "fallback", "model to use if --model is unavailable and no sample has ended; may be repeated (default: none)")
	f.Var(&parsed[int]{"8", "N", &p.Samples, whole(wire.Range("samples"))}, "samples", "number of samples")
	f.Var(&parsed[int]{"", "N", &p.Parallel, whole(wire.Range("parallel"))}, "parallel", "samples that run at once (default: all)")
	f.Var(&parsed[engine.StopRule]{string(engine.DefaultStop), "RULE", &p.Stop, engine.ParseStop}, "stop", "when to stop early: none, four-agree, uncatchable, asc:P, esc:W, deepconf:TAU:N, or several joined by commas")
	choice := func(list string) ([]string, error) { return engine.ParseChoose(list, desk.Strategy) }
	f.Var(&parsed[[]string]{"none", "LIST", &p.Choose, choice}, "choose", "how to settle a split vote, tried in this order: verify, select, second-round, several joined by commas, or none")
	f.StringVar(&p.Judge, "judge", "", "model that judges (default: the one that solves)")
	f.Var(&parsed[time.Duration]{"15m", "TIME", &p.Budget.Wall, budget}, "budget", "time limit for the problem, or none")
	f.Var(&parsed[int]{"", "N", &p.Budget.Tokens, whole(wire.Range("token_budget"))}, "token-budget", "token limit for all samples and the judge together")
	f.Var(&parsed[int]{"", "N", &p.Budget.Think, whole(wire.Range("think_budget"))}, "think-budget", "thinking tokens after which a sample is told to answer")
	f.Var(&parsed[int]{"", "N", &p.Options.NumCtx, whole(wire.Range("num_ctx"))}, "num-ctx", "context window in tokens (default: 32768, less if the model has less or memory is short)")
	f.Var(&parsed[int]{"", "N", &p.Options.NumPredict, whole(wire.Range("num_predict"))}, "num-predict", "token limit for one reply (default: the context window)")
	f.Var(&parsed[*float64]{"", "T", &p.Options.Temperature, pointer(temperature)}, "temperature", "sampling temperature (default: the model's own)")
	f.Var(&parsed[int64]{"0", "N", &p.Seed, seed}, "seed", "seed of the first sample; each further sample adds 1")
	f.Var(&parsed[engine.Think]{string(engine.ThinkAuto), "HOW", &p.Think, engine.ParseThink}, "think", "hidden reasoning: auto, on, off, low, medium, high")
	f.Var(&parsed[engine.Tools]{string(engine.ToolsAuto), "WHAT", &p.Tools, engine.ParseTools}, "tools", "what runs the code that the model writes: auto, python, embedded, off")
	f.BoolVar(&p.Fences, "fences", false, "ask for code in fenced blocks, even if the model can call tools")
	f.Var(&parsed[int]{"0", "N", &p.NoCodeSamples, whole(wire.Range("no_code_samples"))}, "no-code-samples", "number of samples that reason without code")
	f.Var(&parsed[int]{strconv.Itoa(engine.DefaultCells), "N", &p.Caps.Cells, whole(wire.Range("cells"))}, "cells", "limit of code cells for one sample")
	f.Var(&parsed[time.Duration]{engine.DefaultCellTimeout.String(), "TIME", &p.Caps.CellTimeout, positive}, "cell", "time limit for one cell")
	f.Var(&parsed[int]{strconv.Itoa(engine.DefaultTopLogprobs), "N", &p.TopLogprobs, candidates}, "logprobs", "log-probabilities to ask for per token, to measure confidence; 0 for none")
	f.Var(&parsed[string]{"", "RANGE", &p.Range, answerRange}, "answer", "range of the answer: integer:0..99999, integer, any (default: as the statement says)")
	s.unsafeFlag(f)
}

func (s *shell) unsafeFlag(f *pflag.FlagSet) {
	f.BoolVar(&s.set.Unsafe, "unsafe-python", false, "run Python even where there is no sandbox")
}

func (s *shell) hostFlag(f *pflag.FlagSet) {
	f.Var(&listed{kind: "ADDRESS", into: &s.set.Hosts, read: s.SplitHosts}, "host", "address of a model server; may be repeated, then samples are spread over all (default: $OLLAMA_HOST, else the local one)")
}

func (s *shell) dbFlag(f *pflag.FlagSet) {
	f.StringVar(&s.set.DB, "db", "", "database of attempts (default: aimo3/aimo3.db in $XDG_DATA_HOME or ~/.local/share)")
}

func (s *shell) noSaveFlag(f *pflag.FlagSet) {
	f.BoolVar(&s.set.NoSave, "no-save", false, "do not save the attempt")
}

func (s *shell) cacheFlags(f *pflag.FlagSet) {
	f.BoolVar(&s.set.NoCache, "no-cache", false, "ignore cached verdicts, and cache nothing")
	s.redisFlag(f)
}

// rateFlag bounds the requests of each key and, of wrong keys, those from each address.
func (s *shell) rateFlag(f *pflag.FlagSet) {
	f.Var(&parsed[int]{strconv.Itoa(limit.DefaultPerMinute), "N", &s.set.Rate, whole(1, 1<<20)}, "rate", "requests a minute that each key may send, an attempt counting as ten, and wrong keys a minute from each address")
}

// screenFlags are those of what draws on a whole terminal.
func (s *shell) screenFlags(f *pflag.FlagSet) {
	f.Var(&parsed[string]{"", "NAME", &s.set.Theme, s.themeName}, "theme", "colours of the screen: auto, night, paper, high-contrast, colour-blind, mono, solarized, tokyo-night, or one of your own: NAME for themes/NAME.json beside your settings (default: auto)")
	f.Var(&parsed[[]string]{"auto", "LIST", &s.set.Announce, announcements}, "announce", "how the terminal announces an attempt: title, progress, bell, notify (if its window is not focused), several joined by commas, none, or auto")
	f.BoolVar(&s.set.NoMouse, "no-mouse", false, "leave the mouse to the terminal, which then selects text without shift")
	s.keysFlag(f)
}

func (s *shell) keysFlag(f *pflag.FlagSet) {
	f.Var(&parsed[string]{"", "LIST", &s.set.Keys, s.keymap}, keysName, "other keys in the app: ACTION=KEY, such as stop all=Z, several joined by commas; aimo3 config keys lists all actions")
}

func (s *shell) plainFlag(f *pflag.FlagSet) {
	f.BoolVar(&s.set.Plain, "plain", false, "plain text, never redrawn; suits screen readers")
}
