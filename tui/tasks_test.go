package tui

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// task is a row of docs/tasks.md.
type task struct{ from, does, keys, seen string }

func tasks(t *testing.T) []task {
	t.Helper()
	text, err := os.ReadFile("../docs/tasks.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []task
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) == 6 && !strings.HasPrefix(cells[1], "-") && strings.TrimSpace(cells[1]) != "from" {
			all = append(all, task{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3]), strings.TrimSpace(cells[4])})
		}
	}
	return all
}

// able is an Env in which everything can be done.
func able(t *testing.T) screen.Env {
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = tuitest.NewLibrary(tuitest.Attempts(30)...)
	env.Mark = func(_ context.Context, _ engine.AttemptID, r engine.Remark) (engine.Marks, error) {
		m := r(engine.Marks{})
		if m.Expected != "" {
			m.Right = new(m.Expected == "210")
		}
		return m, nil
	}
	env.Export = func(_ context.Context, a engine.Summary, format string) (string, error) {
		return string(a.ID) + "." + format, nil
	}
	saved := []engine.SavedFilter{{Name: "oldest but one", Text: "29 times"}}
	env.SavedFilters = func(context.Context) ([]engine.SavedFilter, error) { return saved, nil }
	env.SaveFilter = func(_ context.Context, name, text string) ([]engine.SavedFilter, error) {
		return append(saved, engine.SavedFilter{Name: name, Text: text}), nil
	}
	env.Settings = someSettings
	env.SetSetting = func(ctx context.Context, name, value string) (engine.Settings, error) {
		now, err := someSettings(ctx)
		i := slices.IndexFunc(now.All, func(s engine.Setting) bool { return s.Key == name })
		now.All[i].Value, now.All[i].Own, now.All[i].Live = value, true, true
		return now, err
	}
	do := func(context.Context, string) error { return nil }
	env.Delete, env.Unload = do, do
	env.Pull = func(context.Context, string, func(engine.Pull)) error { return nil }
	return env
}

// starting is the app on the screen that a task starts from.
func starting(t *testing.T, from string) *App {
	t.Helper()
	for _, r := range Routes(screen.NewKeys()) {
		if r.Name == from {
			return shownIn(t, able(t), r, 80, 24)
		}
	}
	if from != "attempt" {
		t.Fatalf("no screen is called %q", from)
	}
	a := shownIn(t, able(t), Routes(screen.NewKeys())[0], 80, 24)
	problem := engine.Problem{Statement: "What is six times seven?\n\n" + strings.Repeat("It is asked of all. ", 20) + "\n\nThat is the whole."}
	a.push(live.New(a.env, "a", problem))
	a.Update(screen.Arrived{Events: tuitest.Events("a", problem)[:12]})
	return a
}

var keysIn = regexp.MustCompile(`"[^"]*"|\S+`)

// TestTasks does everything in docs/tasks.md.
func TestTasks(t *testing.T) {
	all := tasks(t)
	if len(all) < 30 {
		t.Errorf("%d tasks", len(all))
	}
	for _, task := range all {
		t.Run(task.does, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { task.try(t) })
		})
	}
}

// try does a task, and looks for what is to be seen.
func (task task) try(t *testing.T) {
	const maxKeys = 4
	a, keys := starting(t, task.from), 0
	if strings.Contains(picture(a), task.seen) {
		t.Fatalf("%q is seen before it", task.seen)
	}
	for i, k := range keysIn.FindAllString(task.keys, -1) {
		if text, typed := strings.CutPrefix(k, `"`); typed {
			enter(t, a, strings.TrimSuffix(text, `"`))
			continue
		}
		if i == 0 && k != "?" && k != "f1" {
			t.Errorf("it begins with %s, and not from help", k)
		}
		keys++
		press(t, a, k)
	}
	if keys > maxKeys || !strings.Contains(picture(a), task.seen) {
		t.Errorf("%d keys lead to\n%s\nand %q is not in it", keys, picture(a), task.seen)
	}
}
