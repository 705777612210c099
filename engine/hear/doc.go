// Package hear parts what a model streams: hidden reasoning from the reply
// ([Splitter]), code to run from the text around it ([Fences]), a model that says the
// same again and again from one that goes on ([Loop]), and the calls that a reply ends
// with from what it says before them ([Calls]).
//
//	f := &hear.Fences{
//		Say:   func(c engine.Channel, text string) { fmt.Printf("%s: %q\n", c, text) },
//		Found: func(code string) { stop() },
//	}
//	f.Feed("I count them.\n```python\nprint(6")
//	f.Feed("*7)\n```\nThe output is 41.")
//	f.Flush()
//
// says "I count them.\n" on the channel engine.Reply and "print(6*7)\n", in parts, on
// engine.Writing, and calls Found with that code. It looks at nothing after the block:
// the output there is one that the model has made up.
//
// # Order
//
// Functions such as Say are called from within Feed and Flush, in the order of the
// text. Text may be cut anywhere between two calls of Feed; what is said does not
// depend on where, but for how it is cut. Only text that may be the beginning of a
// mark is held back, until more text comes or Flush says that there is none.
//
// # Calls written as text
//
// A server that does not know how a model writes its calls leaves them in the reply.
// [Calls] has one rule for all the ways to write them: a reply that ends with a call
// wants it run, also if it is nothing else. If text follows, the model has gone on to
// its answer, and nothing is run; nor is what is only quoted in reasoning. What the
// arguments of a call hold is read by [Argument], for calls of every kind alike.
//
// # Errors
//
// Any text is legal, and what is not marked properly is text of the reply. A block
// without an end is no code to run. Only [Argument] has an error, for a model to be told.
//
// # Concurrency and memory
//
// A value is for one reply, a Loop for one sample, and each for one goroutine. Say,
// Found and Rewind must be set; else the zero values are ready. Fences keeps the reply
// up to the end of the block; a Splitter keeps at most a tag, a Loop 4 KB.
package hear
