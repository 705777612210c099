package engine

import (
	"path"
	"regexp"
	"strings"
	"unicode"
)

// hollow says of a text what it is, where it holds no statement: comments and
// markup around nothing, marks without a letter or digit, or the names of other
// files, pages or works; "" for any other.
func hollow(text string) (is, todo string) {
	body := strings.TrimSpace(scaffold.ReplaceAllString(text, "$1"))
	if included := included(body); included != "" {
		return "holds no text of its own: it only includes " + included, "give that file, or put its text in"
	}
	for _, k := range pointers {
		if k.is.MatchString(body) {
			return k.kind, k.todo
		}
	}
	switch rest := markers.ReplaceAllString(body, ""); {
	case strings.ContainsFunc(rest, meaningful):
		return "", ""
	case body == "" && strings.ContainsFunc(text, visible):
		return "holds nothing but comments and markup", "give the statement itself"
	case strings.ContainsFunc(body, visible):
		return "holds no word and no number", "give the statement itself"
	}
	return "", ""
}

// scaffold is what files in TeX, Markdown and HTML have around their text, and
// comments.
var scaffold = regexp.MustCompile(`(?m)(?:^|([^\\]))%.*$|(?s:<!--.*?-->|\\begin\{comment\}.*?\\end\{comment\}|\\iffalse\b.*?\\fi\b)|\\(?:documentclass|usepackage|title|author|date|pagestyle|graphicspath|label|bibliography|bibliographystyle)\s*(?:\[[^]]*\])?\{[^}]*\}` +
	`|\\(?:begin|end)\{[A-Za-z]*\*?\}(?:\[[^]]*\])?|\\(?:maketitle|newpage|clearpage|centering|noindent|item|relax|endinput)\b`)

// markers are lines of numbers and bullets alone, headings that name nothing,
// fences, tags, blanks and definitions: what may stand around a statement.
var markers = regexp.MustCompile(`(?m)^(?:[ \t]*(?:[-*+•#>]+|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]+)[.)]))+[ \t]*$` +
	`|^[#*\s]*(?i:problem|question|exercise|statement)[ \t]*\d*[.:)]?[ \t]*\**[ \t]*$|^(?:` + "```|~~~" + `)\w*$|</?[A-Za-z][^<>]*>|&[a-z]+;|\\[lcvd]?dots\b|\\q?quad\b|\\[hv]?(?:phantom|space)\*?\{[^}]*\}` +
	`|\\(?:re)?newcommand\*?\{?\\[A-Za-z]+\}?(?:\[\d\])?\{(?:[^{}]|\{[^{}]*\})*\}`)

// meaningful says that r can be a part of a statement by itself.
func meaningful(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || r > unicode.MaxASCII && unicode.IsSymbol(r) && visible(r)
}

// pointers are texts that say where something else is.
var pointers = []struct {
	is         *regexp.Regexp
	kind, todo string
}{
	{regexp.MustCompile(`^(?:<?(?:(?i:https?|ftp|file)://|www\.)\S+\s*|\[[^]\n]*\]\([a-z]+://\S+\)\s*)+$|^(?:[\w-]+\.)+(?:com|org|net|edu)(?:/\S*)?$|^(?i:doi|arxiv|mailto):\S+$`), "is only the address of a page", "copy the statement out of that page"},
	{regexp.MustCompile(`^(?:null|None|nil|undefined|NaN)$`), "is only the word for nothing", "see where the program that gave it gets it from"},
	{regexp.MustCompile(`^(?:[A-Za-z]:)?(?:[\w.~-]*[/\\])*(?:[\w.-]+ ){0,2}[\w.-]+\.(?:txt|text|tex|md|markdown|pdf|html?|json|jsonl|ya?ml|csv|docx?|png|jpe?g)$`), "is only the name of a file", "give a file with -f FILE"},
	{regexp.MustCompile(`^@[A-Za-z]+\s*[{(][^,{}]*[,=]\s*(?:[\w-]+\s*=|["{}])`), "is a bibliography in BibTeX", "give the statement itself"},
}

// includes are what takes another file in, in TeX and in Markdown.
var includes = regexp.MustCompile(`!\[[^]]*\]\(([^)]*)\)|\\(?:input|include|subfile|includegraphics|includepdf|import|subimport|lstinputlisting|verbatiminput)\*?\s*(?:\[[^]]*\])?(?:\s*\{([^}]*)\}(?:\s*\{([^}]*)\})?|\s+(\S+))|!\[\[([^]]*)\]\]|<img\b[^>]*?\bsrc="?([^\s">]+)[^>]*>`)

// included is the first other file that a text takes in, if it does nothing else.
func included(body string) string {
	found := includes.FindStringSubmatch(body)
	if found == nil || strings.TrimSpace(includes.ReplaceAllString(body, "")) != "" {
		return ""
	}
	if dir, file := found[2], found[3]; file != "" {
		return path.Join(dir, file)
	}
	return strings.TrimSpace(strings.Join(found[1:], ""))
}
