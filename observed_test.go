package main

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestAnAttemptIsMeasured: what programs measured, another one shows, added up,
// and what happened to them.
func TestAnAttemptIsMeasured(t *testing.T) {
	server := fake.NewServer(t, []fake.Step{fake.Say(`So it is \boxed{4}.`), fake.Done()})
	db := filepath.Join(t.TempDir(), "aimo3.db")
	for range 2 { // the second finds the verdict of the first in the database
		process(t, nil, "solve", "--db", db, "--host", server.URL, "--samples", "2", "--tools", "off", "What is two and two?")
	}
	var shown struct {
		Series []struct {
			Series string
			Sum    float64
			Count  int
		}
	}
	out, errs, code := process(t, nil, "metrics", "--json", "--db", db)
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		t.Fatal(err, errs, code)
	}
	if out, errs, code := process(t, nil, "log", "--db", db); code != 0 || strings.Count(out, "start version=") != 2 || !strings.Contains(out, "server found") || strings.Contains(out, "two") {
		t.Errorf("exit code %d, %s, log:\n%s", code, errs, out)
	}
	got := map[string]float64{}
	for _, s := range shown.Series {
		got[s.Series] = s.Sum
		if s.Series == "aimo3_store_commit_seconds" && s.Count < 1 {
			t.Errorf("%d commits of the store were measured", s.Count)
		}
	}
	for series, want := range map[string]float64{`aimo3_attempts_total{outcome="all_ended"}`: 1, `aimo3_samples_total{outcome="finished"}`: 2, "aimo3_lost_events_total": 0, `aimo3_cache_lookups_total{tier="none"}`: 1, `aimo3_cache_lookups_total{tier="database"}`: 1} {
		if got[series] != want {
			t.Errorf("%s is %v, want %v of %v", series, got[series], want, got)
		}
	}
}

// TestWhatIsDoneToTheProgramIsLogged: its own log tells of what changes it, and not of
// what was done to an attempt.
func TestWhatIsDoneToTheProgramIsLogged(t *testing.T) {
	dir := t.TempDir()
	db, own := filepath.Join(dir, "aimo3.db"), []string{"XDG_CONFIG_HOME=" + dir, "AIMO3_DB=" + filepath.Join(dir, "aimo3.db")}
	for _, args := range []string{
		"config set samples 3", "cache clear --db " + db, "db backup --db " + db + " " + filepath.Join(dir, "b.db"),
		"auth key create --name grader --db " + db, "history prune --older-than 9w --db " + db,
	} {
		if _, errs, code := process(t, own, strings.Fields(args)...); code != 0 {
			t.Fatalf("%s: exit code %d, %s", args, code, errs)
		}
	}
	out, errs, code := process(t, nil, "log", "--db", db)
	for _, want := range []string{"did config-set object=samples outcome=done", "did cache-clear", "did db-backup object=" + filepath.Join(dir, "b.db"), "did key-create", "store opened"} {
		if !strings.Contains(out, want) {
			t.Errorf("exit code %d, %s: no %q in\n%s", code, errs, want, out)
		}
	}
}

// TestAServerIsMeasured: a server that is asked shows how it answered, what it runs, and what
// its checks found, of the machine too.
func TestAServerIsMeasured(t *testing.T) {
	model := fake.NewServer(t, []fake.Step{fake.Say(`So it is \boxed{4}.`), fake.Done()})
	_, address := served(t, "127.0.0.1:0", model.URL, filepath.Join(t.TempDir(), "aimo3.db"), "--samples", "1", "--tools", "off")
	ask := func(path string) string {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	resp, err := http.Post("http://"+address+"/v1/chat/completions", "application/json", strings.NewReader(`{"model":"aimo3","messages":[{"role":"user","content":"What is two and two?"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	ask("/v1/attempts/none")
	ask("/readyz")
	got := ask("/metrics")
	for _, want := range []string{
		`aimo3_requests_total{status="200"} 1`, `aimo3_requests_total{status="404"} 1`, `aimo3_requests_total{status="503"} 0`,
		`aimo3_server_attempts{state="running"} 0`, `aimo3_server_attempts{state="waiting"} 0`, `aimo3_failed_attempts_total{class="storage"} 0`,
		`aimo3_check_state{component="database"} 0`, `aimo3_check_state{component="server"} 0`, "aimo3_machine_memory_ratio 0.", "aimo3_machine_disk_ratio 0.",
	} {
		if !strings.Contains(got, "\n"+want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
