// Package figures works out how good a run was: of problems, what was expected, what each
// sample answered and what the vote made of it, it makes a [Report], and of two runs a [Pair].
//
//	r := figures.Of(run, 1)
//	r.Accuracy.Value // share of the problems whose verdict is right
//	p := figures.Compare(run, other, 1)
//	p.Test.P // how likely so unequal flips are if neither run is better
//
// # What is counted
//
// A problem is scored if its expected answer is known; what is said of right and wrong is
// said of scored problems alone. A sample without an answer is not right. Problems weigh
// alike, however many samples they have: of each the share, the majority or the pass is
// taken first, and then the mean over problems.
//
// # Formulas
//
//   - avg@k: the share of a problem's samples that are right, over the problems that have k
//     samples. It is the mean over all choices of k samples, and so the same for every k.
//   - pass@k: 1 - C(n-c,k)/C(n,k) of n samples of which c are right, the unbiased estimate
//     of Chen and others (arXiv 2107.03374), as a product, so that nothing overflows.
//   - maj@k: the mean over all choices of k samples of: 1 if the right answer has more votes
//     than any other, 1/t if it shares the first place with t-1 others, else 0. Up to
//     [MaxExact] samples all choices are counted; of more, so many orders are drawn by chance
//     as [Report.Orders] says.
//   - The standard error of a mean over problems is the standard deviation, with n-1, over
//     the root of n: samples of one problem are no independent observations (Miller, arXiv
//     2411.00640).
//   - The interval of a mean is the percentile bootstrap over problems, of 95 % (Efron and
//     Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3), seeded; beyond
//     [MaxResampled] problems it is 1.96 standard errors to each side. That of a share of
//     problems is Wilson's (1927), which also says something where all or none are right.
//   - Two runs are compared by McNemar's test: the exact binomial one for fewer than 25 flips,
//     else chi-square without correction for continuity (Fagerland, Lydersen and Laake, BMC
//     Medical Research Methodology 13:91, 2013).
//   - Calibration: of the verdicts with a share of the votes within each tenth, how many are
//     right. Their mean distance is the expected calibration error of Guo and others (arXiv
//     1706.04599).
//
// All functions are pure: the same run and the same seed give the same report, on every
// machine. None of them fails; of nothing, figures are zero.
package figures
