package monitor

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestProbeStandsInWithTheLastGoodRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		defer wg.Wait()
		fail := error(nil)
		p := &probe[int]{read: func(context.Context) (int, error) { return 7, fail }}
		look := func(want int, missing string) {
			t.Helper()
			got, why := p.value(t.Context(), time.Now(), wg.Go)
			if got != want || why != missing {
				t.Errorf("at %v: %d, %q, want %d, %q", time.Now(), got, why, want, missing)
			}
			synctest.Wait()
		}
		look(0, Measuring)
		look(7, "")
		fail = errors.New("gone")
		time.Sleep(maxAge)
		look(7, "")
		time.Sleep(time.Millisecond)
		look(0, "gone")
		fail = nil
		look(0, "gone") // this look only starts the read that works again
		look(7, "")
	})
}

func TestProbeStartsNoSecondReadBesideAHungOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		release := make(chan struct{})
		var starts atomic.Int32
		p := &probe[int]{read: func(context.Context) (int, error) {
			starts.Add(1)
			<-release
			return 1, nil
		}}
		for range 20 {
			began := time.Now()
			p.value(t.Context(), began, wg.Go)
			if waited := time.Since(began); waited != 0 {
				t.Fatalf("value waited %v", waited)
			}
			time.Sleep(time.Second)
		}
		if _, why := p.value(t.Context(), time.Now(), wg.Go); starts.Load() != 1 || why != "no answer" {
			t.Errorf("%d starts, %q, want one and no answer", starts.Load(), why)
		}
		close(release)
		wg.Wait()
		if v, why := p.value(t.Context(), time.Now(), wg.Go); v != 1 || why != "" {
			t.Errorf("after the answer: %d, %q", v, why)
		}
		wg.Wait()
	})
}

func TestProbeKeepsItsDistanceAndItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		var starts atomic.Int32
		p := &probe[int]{interval: 2 * time.Second, timeout: time.Second, read: func(ctx context.Context) (int, error) {
			starts.Add(1)
			<-ctx.Done()
			return 0, ctx.Err()
		}}
		why := ""
		for range 10 {
			_, why = p.value(t.Context(), time.Now(), wg.Go)
			time.Sleep(time.Second)
		}
		if starts.Load() != 5 || why != "no answer within 1s" {
			t.Errorf("%d starts in 10 s, %q, want 5 and the limit named", starts.Load(), why)
		}
		wg.Wait()
	})
}
