package serve

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// keyLife is how long an Idempotency-Key stands for the same attempt.
const keyLife = 24 * time.Hour

// The parts of an ID that is made of a key, in characters of five bits.
const (
	periodChars = 10
	keyChars    = 16 // which no two keys share
	bodyChars   = 8
)

// keyedID is the ID of what somebody asks for by a key in the period of a day that holds
// a time. Its beginning, up to prefix, is the same whatever is asked for.
func keyedID(who, key string, asked any, at time.Time) (id engine.AttemptID, prefix string, err error) {
	body, err := json.Marshal(asked)
	if err != nil {
		return "", "", err
	}
	period := at.Truncate(keyLife)
	named, err := json.Marshal([]any{who, key, period.Unix()})
	if err != nil {
		return "", "", err
	}
	prefix = string(engine.NewAttemptID(period)[:periodChars]) + base32(sha256.Sum256(named), keyChars)
	return engine.AttemptID(prefix + base32(sha256.Sum256(body), bodyChars)), prefix, nil
}

// base32 are the first n characters of a digest, as those of an ID.
func base32(digest [32]byte, n int) string {
	const digits = "0123456789abcdefghjkmnpqrstvwxyz"
	out := make([]byte, n)
	for i := range out {
		out[i] = digits[digest[i]&31]
	}
	return string(out)
}

// sameKey looks for the attempt that a key stands for: the ID to give it and the
// beginning of that which is the key's, and whether it is there already. Where the key was
// used for something else, that is the error.
func (s *API) sameKey(ctx context.Context, who, key string, asked any) (id engine.AttemptID, prefix string, here bool, err error) {
	now := s.with.Now()
	for _, at := range []time.Time{now, now.Add(-keyLife)} {
		named, begins, err := keyedID(who, key, asked, at)
		if err != nil {
			return "", "", false, err
		}
		if id == "" {
			id, prefix = named, begins
		}
		found, begun, err := s.keyed(ctx, named, begins)
		switch {
		case err != nil:
			return "", "", false, err
		case found == "" || now.Sub(begun) >= keyLife:
		case found != named:
			return "", "", false, errReused
		default:
			return found, begins, true, nil
		}
	}
	return id, prefix, false, nil
}

// keyed is the attempt whose ID begins so, and when it was begun; "" if there is none.
func (s *API) keyed(ctx context.Context, named engine.AttemptID, prefix string) (engine.AttemptID, time.Time, error) {
	if id, is := s.hub.keyed(prefix); is {
		return id, s.with.Now(), nil
	}
	if _, deleted, err := s.with.Store.Stored(ctx, named); err != nil || deleted {
		if deleted {
			err = problem(409, "deleted", "the attempt of this Idempotency-Key was deleted")
		}
		return "", time.Time{}, err
	}
	a, err := s.with.Store.Attempt(ctx, prefix)
	if engine.ClassOf(err) == engine.Invalid { // there is none, or no one
		return "", time.Time{}, nil
	}
	return a.ID, a.Begun, err
}
