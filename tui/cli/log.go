package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
)

// What --log says in place of a file's name.
const (
	logOnErr = "-"
	logOff   = "off"
)

// logFlags are where the log goes, and how much of it there is.
func (s *shell) logFlags(f *pflag.FlagSet) {
	s.logFlag(f)
	f.Var(&parsed[slog.Level]{"info", "LEVEL", &s.set.LogLevel, logLevel}, "log-level", "lowest level to log: debug (with problems and replies), info, warn, error")
	f.BoolVar(&s.set.Debug, "debug", false, "log at level debug, and every event and message of the screen")
}

func (s *shell) logFlag(f *pflag.FlagSet) {
	f.StringVar(&s.set.Log, "log", "", "file of the log, - for standard error, or off (default: aimo3.log beside the database)")
}

func logLevel(s string) (level slog.Level, err error) {
	switch strings.ToLower(s) {
	case "debug", "info", "warn", "error":
		return level, level.UnmarshalText([]byte(s))
	}
	return level, fmt.Errorf("%q is not debug, info, warn or error", s)
}

// logFile is the path of the log; "" if it goes to no file.
func (s *shell) logFile() string {
	switch {
	case s.set.Log == logOnErr, s.set.Log == logOff:
		return ""
	case s.set.Log != "":
		return s.set.Log
	case s.set.NoSave || s.place() != nil:
		return ""
	}
	return filepath.Join(filepath.Dir(s.set.DB), "aimo3.log")
}

// openLog begins the log of a command that attempts problems. Only a log that was
// asked for, and cannot be had, ends the command.
func (s *shell) openLog(cmd *cobra.Command) error {
	level := s.set.LogLevel
	if s.set.Debug {
		level = engine.Dump
	}
	path := s.logFile()
	switch {
	case s.set.Log == logOnErr:
		s.Log.OpenTo(s.err, level)
	case path == "":
		if s.set.Debug {
			s.say("warning: nothing is logged · name a file with --log")
		}
	case s.set.Log == "":
		if at, err := os.Stat(s.set.DB); err == nil && !at.Mode().IsRegular() {
			break // it is no place for anything of ours
		}
		if s.hasFolder(s.set.DB) == nil && os.MkdirAll(filepath.Dir(path), 0o700) == nil { // as the store would
			_ = s.Log.Open(path, level)
		}
	case s.ofDatabase(path):
		return usage("name another file with --log", "%s is the database of attempts", path)
	default:
		if err := s.Log.Open(path, level); err != nil {
			return fault(bare(err), "cannot write the log "+path, "check its folder and permissions, or name another file with --log")
		}
	}
	s.logStart(cmd)
	return nil
}

// logStart tells what the program is and what was set, and where. Settings at their
// default are left out.
func (s *shell) logStart(cmd *cobra.Command) {
	var set []any
	settings := s.settings()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		from := "flag"
		v, said := s.said.Value(f.Name)
		if settings.Lookup(f.Name) == nil || !f.Changed && !said {
			return
		}
		if !f.Changed {
			from = v.From.String()
		}
		set = append(set, slog.Group(f.Name, "value", s.valueShown(f), "from", from))
	})
	v := built()
	s.Log.Log().Info("start", "version", v.Version, "commit", v.Commit, "system", v.System, "pid", os.Getpid(), "command", cmd.CommandPath(), slog.Group("settings", set...))
}

// closeLog tells how a command ended.
func (s *shell) closeLog(code int, err error) {
	log := s.Log.Log()
	if f := failureOf(err); f == nil || f.Class == interrupted {
		log.Info("end", "code", code)
	} else {
		log.Error("end", "code", code, "class", f.Class)
		log.Debug("fault", "class", f.Class, "what", f.What) // which may quote a model
	}
	_ = s.Log.Close() // every line of it was written, or was lost
}

// checkLog says where the log is. It makes none.
func (s *shell) checkLog() finding {
	f := finding{Component: "log", State: pass}
	path := s.logFile()
	switch {
	case s.set.Log == logOff:
		f.What = "off"
		return f
	case s.set.Log == logOnErr:
		f.What = "on standard error"
		return f
	case path == "":
		f.State, f.What, f.Todo = warn, "none: there is no place for it", "name a file with --log"
		return f
	case s.ofDatabase(path):
		f.State, f.What, f.Todo = fail, path+" is the database of attempts", "name another file with --log"
		return f
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|syscall.O_NONBLOCK, 0)
	switch {
	case err == nil:
		f.What = path
		_ = file.Close()
	case errors.Is(err, os.ErrNotExist):
		f.What = path + " will be created with the first attempt"
	default:
		f.State, f.What, f.Todo = warn, path+" cannot be written: "+bare(err).Error(), "check its permissions, or name another file with --log"
	}
	return f
}
