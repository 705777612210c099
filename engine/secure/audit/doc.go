// Package audit is a log of who did what, when, by which front end, and what came of it,
// of which it shows if somebody changed it afterwards.
//
//	log := audit.New(audit.Options{Rows: db.Audit(), KeyFile: key, Second: file, Who: "ann", FrontEnd: "cli"})
//	defer log.Close()
//	err = log.Did(ctx, audit.Delete, string(id), db.Delete(ctx, id))
//
// A [Record] names things by their IDs. It holds no secret, no problem and no answer.
// Records are hashed into a tree (golang.org/x/mod/sumdb/tlog), whose hashes are kept
// beside them, and checkpoints sign its root: one with the first record, and then at
// the latest after 1000 records, after a minute, and when a Log is closed. Each
// checkpoint is kept with the records, and in a second place.
//
// # Order, concurrency and crashes
//
// A record is kept in a transaction with its hashes, so several programs may append to one
// log, and a crash leaves it whole. What was added before a method returned is on disk. A
// Log may be used from many goroutines; a nil one takes everything and keeps nothing.
//
// # What cannot be kept
//
// What is done goes on though it cannot be recorded: Options.Warn is told, once for each
// record. Without its key the log goes on without checkpoints, and Warn is told.
//
// # What is found
//
// [Verify] makes every hash anew from the bytes of the records, since the inner hashes alone
// would not notice a changed leaf. It finds a changed, missing, moved or added record, as
// long as a checkpoint that signed it is left somewhere. The latest records, which no
// checkpoint has signed yet, can be cut off unnoticed, and so can others together with
// every checkpoint of them: therefore the second place.
package audit
