package redis_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/cache/redis"
	"github.com/aimo3/aimo3/engine/cache/redis/redistest"
	"github.com/aimo3/aimo3/engine/secure"
)

func tier(t *testing.T, address string) *redis.Tier {
	t.Helper()
	r, err := redis.New(address, secure.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// TestTier: two programs share what either keeps, values have their time, and nothing
// of others is touched.
func TestTier(t *testing.T) {
	s := redistest.Start(t)
	one, other := tier(t, s.URL), tier(t, s.URL+"/0")
	if err := one.Put(t.Context(), "k", []byte("value"), "a1", time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"k": "value", "nothing": ""} {
		if got, err := other.Get(t.Context(), key); string(got) != want || err != nil {
			t.Errorf("%s is %q, %v; want %q", key, got, err, want)
		}
	}
	for until, want := range map[time.Duration]int{time.Hour: 3600, 300 * 24 * time.Hour: 518400, -time.Second: -2} {
		key := fmt.Sprint("ttl ", until)
		if err := one.Put(t.Context(), key, []byte("x"), "", time.Now().Add(until)); err != nil {
			t.Fatal(err)
		}
		if got, err := strconv.Atoi(s.Do("TTL", "aimo3:cache:"+key)); err != nil || got > want || got < want-1800 {
			t.Errorf("TTL of %s is %d, %v; want %d, or what a busy machine leaves of it", until, got, err, want)
		}
	}
	s.Do("SET", "somebody's", "own")
	f, err := other.Figures(t.Context())
	if err != nil || f.Entries != 3 || f.Bytes != 7 || f.Hits != 1 || f.Misses != 1 {
		t.Errorf("figures %+v, %v", f, err)
	}
	if err := other.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.Do("KEYS", "*"); got != "somebody's" {
		t.Errorf("left after it was cleared: %q", got)
	}
}

// TestHostileValues: a value that is too large, of another kind or bent is a miss.
func TestHostileValues(t *testing.T) {
	s := redistest.Start(t)
	var told []string
	o := cache.Options[string, string]{Name: "test", Text: func(k string) string { return k }, Tiers: []cache.Tier{tier(t, s.URL)}, Warn: func(line string) { told = append(told, line) }}
	for name, args := range map[string][]string{
		"none":     {"PING"},
		"short":    {"SET", "aimo3:cache:test/0/k", "x"},
		"nonsense": {"SET", "aimo3:cache:test/0/k", strings.Repeat("x", 100)},
		"huge":     {"SETRANGE", "aimo3:cache:test/0/k", "8000000", "x"},
	} {
		s.Do(args...)
		if v, _, ok := cache.New(o).Look(t.Context(), "k"); ok || len(told) > 0 {
			t.Errorf("%s: %q, told %q", name, v, told)
		}
	}
	cache.New(o).Put(t.Context(), "k", "good", "")
	if v, from, _ := cache.New(o).Look(t.Context(), "k"); v != "good" || !strings.HasPrefix(from, "Redis at 127.0.0.1:") {
		t.Errorf("%q from %q", v, from)
	}
}

// TestDown: a server that is not there, is killed or hangs is one warning, and the
// tiers that are left answer.
func TestDown(t *testing.T) {
	hanging, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hanging.Close() })
	s := redistest.Start(t)
	killed := tier(t, s.URL)
	if err := killed.Put(t.Context(), "k", []byte("x"), "", time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	for name, r := range map[string]*redis.Tier{"killed": killed, "not there": tier(t, "redis://127.0.0.1:1"), "hanging": tier(t, "redis://"+hanging.Addr().String())} {
		var told []string
		c := cache.New(cache.Options[string, int]{Name: "test", Text: func(k string) string { return k }, Tiers: []cache.Tier{r}, Warn: func(line string) { told = append(told, line) }})
		for i := range 10 {
			c.Put(t.Context(), fmt.Sprint(i), i, "")
			if v, from, ok := c.Look(t.Context(), fmt.Sprint(i)); v != i || from != cache.Memory || !ok {
				t.Fatalf("%s: %d from %q", name, v, from)
			}
		}
		if len(told) != 1 || !strings.Contains(told[0], "cannot be used") {
			t.Errorf("%s: told %q, want one warning", name, told)
		} else if strings.Count(told[0], "connection refused") > 1 {
			t.Errorf("%s: told the cause twice: %s", name, told[0])
		}
		if _, err := r.Figures(context.Background()); engine.ClassOf(err) != engine.Unreachable {
			t.Errorf("%s: figures fail with %v", name, err)
		}
	}
}

// TestAddress: one that cannot be read is refused, and its password told nobody.
func TestAddress(t *testing.T) {
	for _, address := range []string{"", "localhost:6379", "http://u:sEcret@host", "redis://u:sEcret@host:port", "redis://:sEcret@host/0?nonsense=1"} {
		_, err := redis.New(address, secure.Secret{})
		if engine.ClassOf(err) != engine.Invalid || strings.Contains(fmt.Sprint(err), "sEcret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestSilent: the client writes nothing of its own across the screen.
func TestSilent(t *testing.T) {
	if os.Getenv("AIMO3_TEST_SILENT") != "" {
		r := tier(t, "redis://127.0.0.1:1")
		_, _ = r.Get(t.Context(), "k")
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestSilent$") //nolint:gosec // this test itself
	cmd.Env = append(os.Environ(), "AIMO3_TEST_SILENT=1")
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil || said.Len() > 0 {
		t.Errorf("%v; said %q", err, &said)
	}
}
