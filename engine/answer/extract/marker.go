package extract

import (
	"strings"
	"unicode/utf8"
)

// Bounds of the search for a final line.
const (
	maxTail     = 64 << 10 // bytes before the end in which one is looked for
	maxTries    = 64       // words for "answer" that are looked at
	maxSentence = 600      // bytes of a sentence after one

	maxChoiceLine = 64 // bytes of a line that picks a letter
)

// answerWords is "answer" in many languages, by first byte; ASCII letters are
// small. A word may go on: "answers", "svaret".
var answerWords = [...][]string{
	'a':  {"answer", "antwort", "antwoord", "atsakym", "atbilde", "adkaz"},
	'c':  {"cevap", "cevab", "correct choice", "correct option", "câu trả lời"},
	'e':  {"endergebnis", "ergebnis ist", "ergebnis lautet", "ergebnis:", "erantzun"},
	'i':  {"idahun"},
	'j':  {"jawaban", "jawapan", "jibu"},
	'o':  {"odpowied", "odpověď", "odpoveď", "odgovor"},
	'r':  {"réponse", "reponse", "respuesta", "resposta", "risposta", "răspuns", "raspuns", "respondo", "résultat final", "résultat :", "résultat:", "resultado:", "resultado final", "risultato:", "risultato finale"},
	's':  {"svar", "sagot", "solución final", "solution finale"},
	'v':  {"vastaus", "vastus", "válasz"},
	'y':  {"yanıt"},
	'z':  {"zodpoved"},
	0xc4: {"đáp án", "đáp số", "Đáp án", "Đáp số"},
	0xce: {"απάντηση", "Απάντηση", "ΑΠΑΝΤΗΣΗ"},
	0xd0: {"ответ", "Ответ", "ОТВЕТ", "відповідь", "Відповідь", "отговор", "Отговор", "одговор", "Одговор", "адказ", "Адказ"},
	0xd1: {"җавап"},
	0xd5: {"պատասխան", "Պատասխան"},
	0xd7: {"תשובה", "התשובה"},
	0xd8: {"الجواب", "الإجابة", "الاجابة", "إجابة", "جواب"},
	0xd9: {"پاسخ"},
	0xe0: {"उत्तर", "जवाब", "উত্তর", "જવાબ", "ਜਵਾਬ", "ਉੱਤਰ", "விடை", "பதில்", "సమాధానం", "ఉత్తర", "ಉತ್ತರ", "ഉത്തരം", "คำตอบ", "ตอบ", "පිළිතුර"},
	0xe1: {"პასუხი", "ចម្លើយ", "መልስ"},
	0xe3: {"こたえ"},
	0xe7: {"答案", "答え", "答：", "答:", "答えは", "最终结果", "最終結果"},
	0xe8: {"解答", "解は"},
	0xe5: {"回答"},
	0xeb: {"답"},
	0xec: {"정답"},
}

// finalLines is what the last sentence says that speaks of the answer and
// names it.
func finalLines(text string, in span) []Candidate {
	if at, ok := marked(text, in); ok {
		if c := candidate(text, at, FinalLine); !hollow(c.Text) {
			return []Candidate{c}
		}
	}
	tries := 0
	floor := max(in.from, in.to-maxTail)
	for i := in.to - 1; i >= floor && tries < maxTries; i-- {
		if !wordStart(text, i, floor) {
			continue
		}
		n := answerWord(text[i:in.to])
		if n == 0 {
			continue
		}
		tries++
		at, ok := saidBefore(text, span{floor, i})
		if !ok || strings.HasPrefix(text[i+n:in.to], " key") {
			at, ok = stated(text, span{i + n, in.to})
		}
		if ok {
			if c := candidate(text, at, FinalLine); !hollow(c.Text) {
				return []Candidate{c}
			}
		}
	}
	return nil
}

// marked is the answer in a last line that only gives it, as data sets do.
func marked(text string, in span) (span, bool) {
	tail := strings.TrimRight(text[in.from:in.to], " \t\r\n")
	line := in.from + strings.LastIndexByte(tail, '\n') + 1
	end := in.from + len(tail)
	for _, mark := range [...]string{"####", "A:"} {
		if !strings.HasPrefix(text[line:end], mark) {
			continue
		}
		v, ok := value(text, span{line + len(mark), end})
		return v, ok && v.to == end
	}
	return chosenLine(text, span{line, end})
}

// wordStart tells whether a word may begin at i; scripts without spaces begin
// one anywhere.
func wordStart(text string, i, floor int) bool {
	c := text[i]
	if c >= 0xe0 {
		return true
	}
	return (letter(c) || c >= 0xc0) && (i == floor || !letter(text[i-1]) && text[i-1] < utf8.RuneSelf)
}

// answerWord is the length of the word for "answer" with which s begins.
func answerWord(s string) int {
	c := lower(s[0])
	if int(c) >= len(answerWords) {
		return 0
	}
	n := 0
	for _, w := range answerWords[c] {
		if len(w) > n && foldPrefix(s, w) {
			n = len(w)
		}
	}
	if n == 0 || c >= 0xe0 {
		return n
	}
	for n < len(s) && (letter(s[n]) || s[n] >= 0x80 && s[n] < 0xe0) { // "answers", "svaret"
		n++
	}
	return n
}

// stated is where the answer stands of which the words before in speak: in the
// rest of their sentence or, if they are a heading, below it.
func stated(text string, in span) (span, bool) {
	at, marked := lead(text, in)
	if at == in.to {
		return span{}, false
	}
	if !marked && strings.Contains(text[in.from:at], "\n") {
		if marked = titled(text, in.from); !marked {
			return span{}, false
		}
	}
	rest := span{at, in.to}
	if v, ok := value(text, rest); ok {
		return v, true
	}
	return sentence(text, rest, marked)
}

// saidBefore is the value of which a sentence says that it is the answer: 12 is
// our final answer.
func saidBefore(text string, in span) (span, bool) {
	in.from = max(in.from, in.to-maxSentence)
	in.from += sentenceStart(text[in.from:in.to])
	head := text[in.from:in.to]
	for again := true; again; {
		head = strings.TrimRight(head, " *")
		again = false
		for _, word := range [...]string{" the", " our", " my", " final", " correct", " required", " desired"} {
			if rest, ok := strings.CutSuffix(head, word); ok {
				head, again = rest, true
			}
		}
	}
	head, ok := strings.CutSuffix(head, " is")
	head = strings.TrimRight(head, " *")
	if !ok {
		return span{}, false
	}
	for _, find := range [...]func(string, span) (Candidate, bool){lastFormula, lastNumber} {
		if c, ok := find(head, span{0, len(head)}); ok && c.To == len(head) {
			return span{in.from + c.From, in.from + c.To}, true
		}
	}
	return span{}, false
}

// titled tells whether the line that ends at i is a heading and not the end of
// a sentence.
func titled(text string, i int) bool {
	line := text[strings.LastIndexByte(text[:i], '\n')+1 : i]
	return len(line) <= 48 || strings.HasPrefix(strings.TrimSpace(line), "#")
}

// lead skips what may stand between the word and what follows. A colon or the
// like marks that the answer follows.
func lead(text string, in span) (at int, marked bool) {
	for at = in.from; at < in.to; {
		r, n := utf8.DecodeRuneInString(text[at:in.to])
		switch {
		case strings.ContainsRune(":：=≡", r):
			marked = true
		case strings.HasPrefix(text[at:in.to], "| "): // the cell of a table
		case strings.HasPrefix(text[at:in.to], "(s)"):
			n = len("(s)")
		case !strings.ContainsRune(" \t\r\n*_#>\"'`\u00a0-–—】》는은は의", r):
			return at, marked
		case r == '-' && at+1 < in.to && digit(text[at+1]):
			return at, marked
		}
		at += n
	}
	return at, marked
}
