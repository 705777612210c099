package prompt

import "fmt"

// code is what is said to a model of the code that it can have run; "" if none can.
func (t telling) code() string {
	switch {
	case !t.Code:
		return ""
	case t.Calls:
		return "Compute and check with the `python` tool." + t.notebook()
	}
	return "You can have code run. Write one complete block, such as\n\n" +
		"```python\nsum(n for n in range(1000) if n % 7 == 3)\n```\n\n" +
		"and end your message there: the block is run, and the next message is its output. Never write an output yourself." + t.notebook()
}

// notebook is what holds for code however it is asked for.
func (t telling) notebook() string {
	libraries := "Only the standard library is there, no SymPy: math, itertools, fractions, functools, collections."
	if t.SymPy {
		libraries = "The standard library and SymPy are there: sympy (factorint, divisors, solve, Poly, Matrix), math, itertools, fractions, functools."
	}
	return " The session is a notebook: names stay from one cell to the next, and the value of a cell's last expression is shown without `print`." +
		fmt.Sprintf(" You have %d cells of at most %s each, %s in all; up to %d characters of an output are shown.", t.Cells, t.Cell, t.Total, t.Shown) +
		" An error does not end the session: mend the code and go on. " + libraries +
		"\n\nThink first, then compute. Estimate what a search costs before you run it, and search only what is bounded."
}

// check is what the answer is to be held against before it is given.
func (t telling) check() string {
	second := "a second way"
	if t.Code {
		second = "code"
	}
	text := "Before you give the answer, check that\n" +
		"- it is what is asked, not a step on the way to it, and reduced if a remainder is asked for;\n" +
		"- every condition of the problem holds for it;\n" +
		"- " + second + " or a small case agrees with it;\n" +
		"- it has the form that is asked for."
	if t.Range == "" {
		return text
	}
	return text + "\n\nThe answer is " + t.Range + ". If yours is not, read the problem again: it asks for something else, often a remainder."
}

// rangeAlone says where the answer lies, for models that get no list of checks.
func (t telling) rangeAlone() string {
	if t.Range == "" {
		return ""
	}
	return "The answer is " + t.Range + "."
}

// openMath is the sentence that OpenMath was trained with.
func (t telling) openMath() string {
	tools := ""
	if t.Code {
		tools = fmt.Sprintf(", integrating natural language reasoning with Python code executions. You may perform up to %d code calls to assist your reasoning", t.Cells)
	}
	return "Solve the following math problem" + tools + `. Make sure to put the answer (and only answer) inside \boxed{}.`
}
