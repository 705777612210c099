package ollama

import "strconv"

// scratch is memory that the frames of one reply share.
type scratch struct {
	text     []byte // of texts that had escapes
	logprobs tokenLogprobs
}

// tokenLogprobs are the log-probabilities of the likeliest candidates in each
// token's place, the tokens one after the other.
type tokenLogprobs struct {
	logs []float64
	ends []int // where in logs each token's end
}

// add takes a token's: its alternatives or, if the server sent none, its own.
func (t *tokenLogprobs) add(own float64, from int) {
	if len(t.logs) == from {
		t.logs = append(t.logs, own)
	}
	t.ends = append(t.ends, len(t.logs))
}

// each is the tokens' log-probabilities, in the memory of t.
func (t *tokenLogprobs) each(into [][]float64) [][]float64 {
	from := 0
	for _, end := range t.ends {
		into = append(into, t.logs[from:end:end])
		from = end
	}
	return into
}

// wireToken is a token's log-probabilities as Ollama writes them.
type wireToken struct {
	Logprob      float64 `json:"logprob"`
	Alternatives []struct {
		Logprob float64 `json:"logprob"`
	} `json:"top_logprobs"`
}

func (t *tokenLogprobs) take(tokens []wireToken) {
	for _, token := range tokens {
		from := len(t.logs)
		for _, alternative := range token.Alternatives {
			t.logs = append(t.logs, alternative.Logprob)
		}
		t.add(token.Logprob, from)
	}
}

// logprobs reads the value of that key.
func (c *cursor) logprobs() bool {
	return c.array(func() bool {
		from := len(c.scratch.logprobs.logs)
		own, ok := c.token(c.alternative)
		c.scratch.logprobs.add(own, from)
		return ok
	})
}

func (c *cursor) alternative() bool {
	own, ok := c.token(nil)
	c.scratch.logprobs.logs = append(c.scratch.logprobs.logs, own)
	return ok
}

// token reads a token's own log-probability, and has each of its alternatives
// read; nil is for what may have none.
func (c *cursor) token(alternative func() bool) (own float64, ok bool) {
	var seen once
	ok = c.object(func(key []byte) (ok bool) {
		switch string(key) {
		case "token":
			_, ok = c.text()
		case "bytes":
			return c.bytes()
		case "logprob":
			own, ok = c.number()
			ok = ok && seen.first(0)
		case "top_logprobs":
			ok = alternative != nil && seen.first(1) && c.array(alternative)
		}
		return ok
	})
	return own, ok
}

// bytes passes the bytes of a token, which nobody needs.
func (c *cursor) bytes() bool {
	if c.literal("null") || c.skipString() {
		return true
	}
	return c.array(func() bool { _, ok := c.number(); return ok })
}

// once says of a key whether it comes for the first time: what encoding/json
// makes of a list that comes twice is not for a fast path.
type once [2]bool

func (o *once) first(key int) bool {
	was := o[key]
	o[key] = true
	return !was
}

// array reads an array. For each element, value must read it and say whether to
// go on.
func (c *cursor) array(value func() bool) bool {
	if !c.eat('[') {
		return false
	}
	if c.eat(']') {
		return true
	}
	for {
		c.space()
		if !value() {
			return false
		}
		if !c.eat(',') {
			return c.eat(']')
		}
	}
}

// number reads a number of JSON's grammar.
func (c *cursor) number() (float64, bool) {
	from := c.i
	c.take('-')
	switch lead := c.i; {
	case !c.digits(), c.b[lead] == '0' && c.i > lead+1:
		return 0, false
	case c.take('.') && !c.digits():
		return 0, false
	}
	if c.take('e') || c.take('E') {
		if !c.take('+') {
			c.take('-')
		}
		if !c.digits() {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(string(c.b[from:c.i]), 64)
	return x, err == nil
}

func (c *cursor) take(want byte) bool {
	if c.i < len(c.b) && c.b[c.i] == want {
		c.i++
		return true
	}
	return false
}

func (c *cursor) digits() bool {
	from := c.i
	for c.i < len(c.b) && c.b[c.i]-'0' <= 9 {
		c.i++
	}
	return c.i > from
}
