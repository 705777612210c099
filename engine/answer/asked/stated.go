package asked

import (
	"math/big"
	"regexp"
	"strings"
)

// stated is a sentence that says outright where the answer lies: "The answer is
// an integer between 0 and 99999". The answer has to be what the sentence is
// about: "a sum of integers from 1 to 9" says nothing of the sum. A number that
// goes on, as in 10^5 and 10 million, is not read.
var stated = regexp.MustCompile(`\b(?:the|your|all|each|every) (?:final )?answers? (?:is|are|as|(?:will|must|should|shall) (?:always |all )?be) (?:an? )?` +
	`(?:non-?negative |positive |whole )*integers? (?:that lies? )?(?:between|from|ranging from|(?:with)?in(?: the (?:range|interval)(?: from| of)?)?) ` +
	`[$(\[\\]*(-?(?:` + figures + `))\$?(?:,? (?:to|and|through|-|–) |[-–,]|\.\.\.?)[ $]*(` + figures + `)(?:$|[)\]$;:?]|[.,](?: |$)| (?:[^0-9tmb]|t[^hr]|m[^i]|b[^i]))`)

const figures = `[0-9]{1,3}(?:(?:,|\{,\})[0-9]{3})+|[0-9]{1,18}`

// outright reads the last sentence of that kind.
func outright(parts []sentence) (Range, bool) {
	for i := len(parts) - 1; i >= 0; i-- {
		m := stated.FindStringSubmatch(strings.Join(strings.Fields(parts[i].low), " "))
		if m == nil {
			continue
		}
		lo, hi := plain(m[1]), plain(m[2])
		return Range{Integer: true, Lo: lo, Hi: hi}, lo.Cmp(hi) <= 0
	}
	return Range{}, false
}

// plain is a number written in figures, with commas or without.
func plain(s string) *big.Int {
	n, _ := new(big.Int).SetString(strings.NewReplacer(",", "", "{", "", "}", "").Replace(s), 10)
	return n
}
