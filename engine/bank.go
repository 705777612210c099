package engine

import "time"

// Bank shares a batch's wall clock out over its problems, one after the other:
// what one does not use is there for the next. The zero value is the rule of
// the AIMO3 winners,
//
//	clamp(left - 300 s * (problems - 1), 300 s, 900 s)
//
// With Reserve and Min 350 s and Max 560 s it is that of NVIDIA's AIMO2
// winners, who give each problem 350 s and let it draw up to 210 s from a pool
// of time unused: the pool is what is left beyond each problem's reserve.
type Bank struct {
	Reserve time.Duration // kept back for each problem still to come; if zero, 300 s
	Min     time.Duration // for the present one, however little that leaves; if zero, 300 s
	Max     time.Duration // if zero, 900 s
}

// Allow is the time for the present problem, of what is left for it and those
// after it, problems in all. It is never more than is left, and 0 when nothing
// is or there is no problem.
func (b Bank) Allow(left time.Duration, problems int) time.Duration {
	if problems <= 0 || left <= 0 {
		return 0
	}
	b = b.withDefaults()
	own := left - time.Duration(problems-1)*b.Reserve
	return min(max(min(own, b.Max), b.Min), left)
}

// Pool is the time beyond the reserves of all problems, negative when they are
// not covered.
func (b Bank) Pool(left time.Duration, problems int) time.Duration {
	return left - time.Duration(problems)*b.withDefaults().Reserve
}

func (b Bank) withDefaults() Bank {
	if b.Reserve <= 0 {
		b.Reserve = 300 * time.Second
	}
	if b.Min <= 0 {
		b.Min = 300 * time.Second
	}
	if b.Max <= 0 {
		b.Max = 900 * time.Second
	}
	return b
}
