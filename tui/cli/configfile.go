package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/tui/cli/config"
	"github.com/aimo3/aimo3/tui/cli/outfile"
)

func (s *shell) configInitCommand() *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "init",
		Short: "Create your settings file: every setting at its default, commented out",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := s.ownFile()
			if err != nil {
				return err
			}
			if err := s.did(cmd.Context(), "", audit.InitConfig, path, s.makeFile(cmd.Context(), path, force)); err != nil {
				return err
			}
			s.say("wrote %s · change it with `aimo3 config edit`", path)
			return nil
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace an existing file")
	return c
}

// makeFile writes the template to path. Only with force does it replace a file.
func (s *shell) makeFile(ctx context.Context, path string, force bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return ownFault(path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if _, gone := os.Stat(path); errors.Is(err, fs.ErrExist) && errors.Is(gone, fs.ErrNotExist) {
		return usage("create that file, or remove the link", "%s is a link to a file that is not there", path)
	}
	if errors.Is(err, fs.ErrExist) && force {
		return replaceFile(ctx, path, s.template())
	}
	if errors.Is(err, fs.ErrExist) {
		return usage("change it with `aimo3 config edit`, or replace it with --force", "%s exists already", path)
	}
	if err == nil {
		_, err = f.WriteString(s.template())
		if err = errors.Join(err, f.Close()); err != nil {
			_ = os.Remove(path) // only a part of it was written
		}
	}
	if err != nil {
		return ownFault(path, err)
	}
	return nil
}

// replaceFile replaces what an existing file holds. If it fails, the file is as it
// was.
func replaceFile(ctx context.Context, path, text string) error {
	if about, err := os.Stat(path); err == nil && !about.Mode().IsRegular() {
		return usage("move it away", "%s is not a file", path)
	}
	err := outfile.Write(ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return ownFault(path, err)
	}
	return nil
}

func (s *shell) configEditCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "edit",
		Short: "Open your settings file in $VISUAL or $EDITOR, then check it",
		Args:  exactly(0, "no arguments"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return s.edit(cmd.Context()) },
	}
}

func (s *shell) edit(ctx context.Context) error {
	path, err := s.ownFile()
	if err != nil {
		return err
	}
	editor := s.Getenv("VISUAL")
	if editor == "" {
		editor = s.Getenv("EDITOR")
	}
	if strings.TrimSpace(editor) == "" {
		return usage("set VISUAL or EDITOR, or open "+path+" yourself", "no editor is set")
	}
	if !config.Exists(path) {
		if err := s.makeFile(ctx, path, false); err != nil {
			return err
		}
	}
	if err := s.did(ctx, "", audit.EditConfig, path, s.runEditor(ctx, editor, path)); err != nil {
		return usage("check VISUAL and EDITOR", "the editor %s failed: %s", editor, err)
	}
	return s.check(path)
}

// runEditor runs an editor by the shell, for it may have arguments: "code --wait".
// ctrl+c is for the editor: it neither ends this program nor, through ctx, the
// editor.
func (s *shell) runEditor(ctx context.Context, editor, path string) error {
	unread := make(chan os.Signal, 1)
	signal.Notify(unread, syscall.SIGINT, syscall.SIGQUIT)
	defer signal.Stop(unread)
	c := exec.CommandContext(context.WithoutCancel(ctx), "sh", "-c", editor+` "$@"`, "sh", path)
	c.Stdin, c.Stdout, c.Stderr = s.in, s.out.to, s.err
	return c.Run()
}

func (s *shell) configSetCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "set KEY VALUE",
		Short:   "Set a value in your settings file; its comments are kept",
		Example: "  aimo3 config set samples 16\n  aimo3 config set stop four-agree",
		Args:    exactly(2, "a setting's name and a value"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			switch len(args) {
			case 0:
			case 1:
				return s.valuesFor(cmd.Context(), args[0], begun), cobra.ShellCompDirectiveNoFileComp
			default:
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return names(s.settings()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return s.setValue(cmd.Context(), args[0], args[1]) },
	}
}

func (s *shell) setValue(ctx context.Context, key, value string) error {
	_, err := s.put(ctx, key, value, s.recordSet(ctx))
	return err
}

func (s *shell) configUnsetCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "unset KEY",
		Short:   "Take a value out of your settings file; its comments are kept",
		Example: "  aimo3 config unset samples",
		Args:    exactly(1, "a setting's name"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return names(s.settings()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := s.drop(cmd.Context(), args[0], s.recordSet(cmd.Context()))
			return err
		},
	}
}

// recordSet has the audit log of the store that a command would use tell of a change.
func (s *shell) recordSet(ctx context.Context) recordChange {
	return func(key string, err error) error { return s.did(ctx, "", audit.SetConfig, key, err) }
}
