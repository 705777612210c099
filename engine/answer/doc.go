// Package answer compares the answers of samples, in pure Go: Normal writes one as
// votes compare it, Parse reads it as mathematics, and Equal says whether two are the
// same.
//
//	a, err := answer.Parse(`\frac{1}{2}`)
//	b, err := answer.Parse("0.5")
//	answer.Equal(a, b, 0).Verdict // value.Equal
//
// Packages below it do the parts: extract finds the answer in what a model wrote, asked
// reads from the problem what an answer must be, tex reads and prints mathematics,
// value decides whether two expressions have one value, and sympy writes what SymPy is
// asked where value does not know.
//
// # What Equal promises
//
// It proves that two answers are equal, or that they differ, or it says that it does
// not know. It never calls two equal because they are close, unless the [Policy] says
// so; but a decimal of three digits stands for what rounds to it: 0.333 is 1/3. Equal is
// symmetric, and an answer is equal to itself. It is not transitive, since
// some answers can be read in two ways: 10% is 0.1 and, marked as lenient, 10. The
// switches of a Policy say which reading holds where graders disagree.
//
// # Errors
//
// Parse takes any text. What is no mathematics is an answer in words, and compared as
// words. Its errors are ErrEmpty and ErrTooLarge.
//
// # Cost
//
// Text of a model is hostile: everything is bounded in bytes, depth, parts and steps.
// One comparison has one allowance of steps, counted and never timed, so that the same
// answers are decided, or not, on every machine.
//
// # Concurrency
//
// Functions keep no state and may be called from many goroutines. An Answer is a
// value.
package answer
