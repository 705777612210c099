// Package redis is a tier of package cache in a Redis server, so that programs on
// several machines share what is cached:
//
//	tier, err := redis.New("redis://cache:6379/0", password)
//	defer tier.Close()
//
// New connects to nothing; a server that is down is an error of each call, half a
// second at most, and package cache goes on without it. All keys begin with
// "aimo3:cache:", so that the server may hold other things. What a server sends is
// hostile until checked: values are read up to a bound, and package cache holds them
// to their checksums.
package redis

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

const (
	prefix        = "aimo3:cache:"
	timeout       = 500 * time.Millisecond // of a connection, a request, an answer
	maxConns      = 4
	maxValueBytes = 4 << 20
	// maxKept is shorter than a deleted attempt can be restored: so long the store
	// that had it can tell that it is deleted.
	maxKept  = 6 * 24 * time.Hour
	scanned  = 500       // keys that one request looks at
	maxCount = 1_000_000 // keys looked at to count ours
)

// Tier is a Redis server. Its methods may be called from many goroutines.
type Tier struct {
	client       *goredis.Client
	hits, misses atomic.Uint64
}

// silent takes what the client would write across the screen.
type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

// New returns the server at an address such as redis://user@host:6379/0, or rediss:// for
// TLS. A password in the address counts more than the one beside it, which may be none.
func New(address string, password secure.Secret) (*Tier, error) {
	o, err := goredis.ParseURL(address)
	if err != nil { // it may quote the password
		return nil, &engine.Fault{Class: engine.Invalid, What: "cannot read the address of Redis", Todo: "give it as redis://HOST:PORT/DATABASE"}
	}
	if o.Password == "" {
		o.Password = password.Reveal()
	}
	goredis.SetLogger(silent{})
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = timeout, timeout, timeout, timeout
	o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled = -1, 1, true
	o.PoolSize, o.DisableIdentity = maxConns, true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return &Tier{client: goredis.NewClient(o)}, nil
}

// Name says which server it is.
func (t *Tier) Name() string { return "Redis at " + t.client.Options().Addr }

// Close ends the connections.
func (t *Tier) Close() error { return t.client.Close() }

// Get is what was put under key; nil if nothing was. Of one that is too large only the
// beginning is read.
func (t *Tier) Get(ctx context.Context, key string) ([]byte, error) {
	text, err := t.client.GetRange(ctx, prefix+key, 0, maxValueBytes).Bytes()
	switch {
	case err != nil && !errors.Is(err, goredis.Nil):
		return nil, fault(err)
	case len(text) == 0:
		t.misses.Add(1)
		return nil, nil
	}
	t.hits.Add(1)
	return text, nil
}

// Put keeps a value until its time, for six days at most. The server bounds how much
// it keeps, by its own maxmemory.
func (t *Tier) Put(ctx context.Context, key string, value []byte, _ string, until time.Time) error {
	left := min(time.Until(until), maxKept)
	if left < time.Millisecond || len(value) > maxValueBytes {
		return nil
	}
	return fault(t.client.Set(ctx, prefix+key, value, left).Err())
}

// Clear removes everything that any program has put there.
func (t *Tier) Clear(ctx context.Context) error {
	if err := t.pages(ctx, func(keys []string) error { return t.client.Unlink(ctx, keys...).Err() }); err != nil {
		return fault(fmt.Errorf("cannot clear the cache in %s: %w", t.Name(), err))
	}
	return nil
}

// Figures count what is kept. Hits and misses are those of this program.
func (t *Tier) Figures(ctx context.Context) (f engine.CacheFigures, err error) {
	f.Hits, f.Misses = t.hits.Load(), t.misses.Load()
	err = t.pages(ctx, func(keys []string) error {
		sizes, err := t.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for _, key := range keys {
				p.StrLen(ctx, key)
			}
			return nil
		})
		for _, size := range sizes {
			if n, ok := size.(*goredis.IntCmd); ok && n.Err() == nil {
				f.Entries, f.Bytes = f.Entries+1, f.Bytes+n.Val()
			}
		}
		return err
	})
	return f, fault(err)
}

// pages does something with our keys, some at a time.
func (t *Tier) pages(ctx context.Context, do func(keys []string) error) error {
	for cursor, looked := uint64(0), 0; looked < maxCount; looked += scanned {
		keys, next, err := t.client.Scan(ctx, cursor, prefix+"*", scanned).Result()
		if err == nil && len(keys) > 0 {
			err = do(keys)
		}
		if err != nil {
			return err
		}
		if cursor = next; cursor == 0 {
			break
		}
	}
	return nil
}

// fault is an error of the server's, in words.
func fault(err error) error {
	if err == nil {
		return nil
	}
	todo := "start it, or name another with --cache-redis"
	if goredis.IsAuthError(err) {
		todo = "keep its password with `aimo3 auth set redis`"
	}
	return &engine.Fault{Class: engine.Unreachable, What: err.Error(), Todo: todo}
}
