package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWheels: for every system there is one wheel of each package, the one with
// the code of its machines.
func TestWheels(t *testing.T) {
	for system, want := range map[string]string{
		"linux/amd64": "manylinux_2_28_x86_64", "linux/arm64": "manylinux_2_28_aarch64",
		"darwin/amd64": "macosx_10_15_x86_64", "darwin/arm64": "macosx_11_0_arm64",
	} {
		names, native := map[string]bool{}, 0
		for _, p := range wheelsOf(system) {
			name, _, _ := strings.Cut(p.file, "-")
			names[name] = true
			if strings.HasSuffix(p.file, want+".whl") {
				native++
			}
			if len(p.sum) != hex.EncodedLen(sha256.Size) {
				t.Errorf("%s has the sum %q", p.file, p.sum)
			}
		}
		if !maps.Equal(names, map[string]bool{"mpmath": true, "sympy": true, "numpy": true}) || len(wheelsOf(system)) != 3 || native != 1 {
			t.Errorf("%s gets %v", system, wheelsOf(system))
		}
	}
}

// tools are the programs that the script may find: no Python.
var tools = []string{"bash", "env", "dirname", "mktemp", "rm", "mkdir", "mv", "curl", "grep", "cut", "sha256sum"}

// workshop is a copy of what deploy/embed.sh works on, and an index to fetch
// from. It has no Python, and a Go that has every module.
func workshop(t *testing.T, files map[string]string) (dir string, environ []string) {
	t.Helper()
	dir = t.TempDir()
	bin, home := filepath.Join(dir, "bin"), filepath.Join(dir, "engine/compute/python/embedded")
	script, err := os.ReadFile("../../../../deploy/embed.sh")
	if err != nil {
		t.Fatal(err)
	}
	var pinned strings.Builder
	for line := range strings.Lines(pins) {
		_, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sum := sha256.Sum256([]byte("this is " + name))
		_, _ = fmt.Fprintf(&pinned, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	}
	for _, d := range []string{bin, home, filepath.Join(dir, "deploy")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range map[string]string{
		"deploy/embed.sh": string(script),
		"engine/compute/python/embedded/wheels.sha256": pinned.String(),
		"bin/go": "#!/bin/sh\ncase $* in *GOOS) echo linux ;; *GOARCH) echo amd64 ;; *) echo here ;; esac\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, tool := range tools {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Skipf("NOTHING IS FETCHED: %v", err)
		}
		if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
			t.Fatal(err)
		}
	}
	return dir, []string{"PATH=" + bin, "TMPDIR=" + dir, "PIP_INDEX_URL=" + index(t, files)}
}

// index serves files as a package index does.
func index(t *testing.T, files map[string]string) string {
	t.Helper()
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	mux.HandleFunc("/simple/{name}/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "application/vnd.pypi.simple.v1+json" {
			w.WriteHeader(http.StatusNotAcceptable)
		}
		_, _ = fmt.Fprint(w, `{"files":[{"filename":"other","url":"`+s.URL+`/files/other"}`)
		for name := range files {
			if strings.HasPrefix(name, r.PathValue("name")) {
				_, _ = fmt.Fprintf(w, `,{"filename":%q,"hashes":{},"url":"%s/files/ab/%s"}`, name, s.URL, name)
			}
		}
		_, _ = fmt.Fprint(w, `]}`)
	})
	mux.HandleFunc("/files/ab/{name}", func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprint(w, files[r.PathValue("name")])
	})
	return s.URL + "/simple"
}

// TestFetch runs the script that decides whether a Python is built in and
// fetches what that takes.
func TestFetch(t *testing.T) {
	good := map[string]string{}
	for _, p := range wheelsOf("linux/amd64") {
		good[p.file] = "this is " + p.file
	}
	forged, lacking := maps.Clone(good), maps.Clone(good)
	forged["sympy-1.14.0-py3-none-any.whl"] = "this is another"
	delete(lacking, "sympy-1.14.0-py3-none-any.whl")
	for _, c := range []struct {
		name  string
		files map[string]string
		embed string
		fails bool
		tag   string
		says  string
	}{
		{"none is here: one is built in", good, "", false, "embedpy", "has no Python 3.9"},
		{"one is asked for", good, "1", false, "embedpy", "fetching SymPy"},
		{"none is wanted", good, "0", false, "", ""},
		{"another file than the one pinned", forged, "", false, "", "not what"},
		{"another, and one is asked for", forged, "1", true, "", "not what"},
		{"a file is missing", lacking, "", false, "", "building without"},
		{"nothing can be fetched", nil, "1", true, "", "cannot be had"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, environ := workshop(t, c.files)
			var said strings.Builder
			cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "deploy/embed.sh"))
			cmd.Env, cmd.Stderr = append(environ, "EMBED="+c.embed), &said
			tag, err := cmd.Output()
			if (err != nil) != c.fails || strings.TrimSpace(string(tag)) != c.tag || !strings.Contains(said.String(), c.says) {
				t.Errorf("tag %q, %v, want %q; it says\n%s", tag, err, c.tag, &said)
			}
			want := maps.Clone(good)
			if c.tag == "" {
				clear(want)
			}
			got, _ := filepath.Glob(filepath.Join(dir, "engine/compute/python/embedded/wheels/*"))
			for _, path := range got {
				delete(want, filepath.Base(path))
			}
			if c.tag == "" && len(got) > 0 || len(want) > 0 || len(got) > len(good) {
				t.Errorf("the build would find %v, and lack %v", got, want)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "tmp.*")); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		})
	}
}
