package engine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// CheckKind refuses by name what is no statement of one problem but a file of
// another kind, or a text that holds none; a beginning is enough for most kinds.
func CheckKind(text string) error {
	if kind := signedAs(text); kind != "" {
		return foreign("is "+kind, "give its text: copy the statement out of it")
	}
	if kind := encodingOf(text); kind != "" {
		return foreign("is encoded as "+kind, "save it as UTF-8")
	}
	text = strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF"))
	if strings.HasPrefix(text, "{") && strings.Contains(text, `"nbformat"`) && json.Valid([]byte(text)) {
		return foreign("is a Jupyter notebook", "give the text of one of its cells")
	}
	if blank(text) {
		return foreign("is an object of JSON without a statement", "give the statement itself")
	}
	if n, how := several(text, true); n > 1 {
		return foreign(fmt.Sprintf("is %d problems, as %s", n, how), "give one at a time: the statement alone")
	}
	if is, todo := hollow(text); is != "" {
		return foreign(is, todo)
	}
	return nil
}

// KindOf names what begins so, where that is certain and no text in UTF-8: a kind of
// file, or another encoding. It is "" for all else.
func KindOf(begins string) string {
	if kind := signedAs(begins); kind != "" {
		return kind
	}
	if kind := encodingOf(begins); kind != "" {
		return "text in " + kind
	}
	return ""
}

// signedAs is the kind of file whose signature a text begins with; "" for none.
func signedAs(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF"))
	for _, k := range signatures {
		if n := len(k.begins); strings.HasPrefix(text, k.begins) || k.begins[0] == '<' && len(text) >= n && strings.EqualFold(text[:n], k.begins) {
			return k.kind
		}
	}
	return ""
}

func foreign(is, todo string) error {
	return &Fault{Class: Invalid, What: "the problem " + is, Todo: todo}
}

// signatures are how files of other kinds begin; markup may be in capitals.
var signatures = []struct{ begins, kind string }{
	{"%PDF-", "a PDF file"},
	{`{\rtf`, "an RTF file"},
	{"<!doctype", "an HTML or XML page"},
	{"<html", "an HTML page"},
	{"<head", "an HTML page"},
	{"<body", "an HTML page"},
	{"<?xml", "an XML file"},
	{"<svg", "an SVG picture"},
	{"%!PS", "a PostScript file"},
	{"PK\x03\x04", "a ZIP archive or an office document"},
	{"PK\x05\x06", "a ZIP archive or an office document"},
	{"\xd0\xcf\x11\xe0", "an office document"},
	{"\x89PNG", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"GIF87a", "a GIF picture"},
	{"GIF89a", "a GIF picture"},
	{"II*\x00", "a TIFF picture"},
	{"MM\x00*", "a TIFF picture"},
	{"\x00\x00\x00\x18ftyp", "a picture or a film"},
	{"\x00\x00\x00\x1cftyp", "a picture or a film"},
	{"\x00\x00\x00\x20ftyp", "a picture or a film"},
	{"AT&TFORM", "a DjVu file"},
	{"data:image/", "a picture"},
	{"data:application/", "a file in base64"},
	{"JVBERi0", "a PDF file in base64"},
	{"iVBORw0KGgo", "a PNG picture in base64"},
	{"\x1f\x8b", "a gzip archive"},
	{"7z\xbc\xaf", "a 7z archive"},
	{"Rar!\x1a", "a RAR archive"},
	{"BZh91AY", "a bzip2 archive"},
	{"\xfd7zXZ", "an xz archive"},
	{"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"GGUF\x02", "a model file"},
	{"GGUF\x03", "a model file"},
	{"version https://git-lfs.github.com/spec/", "a pointer of Git LFS, not the file itself"},
	{"#!", "a script"},
	{"diff --git ", "a patch"},
	{"-----BEGIN ", "a key, a certificate or an encrypted text"},
	{"BEGIN:VC", "a calendar or a contact"},
}

// encodingOf names the encoding of a text that is not in UTF-8, where that is
// certain: by its mark, or as every second byte of it, or three of four, is 0.
func encodingOf(text string) string {
	b := []byte(text[:min(len(text), 4096)])
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return "UTF-32"
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "UTF-16"
	}
	if fours(b, binary.LittleEndian) || fours(b, binary.BigEndian) {
		return "UTF-32"
	}
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(b) / 2
	more, fewer := max(zeros[0], zeros[1]), min(zeros[0], zeros[1])
	if few := half >= 16 && 5*more >= half; 10*fewer <= more && more > 0 && (few || 5*more >= 3*half) { // few: Chinese with some TeX
		return "UTF-16"
	}
	return ""
}

// fours says that b is characters of four bytes.
func fours(b []byte, order binary.ByteOrder) bool {
	for rest := b; len(rest) >= 4; rest = rest[4:] {
		if v := order.Uint32(rest); v == 0 || v > unicode.MaxRune {
			return false
		}
	}
	return len(b) >= 4
}

// several counts the problems in a text that is a table of them, or, if deep is
// true, an object that holds one.
func several(text string, deep bool) (n int, how string) {
	if n = jsonLines(text); n > 1 {
		return n, "lines of JSON"
	}
	var list []json.RawMessage
	if json.Unmarshal([]byte(text), &list) == nil && len(list) > 1 && !slices.ContainsFunc(list, func(v json.RawMessage) bool { return !isStatement(v) }) {
		return len(list), "a list of JSON"
	}
	var whole map[string]json.RawMessage
	if deep && json.Unmarshal([]byte(text), &whole) == nil && !isOne(whole) {
		for _, v := range whole {
			if n, _ := several(string(v), false); n > 1 {
				return n, "a list within JSON"
			}
		}
	}
	if n = tableRows(text); n > 1 {
		return n, "rows of a table"
	}
	if n = len(entries.FindAllString(text, -1)); n > 1 && listed.MatchString(text) {
		return n, "a list in YAML"
	}
	return 0, ""
}

// statements are the names under which tables have a problem's text.
var statements = []string{"problem", "question", "statement", "prompt"}

// blank says that a text is an object which has a place for a statement, and none there.
func blank(text string) bool {
	var object map[string]any
	if json.Unmarshal([]byte(text), &object) != nil {
		return false
	}
	places := 0
	for _, name := range statements {
		v, is := object[name]
		if is && v != nil && v != "" {
			return false
		}
		if is {
			places++
		}
	}
	return places > 0
}

// isOne says that an object is one problem, with its choices or solutions maybe.
func isOne(object map[string]json.RawMessage) bool {
	return slices.ContainsFunc(statements, func(name string) bool { return len(object[name]) > 0 && object[name][0] == '"' })
}

// jsonLines counts the objects in JSON that a text is made of, and of nothing else.
func jsonLines(text string) int {
	if !strings.HasPrefix(text, "{") {
		return 0
	}
	n := 0
	for d := json.NewDecoder(strings.NewReader(text)); d.More(); n++ {
		var one map[string]json.RawMessage
		if d.Decode(&one) != nil || len(one) == 0 {
			return 0
		}
	}
	return n
}

// isStatement says that a value in JSON is an object, or a sentence.
func isStatement(v json.RawMessage) bool {
	return v[0] == '{' || v[0] == '"' && bytes.ContainsRune(v, ' ')
}

// tableRows counts the rows below a head such as "id,problem,answer".
func tableRows(text string) int {
	head, rows, _ := strings.Cut(text, "\n")
	names := strings.FieldsFunc(strings.ToLower(head), func(r rune) bool { return strings.ContainsRune(",;\t\"\r ", r) })
	if !regexp.MustCompile(`^[\w"]+(?:[,;\t] ?[\w"]+)+\r?$`).MatchString(head) ||
		!slices.ContainsFunc(names, func(s string) bool { return slices.Contains(statements, s) }) {
		return 0
	}
	return strings.Count(strings.TrimSpace(rows), "\n") + 1
}

// listed is how a list of YAML begins, or documents of it; entries are where each
// of the problems in it does.
var (
	listed  = regexp.MustCompile(`^(?:---.*\n|#.*\n|\w+:[ \t]*\r?\n|\s)*(?:-[ \t]+["']?\w+["']?:\s|---)`)
	entries = regexp.MustCompile(`(?m)^[ \t]*(?:-[ \t]+)?["']?(?:` + strings.Join(statements, "|") + `)["']?:\s`)
)
