package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const (
	cacheSince        = 3        // version in which there is a cache
	maxCacheBytes     = 32 << 20 // of all values and what goes with them
	cacheRowBytes     = 200      // that a row counts for besides its key and value
	maxPendingTouches = 256      // uses that are remembered between two transactions
)

// Cache keeps in the database what can be had again; it is a tier of package cache.
// A value about an attempt goes as soon as that is deleted. Uses and counts are
// written with the next value, or when the store is closed: to ask costs no sync.
type Cache struct {
	db       *DB
	maxBytes int64

	mu           sync.Mutex
	touched      map[string]string // when keys were last asked for, since it was written
	hits, misses uint64            // likewise
}

// Cache is the cache of this store. It is there also where the store was opened only
// to be read, and then keeps nothing.
func (d *DB) Cache() *Cache { return d.cache }

func newCache(d *DB) *Cache {
	return &Cache{db: d, maxBytes: maxCacheBytes, touched: map[string]string{}}
}

// Name says what it is.
func (c *Cache) Name() string { return "the database" }

// Get is what was put under key; nil if nothing was, or its time is over.
func (c *Cache) Get(ctx context.Context, key string) (value []byte, err error) {
	if c.db.version < cacheSince {
		return nil, nil
	}
	now := stamped(time.Now())
	err = c.db.reader.QueryRowContext(ctx, `SELECT value FROM cache WHERE key = ? AND until > ?`, key, now).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return nil, fault(c.db.path, "read the cache in", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if value == nil {
		c.misses++
		return nil, nil
	}
	c.hits++
	if len(c.touched) < maxPendingTouches {
		c.touched[key] = now
	}
	return value, nil
}

// Put keeps a value until its time is over or there is no room for it. If it is about
// an attempt, that must be stored and not deleted; else nothing is kept.
func (c *Cache) Put(ctx context.Context, key string, value []byte, of string, until time.Time) error {
	size := int64(len(key) + len(value) + cacheRowBytes)
	if c.db.writer == nil || size > c.maxBytes {
		return nil
	}
	err := c.db.inTx(ctx, 1, func(tx *sql.Tx) error {
		if err := c.flush(ctx, tx); err != nil {
			return err
		}
		now := stamped(time.Now())
		if _, err := tx.ExecContext(ctx, `DELETE FROM cache WHERE until <= ?`, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO cache (key, attempt, until, used, size, value)
			SELECT ?1, nullif(?2, ''), ?3, ?4, ?5, ?6
			WHERE ?2 = '' OR EXISTS (SELECT 1 FROM attempts WHERE id = ?2 AND deleted_at IS NULL)
			ON CONFLICT (key) DO UPDATE SET attempt = excluded.attempt, until = excluded.until, used = excluded.used,
				size = excluded.size, value = excluded.value`, key, of, stamped(until), now, size, value)
		if err != nil {
			return err
		}
		return c.evict(ctx, tx)
	})
	return fault(c.db.path, "write the cache in", err)
}

// evict removes what was used longest ago until the rest has room.
func (c *Cache) evict(ctx context.Context, tx *sql.Tx) error {
	done, err := tx.ExecContext(ctx, `DELETE FROM cache WHERE (SELECT sum(size) FROM cache) > ?1 AND n IN (
		SELECT n FROM (SELECT n, sum(size) OVER (ORDER BY used DESC, n DESC) AS through FROM cache) WHERE through > ?1)`, c.maxBytes)
	if err != nil {
		return err
	}
	gone, err := done.RowsAffected()
	if err == nil && gone > 0 {
		_, err = tx.ExecContext(ctx, `UPDATE cache_counts SET evictions = evictions + ?`, gone)
	}
	return err
}

// flush writes what was asked for since the last time.
func (c *Cache) flush(ctx context.Context, tx *sql.Tx) error {
	c.mu.Lock()
	touched, hits, misses := c.touched, c.hits, c.misses
	c.touched, c.hits, c.misses = map[string]string{}, 0, 0
	c.mu.Unlock()
	if hits+misses == 0 {
		return nil
	}
	for key, at := range touched {
		if _, err := tx.ExecContext(ctx, `UPDATE cache SET used = ? WHERE key = ?`, at, key); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE cache_counts SET hits = hits + ?, misses = misses + ?`, int64(hits), int64(misses)) //nolint:gosec // counts
	return err
}

// close writes what is left to write, if that can be had at once: it is no loss.
func (c *Cache) close(ctx context.Context) {
	if c.db.writer != nil {
		_ = c.db.inTx(ctx, 1, func(tx *sql.Tx) error { return c.flush(ctx, tx) })
	}
}

// Clear removes every value, and begins to count anew.
func (c *Cache) Clear(ctx context.Context) error {
	err := c.db.inTx(ctx, 1, func(tx *sql.Tx) error {
		if err := c.flush(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM cache`); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE cache_counts SET hits = 0, misses = 0, evictions = 0`)
		return err
	})
	return fault(c.db.path, "clear the cache in", err)
}

// Figures count what is kept, and what was asked for since the cache was last cleared.
func (c *Cache) Figures(ctx context.Context) (f engine.CacheFigures, err error) {
	f.MaxBytes = c.maxBytes
	if c.db.version < cacheSince {
		return f, nil
	}
	err = c.db.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM cache), (SELECT coalesce(sum(size), 0) FROM cache),
		hits, misses, evictions FROM cache_counts`).Scan(&f.Entries, &f.Bytes, &f.Hits, &f.Misses, &f.Evictions)
	c.mu.Lock()
	defer c.mu.Unlock()
	f.Hits, f.Misses = f.Hits+c.hits, f.Misses+c.misses
	return f, fault(c.db.path, "count the cache in", err)
}

// Stored says whether an attempt is here, by its whole ID, and whether it is deleted.
func (d *DB) Stored(ctx context.Context, id engine.AttemptID) (here, deleted bool, err error) {
	err = d.reader.QueryRowContext(ctx, `SELECT deleted_at IS NOT NULL FROM attempts WHERE id = ?`, id).Scan(&deleted)
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	return err == nil, deleted, fault(d.path, "find an attempt in", err)
}
