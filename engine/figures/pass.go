package figures

// maxEach is up to which k every k has a row; beyond it they double.
const maxEach = 64

// rowsOf are the k that a report has rows for, where the most samples of a problem are n:
// every one up to 64, then 128, 256 and so on, and n itself.
func rowsOf(n int) []int {
	var ks []int
	for k := 1; k <= min(n, maxEach); k++ {
		ks = append(ks, k)
	}
	for k := 2 * maxEach; k < n; k *= 2 {
		ks = append(ks, k)
	}
	if n > maxEach {
		ks = append(ks, n)
	}
	return ks
}

// upTo is how many of the rows a problem of n samples counts in.
func upTo(ks []int, n int) int {
	for i, k := range ks {
		if k > n {
			return i
		}
	}
	return len(ks)
}

// passes are pass@k of n samples of which c are right, for k from 1 to n. The chance that k
// of them are all wrong is the product of (n-c-i)/(n-i) for i from 0 to k-1: each factor is
// at most 1, so it loses no more than one rounding for each.
func passes(n, c int) []float64 {
	out := make([]float64, n)
	wrong := 1.
	for k := range n {
		wrong *= float64(max(n-c-k, 0)) / float64(n-k)
		out[k] = 1 - wrong
	}
	return out
}
