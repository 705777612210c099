package cli_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to look into the files
)

// numbering answers as Ollama does, each problem with its number, and tells asked of every
// request: the problem's number and the sample's seed.
func numbering(t *testing.T, asked func(number, seed int)) string {
	t.Helper()
	find := regexp.MustCompile(`number (\d+)`)
	mux := http.NewServeMux()
	for path, body := range map[string]string{
		"GET /api/version": `{"version":"0.17.4"}`,
		"GET /api/tags":    `{"models":[{"name":"quick:1b","model":"quick:1b","digest":"d1","size":1000000,"details":{"family":"quick"}}]}`,
		"POST /api/show":   `{"details":{"family":"quick"},"model_info":{"general.architecture":"quick","quick.context_length":4096},"capabilities":["completion"]}`,
		"GET /api/ps":      `{"models":[{"name":"quick:1b","model":"quick:1b","digest":"d1"}]}`,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		})
	}
	mux.HandleFunc("POST /api/chat", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		var ask struct{ Options struct{ Seed int } }
		found := find.FindSubmatch(text)
		if json.Unmarshal(text, &ask) != nil || found == nil {
			http.Error(w, "no problem", http.StatusBadRequest)
			return
		}
		var number int
		_, _ = fmt.Sscan(string(found[1]), &number)
		asked(number, ask.Options.Seed)
		w.Header().Set("Content-Type", "application/x-ndjson")
		for _, piece := range []string{"so ", "it ", "is ", fmt.Sprintf(`\\boxed{%d}`, number)} {
			_, _ = fmt.Fprintf(w, `{"model":"quick:1b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"%s"},"done":false}`+"\n", piece)
			w.(http.Flusher).Flush() //nolint:forcetypeassert // the test server's is one
			select {
			case <-r.Context().Done():
				return
			case <-time.After(5 * time.Millisecond): // as long as a model takes
			}
		}
		_, _ = io.WriteString(w, `{"model":"quick:1b","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":4,"prompt_eval_count":9}`+"\n")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// samples are those that a queue holds, each by its problem's number and its seed.
func samples(t *testing.T, path string) map[[2]int]bool {
	t.Helper()
	all := map[[2]int]bool{}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `SELECT problem, sample FROM samples`)
	if err != nil {
		if strings.Contains(err.Error(), "no such table") { // it was killed before it made one
			return all
		}
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var at [2]int
		if err := rows.Scan(&at[0], &at[1]); err != nil {
			t.Fatal(err)
		}
		at[0] += 100
		all[at] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// aged makes the workers of a queue silent for long.
func aged(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `UPDATE workers SET beat = 0`); err != nil && !strings.Contains(err.Error(), "no such table") {
		t.Fatal(err)
	}
}

// TestBatchSurvivesKills: a run that is killed at random, again and again, goes on by the
// same command; no sample that had ended is asked for again, and in the end all is there,
// once. STORE_KILLS sets how often.
func TestBatchSurvivesKills(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program: left out by -short")
	}
	const problems, each = 15, 4
	var mu sync.Mutex
	ended, again, ask := map[[2]int]bool{}, 0, make(chan struct{}, 1)
	host := numbering(t, func(number, seed int) {
		mu.Lock()
		if ended[[2]int{number, seed}] {
			again++
		}
		mu.Unlock()
		select {
		case ask <- struct{}{}:
		default:
		}
	})
	path, home := build(t), t.TempDir()
	set, out, queue := filepath.Join(home, "set.csv"), filepath.Join(home, "submission.csv"), filepath.Join(home, ".local/share/aimo3/aimo3.db-queue")
	table, want := "id,problem,answer\n", "id,answer\n"
	for i := range problems {
		table += fmt.Sprintf("p%d,What is the number %d?,%d\n", i, 100+i, 100+i)
		want += fmt.Sprintf("p%d,%d\n", i, 100+i)
	}
	if err := os.WriteFile(set, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func() *exec.Cmd {
		return program(t, path, home, "batch", set, "--host", host, "--samples", fmt.Sprint(each), "--stop", "none", "--parallel", "3", "--tools", "off", "-o", out)
	}
	killed := 0
	for range kills(8) {
		killed += killedAfter(t, command(), ask, 1+rand.IntN(12))
		mu.Lock()
		ended = samples(t, queue)
		mu.Unlock()
		aged(t, queue)
	}
	t.Logf("%d kills; %d of %d samples had ended then", killed, len(ended), problems*each)
	if said, err := command().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if again > 0 || len(samples(t, queue)) != problems*each {
		t.Errorf("%d samples were asked for that had ended; %d are there", again, len(samples(t, queue)))
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != want {
		t.Errorf("submission %q, %v", got, err)
	}
	list, err := program(t, path, home, "history", "list", "--json").Output()
	if n := strings.Count(string(list), `"verdict": {`); err != nil || n != problems {
		t.Errorf("%d attempts are kept, %v\n%s", n, err, list)
	}
}

// killedAfter kills a command after so many requests of it, and says whether it still ran.
func killedAfter(t *testing.T, cmd *exec.Cmd, ask <-chan struct{}, requests int) (killed int) {
	t.Helper()
	select { // one of the command before
	case <-ask:
	default:
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	for range requests {
		select {
		case <-ask:
		case err := <-gone: // it was over
			if err != nil {
				t.Fatal(err)
			}
			return 0
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-gone; err == nil { // just before
		return 0
	}
	return 1
}
