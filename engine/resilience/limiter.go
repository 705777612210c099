package resilience

// limiter bounds how many requests are at the server at once. It begins with what
// is wished for, is halved when that was too much, and grows by one after as many
// successes in a row as it allows requests.
type limiter struct {
	wished    int // by all that have joined
	seats     int // of the server; 0 if not known
	limit     int // now; 0 before anyone has joined: no bound
	successes int // in a row, since the limit changed
	halved    int // how often
}

// max is what the limit grows to.
func (l *limiter) max() int {
	if l.seats > 0 {
		return min(l.wished, l.seats)
	}
	return l.wished
}

// wish changes how many requests at once are wished for by n. A limit that was
// lowered stays where it is.
func (l *limiter) wish(n int) {
	lowered := l.limit < l.max()
	l.wished += n
	if !lowered || l.limit > l.max() {
		l.limit = l.max()
	}
}

// sit says how many seats the server has.
func (l *limiter) sit(seats int) {
	l.seats = seats
	l.wish(0)
}

// full says whether no other request may begin beside those that run.
func (l *limiter) full(running int) bool { return l.limit > 0 && running >= l.limit }

func (l *limiter) succeeded() {
	if l.successes++; l.limit > 0 && l.limit < l.max() && l.successes >= l.limit {
		l.limit++
		l.successes = 0
	}
}

// crowded says that a request which began after so many halvings was too much. Of
// those that were at the server together, only the first halves the limit.
func (l *limiter) crowded(halved int) {
	l.successes = 0
	if halved == l.halved && l.limit > 0 {
		l.limit = max(l.limit/2, 1)
		l.halved++
	}
}
