// Package store keeps attempts in one SQLite file: every event of each, as it
// happened, and what lists and searches need to find them again.
//
//	db, err := store.Open(ctx, path, tell)
//	defer db.Close()
//	rec := db.Record(show) // show gets each event once it is on disk
//	verdict, err := solver.Attempt(ctx, id, problem, plan, rec.Put)
//	err = errors.Join(err, rec.Close())
//	events, err := db.Events(ctx, id, 0, 0) // the first 1000
//
// These tables hold it: attempts has one row for each, which is what lists show;
// events has every event, which is appended and never changed; blocks has those of
// attempts that have ended, many to a row and compressed; search is an index of the
// words of those rows, and said one of the words that samples replied or ran. Another,
// cache, holds what can be had again: see [Cache].
//
// What is read back is what was recorded, byte for byte. An open store moves events into
// blocks in the background, block by block, once their attempt has ended, and those
// of attempts that other programs left so. Whatever stops it, as a kill or a full disk,
// leaves each event in one place or the other, and the next DB goes on. Then it puts the
// words of what samples said into the index, a few attempts at a time.
//
// # Order
//
// A [Recorder] hands on what it stored, event for event, in the order it was put and
// from one goroutine. Deltas that wait together are joined first (engine.Append), so
// there are gaps between the numbers of stored events. Put never waits for the disk.
//
// # What survives a crash
//
// Whatever was handed on is on disk: a transaction is synchronised before it counts.
// Text waits at most 100 ms for the next one; any other fact is stored at once. So a
// program that is killed, or a machine that loses power, loses only what nobody was
// shown. An attempt that it cut short has no verdict, and its events can be read;
// DB.Unfinished lists such attempts unless a living process takes them, which a lock
// of the system on a file beside the store tells, and DB.Resume goes on with one.
//
// # Errors
//
// An error is an engine.Fault of class Storage that says what to do, or of class
// Invalid for an attempt that is not there; of a context that ended it wraps the
// error. While the disk is full, what is put is handed on and waits, up to 64 MB of it;
// Recorder.OnNotKept is told when that begins and ends. What still waits at the end is
// written to a file among the temporary ones, which the error of Close names. Any other
// write that fails ends the recording: the next Put gives its error, which ends the
// attempt, so there is never a silent gap. To
// store an event again changes nothing; another event with its number is refused.
//
// # Damage
//
// Rows have checksums. A damaged event is read as a Warning in its place, a damaged
// attempt is marked in lists, and everything else can be read; DB.Damage names what was
// found so far, and DB.Check reads everything. A file of a newer program, or one that
// holds something else, is refused and left as it is. What Unreadable says of an error is
// that nothing of the file can be shown: PutAside renames it, and Recover writes what is
// found in its pages into a new one. DB.Backup copies a store and checks the copy.
// Migrations go forwards only.
//
// # Concurrency
//
// A DB may be used by many goroutines, and one file by several programs: each has one
// connection that writes, and waits while another program holds the lock. OpenToRead
// migrates and removes nothing, and needs no right to write. The file is made readable
// by its owner alone.
package store
