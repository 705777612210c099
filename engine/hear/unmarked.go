package hear

import "strings"

// unmarked finds calls without marks at the end of text: a fenced block, or JSON that
// begins a line. It returns where they begin.
func unmarked(text string) (at int, codes []string) {
	switch {
	case strings.HasSuffix(text, "```"):
		at, info, body := lastBlock(text)
		if runnableInfo(info) && strings.TrimSpace(body) != "" {
			return at, []string{codeOf(body)}
		}
		if codes, ok := onlyCalls(strings.TrimSpace(body)); ok && at >= 0 {
			return at, codes
		}
	case strings.HasSuffix(text, "}"), strings.HasSuffix(text, "]"):
		for line := range strings.Lines(text) {
			if codes, ok := onlyCalls(strings.TrimLeft(text[at:], " \t")); ok {
				return at, codes
			}
			at += len(line)
		}
	}
	return 0, nil
}

// onlyCalls reads a text that is nothing but calls in JSON.
func onlyCalls(text string) (codes []string, ok bool) {
	for text != "" {
		found, rest := jsonCalls(text, false)
		if found == nil {
			return nil, false
		}
		codes, text = append(codes, found...), strings.TrimLeft(rest, " \t\r\n;,]}")
	}
	return codes, len(codes) > 0
}

// lastBlock is the fenced block that text ends with: where it begins, the words after
// its fence, and what it holds. Without one, at is -1.
func lastBlock(text string) (at int, info, body string) {
	at = -1
	fence, start := "", 0
	for from := 0; from < len(text); {
		line, _, _ := strings.Cut(text[from:], "\n")
		next := min(from+len(line)+1, len(text))
		trimmed := strings.TrimSpace(line)
		ticks := trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3 && !strings.Contains(trimmed[len(ticks):], "`"):
			fence, info, start, at = ticks, trimmed[len(ticks):], next, from
		case fence != "" && trimmed == ticks && len(ticks) >= len(fence):
			fence, body = "", text[start:from]
			if next < len(text) {
				at = -1
			}
		}
		from = next
	}
	if fence != "" || at < 0 {
		return -1, "", ""
	}
	return at, info, body
}

// reasoning says whether the end of text lies in reasoning, by marks that the server
// left in it.
func reasoning(text string) bool {
	for _, m := range [...][2]string{{"<think>", "</think>"}, {"<thinking>", "</thinking>"}, {"[THINK]", "[/THINK]"}, {"<|channel|>analysis", "<|channel|>final"}} {
		if strings.LastIndex(text, m[0]) > strings.LastIndex(text, m[1]) {
			return true
		}
	}
	return false
}
