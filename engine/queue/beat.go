package queue

import (
	"context"
	"database/sql"
	"time"
)

// A worker beats while it lives. River knows of no dead workers: their jobs would run for
// ever, or until a job may have taken its longest. So jobs of a worker that was silent for
// maxSilence are taken from it, within a minute of its last beat; and should it be alive
// after all, what it comes to say of them is late (see worker.keep).
const (
	beatInterval = 15 * time.Second
	maxSilence   = 40 * time.Second
	oldWorkers   = 24 * time.Hour // after which one is forgotten
)

// riverTime is how River writes times in SQLite.
const riverTime = "2006-01-02 15:04:05.000"

// beat says that a worker lives, and takes the jobs of silent ones from them: it says how
// many. Another job is then made for each of their samples by fill.
func (q *Queue) beat(ctx context.Context, client string) (freed int64, err error) {
	now := q.now().UTC()
	err = q.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO workers (client, beat) VALUES (?, ?) ON CONFLICT (client) DO UPDATE SET beat = excluded.beat`, client, now.UnixMilli())
		if err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'cancelled', finalized_at = ?
			WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM workers WHERE client = attempted_by ->> '$[#-1]' AND beat >= ?)`,
			now.Format(riverTime), now.Add(-maxSilence).UnixMilli())
		if err != nil {
			return err
		}
		if freed, err = done.RowsAffected(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM workers WHERE beat < ?`, now.Add(-oldWorkers).UnixMilli())
		return err
	})
	if freed > 0 && err == nil {
		q.log.Info("samples of silent workers freed", "samples", freed)
	}
	return freed, q.fault("write to", err)
}

// leave says that a worker has stopped in good order: nothing is kept of it.
func (q *Queue) leave(ctx context.Context, client string) error {
	_, err := q.db.ExecContext(ctx, `DELETE FROM workers WHERE client = ?`, client)
	return q.fault("write to", err)
}
