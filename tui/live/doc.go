// Package live is the screen that shows one attempt: while it runs, and again
// from the store at any speed. Both are a fold over the same events and are
// drawn by the same code; they differ in where the events come from.
//
// [New] shows an attempt of this app, whose events the app hands to every screen; [Follow]
// one that another process takes, read from the store as it grows; [Replay] one that has
// ended, by a player with a speed, pause, steps and a place to jump to. What is folded is an
// engine.Progress; beside it the screen keeps only what a person chose and what was drawn
// before: a transcript for each sample, in which finished blocks are never drawn again.
//
// In view are the problem, one sample's transcript or several side by side, all samples in
// a strip, the votes and the answer, and the machine's load. Without a choice the screen
// follows what matters: the sample that speaks, in the end one that has the answer.
//
// Steering (a hint, another rule, more samples, stop) is a wish: a dialog asks for it, a
// function of screen.Env carries it out, and the screen shows it once the event comes, or why
// it was refused. An answer has its tick only where the verdict has no doubt
// ([engine.Verdict.Doubt]).
package live
