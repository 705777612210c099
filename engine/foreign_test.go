package engine_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/aimo3/aimo3/engine"
)

// wide is text in UTF-16 or UTF-32.
func wide(text string, order binary.AppendByteOrder, size int) string {
	var b []byte
	if size == 4 {
		for _, r := range text {
			b = order.AppendUint32(b, uint32(r))
		}
		return string(b)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// statement is a text, and what is said against it; "" if it is a problem.
type statement struct{ name, in, want string }

func wantJudged(t *testing.T, rows []statement) {
	t.Helper()
	for _, row := range rows {
		_, err := engine.NewProblem("typed", row.in)
		if row.want == "" && err != nil || row.want != "" && (!errors.Is(err, &engine.Fault{Class: engine.Invalid}) || !strings.Contains(engine.Hint(err), row.want)) {
			t.Errorf("%s: %q, want %q", row.name, engine.Hint(err), row.want)
		}
	}
}

const find = "Find the number of pairs $(a,b)$ with $a+b=7$."

func TestFilesOfOtherKindsAreNamed(t *testing.T) {
	const chinese = "求最大的整数 $n$ 使得 $n^2 < 100$ 成立，并且 $n$ 是奇数。答案是一个整数。"
	little, big := binary.LittleEndian, binary.BigEndian
	wantJudged(t, []statement{
		{"PDF", "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj", "a PDF file"},
		{"PDF after blanks", "\ufeff\n %PDF-1.4", "a PDF file"},
		{"PDF, binary", "%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"},
		{"RTF", `{\rtf1\ansi\deff0 Find x.}`, "an RTF file"},
		{"HTML", "<!DOCTYPE html><html><body>Find x.</body></html>", "an HTML or XML page"},
		{"HTML in small letters", "<html lang=en>Find x.", "an HTML page"},
		{"XML", "<?xml version='1.0'?><problem>Find x.</problem>", "an XML file"},
		{"docx", "PK\x03\x04\x14\x00\x06\x00\x08", "a ZIP archive or an office document"},
		{"doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"},
		{"gzip", "\x1f\x8b\x08\x00\x00", "a gzip archive"},
		{"a picture in base64", "data:image/png;base64,iVBORw0KGgo=", "a picture"},
		{"PostScript", "%!PS-Adobe-3.0\n/Times findfont", "a PostScript file"},
		{"JSONL", `{"problem": "Find x."}` + "\n" + `{"problem": "Find y."}`, "2 problems, as lines of JSON"},
		{"JSON objects on end", `{"a": 1} {"a": 2} {"a": 3}`, "3 problems"},
		{"a list", `[{"problem": "Find x."}, {"problem": "Find y."}]`, "2 problems, as a list of JSON"},
		{"a list of sentences", `["Find x.", "Find y."]`, "2 problems"},
		{"a list within", `{"version": 1, "problems": [{"q": "Find x."}, {"q": "Find y."}]}`, "2 problems, as a list within JSON"},
		{"JSON, deep", strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000), "at most 20000 are accepted"},
		{"CSV", "id,problem,answer\n1,Find x.,2\n2,Find y.,3\n", "2 problems, as rows of a table"},
		{"TSV", "id\tquestion\n1\tFind x.\n2\tFind y.\n3\tFind z.", "3 problems"},
		{"only input", `\input{problem1.tex}`, "only includes problem1.tex"},
		{"only input, in a document", "\\documentclass[12pt]{article}\n\\usepackage{amsmath} % mathematics\n\\begin{document}\n% the problem:\n\\input{chapters/p 1}\n\\end{document}\n", "only includes chapters/p 1"},
		{"input without braces", `\input problem1`, "only includes problem1"},
		{"only a picture", `\begin{center}\includegraphics[width=3in]{scan.png}\end{center}`, "only includes scan.png"},
		{"two files", "\\include{a}\n\\include{b}", "only includes a"},
		{"only a picture, in Markdown", "![the problem](scan 1.png)\n", "only includes scan 1.png"},
		{"a comment after it", "\\input{p1} % see there\n\\endinput", "only includes p1"},
		{"a notebook", `{"cells": [{"a": 1}, {"a": 2}], "nbformat": 4}`, "a Jupyter notebook"},
		{"a DOCTYPE in another case", "<!DocType HTML PUBLIC>", "an HTML or XML page"},
		{"RTF after a blank", " {\\rtf1", "an RTF file"},
		{"lines of JSON with blank ones", "{\"a\":1}\r\n\r\n{\"a\":2}\r\n", "2 problems, as lines of JSON"},
		{"a list, in lines", "[\n  {\"q\": \"a\"},\n  {\"q\": \"b\"}\n]", "2 problems, as a list of JSON"},
		{"CSV with blanks", "problem, answer\n\"Find x\", 2\n\"Find y\", 3", "2 problems, as rows of a table"},
		{"an import", `\import{parts/}{one}`, "only includes parts/one"},
		{"an import without a slash", `\import{a}{b}`, "only includes a/b"},
		{"a picture of the web, in Markdown", "![x](https://a.org/b.png)", "only includes https://a.org/b.png"},
		{"a list of YAML", "- id: 1\n  problem: Find x.\n- id: 2\n  problem: >\n    Find y.\n", "2 problems, as a list in YAML"},
		{"a list within YAML", "# of 2020\nproblems:\n  - question: Find x.\n    answer: 2\n  - question: Find y.\n", "2 problems, as a list in YAML"},
		{"documents of YAML", "---\nproblem: Find x.\n---\nproblem: Find y.\n", "2 problems, as a list in YAML"},
		{"a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a pointer of Git LFS, not the file itself"},
		{"a script", "#!/usr/bin/env bash\necho hello\n", "a script"},
		{"a patch", "diff --git a/p b/p\n", "a patch"},
		{"a key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "a key"},
		{"UTF-16 with a mark", "\xff\xfe" + wide(find, little, 2), "encoded as UTF-16"},
		{"UTF-16, the other way", "\xfe\xff" + wide(find, big, 2), "encoded as UTF-16"},
		{"UTF-16 without a mark", wide(find, little, 2), "encoded as UTF-16"},
		{"UTF-16 without a mark, the other way", wide(find, big, 2), "encoded as UTF-16"},
		{"Chinese UTF-16", wide(chinese, little, 2), "encoded as UTF-16"},
		{"UTF-16 of a few characters", wide("1+1=?", little, 2), "encoded as UTF-16"},
		{"UTF-32", wide("\ufeff"+find, little, 4), "encoded as UTF-32"},
		{"UTF-32, the other way", wide(find, big, 4), "encoded as UTF-32"},
		{"Latin-1", "Trouvez le carr\xe9 parfait.", "not valid UTF-8 text (first bad byte at offset 15); it may be in Latin-1"},
	})
}

func TestEmptyToTheEye(t *testing.T) {
	wantJudged(t, []statement{
		{"zero width", "\u200b", "empty: it holds nothing that can be seen, only characters such as U+200B"},
		{"word joiners", " \u2060\u2060\n", "U+2060"},
		{"marks of the order of bytes", "\ufeff\ufeff", "U+FEFF"},
		{"blank braille", "\u2800\u2800", "U+2800"},
		{"fillers", "\u115f\u1160\u3164\uffa0", "U+115F"},
		{"tags", "\U000e0041\U000e007f", "U+E0041"},
		{"marks without letters", "\u0301\u20dd\ufe0f", "U+0301"},
		{"spaces", "\u00a0\u2003\u3000\u202f\u2028", "the problem is empty"},
		{"joiners and directions", "\u200d\u200e\u202e\u2066\u00ad\u034f\u061c", "U+200D"},
		{"selectors", "\ufe0f\U000e0100\u180b", "U+FE0F"},
		{"controls", "\x01\x02", "such as U+0001"},
		{"lost characters", "\ufffd\ufffd", "U+FFFD"},
	})
}

func TestTextsThatHoldNoStatement(t *testing.T) {
	const markup, nothing = "holds nothing but comments and markup", "holds no word and no number"
	wantJudged(t, []statement{
		{"an empty document", "\\begin{document}\\end{document}", markup},
		{"an empty document with its head", "\\documentclass[a4paper]{article}\n\\usepackage{amsmath}\n\\title{Day 1}\n\\begin{document}\n\\maketitle\n\\end{document}", markup},
		{"an empty environment", "\\begin{problem*}[IMO 2020]\n\\item\n\\end{problem*}", markup},
		{"comments of TeX", "% Find x.\n  % Find y.\n", markup},
		{"a comment of HTML", "<!-- Find x.\nFind y. -->", markup},
		{"marks", "...", nothing},
		{"a mark", "?", nothing},
		{"an ellipsis", "…", nothing},
		{"a rule", "---", nothing},
		{"an empty formula", "$$ $$", nothing},
		{"an empty formula of TeX", `\[ \]`, nothing},
		{"empty JSON", "{}", nothing},
		{"JSON without a statement", `{"id": 7, "problem": ""}`, "an object of JSON without a statement"},
		{"JSON of nothing", `{"question": null}`, "an object of JSON without a statement"},
		{"a word for nothing", "None", "only the word for nothing"},
		{"a text of TeX that is left out", "\\begin{comment}Find x.\\end{comment}\n\\iffalse Find y. \\fi", markup},
		{"definitions", `\newcommand{\R}{\mathbb{R}}`, nothing},
		{"blanks of TeX", `$\ldots \quad \phantom{x}$`, nothing},
		{"an empty fence", "```latex\n```", nothing},
		{"empty tags", "<p>&nbsp;</p><br>", nothing},
		{"a heading", "## Problem 3.\n\n", nothing},
		{"Roman numbers", "i. ii. iii.", nothing},
		{"a picture in HTML", `<img width=3 src="scan.png" alt="x">`, "only includes scan.png"},
		{"a picture in a note", "![[scan 1.png]]", "only includes scan 1.png"},
		{"a link", "[IMO 2020](https://a.org/b)", "only the address of a page"},
		{"an address without a scheme", "artofproblemsolving.com/wiki", "only the address of a page"},
		{"a paper", "arXiv:2001.00001", "only the address of a page"},
		{"a file's name with blanks", "my problem.txt", "only the name of a file"},
		{"a file's name of Windows", `C:\Users\me\p.tex`, "only the name of a file"},
		{"a list of nothing", "1.\n2.\n3.", nothing},
		{"a list of nothing, in a line", "1. 2. 3.", nothing},
		{"parts of nothing", "(a)\n(b)\n", nothing},
		{"bullets", "- \n* \n+", nothing},
		{"an address", "https://artofproblemsolving.com/wiki/2020_IMO#1", "only the address of a page"},
		{"two addresses", "<https://a.org>\nwww.b.org", "only the address of a page"},
		{"a file's name", "problems/p-1.tex", "only the name of a file · give a file with -f FILE"},
		{"BibTeX", "@article{a12,\n  author = {A. B.},\n title={On x}}", "a bibliography in BibTeX"},
		{"BibTeX after a comment", "% mine\n@Book{ k , title=\"x\" }", "a bibliography in BibTeX"},
		{"BibTeX of a name", "@string{a = \"b\"}", "a bibliography in BibTeX"},
	})
}

func TestProblemsAreTakenForNothingElse(t *testing.T) {
	wantJudged(t, []statement{
		{"a problem", find, ""},
		{"a problem in Chinese", "求最大的整数 $n$ 使得 $n^2 < 100$ 成立。", ""},
		{"one character", "7", ""},
		{"riffles", "RIFFLE SHUFFLES: how many riffle shuffles restore 8 cards?", ""},
		{"HTML in capitals", "<HTML><BODY>Find x.", "an HTML page"},
		{"a zero width space in it", "Find\u200b x.", ""},
		{"a document", "\\documentclass{article}\n\\begin{document}\nFind $x$.\n\\end{document}", ""},
		{"a file beside text", "\\input{macros}\nFind $x$.", ""},
		{"a picture beside text", "Find $x$ in the figure.\n\\includegraphics{fig}", ""},
		{"a percentage", `50\% of what is 7?`, ""},
		{"a comment first", "% IMO 2020/1\nFind x.", ""},
		{"one object", `{"problem": "Find x."}`, ""},
		{"one object with its choices", `{"question": "Which?", "choices": ["a b", "c d"], "solutions": [{"a": 1}, {"a": 2}]}`, ""},
		{"a picture beside text, in Markdown", "Find the area.\n\n![figure](f.png)", ""},
		{"an order first", "<A, B> is a pair of lines. Find x.", ""},
		{"a factorial", "!5 counts derangements. ![5](five)? Find it.", ""},
		{"a brace first", "{a_n} is a sequence with a_1 = 1. Find a_5.", ""},
		{"a set", `{1, 2, 3} has how many subsets?`, ""},
		{"a list of numbers", `[1, 2, 3, 4]`, ""},
		{"a matrix", `[[1, 2], [3, 4]]`, ""},
		{"words, with commas", "problem,answer", ""},
		{"a sentence with commas", "A,B,C are points of the problem\n1,2\n3,4", ""},
		{"a table in the problem", "x,y\n1,2\n3,4\nFind the slope.", ""},
		{"markup", "<p>Find <i>x</i>.</p>", ""},
		{"an inequality first", "< is an order. Is it total?", ""},
		{"code", "def f(x):\n    return x % 7\nFind f(10^6).", ""},
		{"a puzzle of pictures", "🍎 ⊕ 🍎 = ?", ""},
		{"a formula alone", `\[\infty\]`, ""},
		{"a list", "1. $a > 0$\n2. $b > a$\nFind $a$.", ""},
		{"a list in the middle", "- a\n- b\n", ""},
		{"one list of YAML", "- problem: Find x.\n", ""},
		{"words that YAML might hold", "Problem: Find x.\nQuestion: how many?", ""},
		{"steps", "- note: a is odd\n- note: b is even\nproblem: find a.", ""},
		{"an address beside text", "Find x in https://a.org", ""},
		{"a decimal", "0.5", ""},
		{"a product of names", "a.b", ""},
		{"at signs", "@(x) is an operator, x@{y} too. Find it.", ""},
		{"a heading", "# Problem\nFind x.", ""},
		{"a problem of a number", "Problem 3: 7+8", ""},
		{"an order of letters", "a<b and c>d", ""},
		{"a definition and its use", `\newcommand{\R}{\mathbb{R}} Is $0\in\R$?`, ""},
		{"a fence with a text", "```\n1+1\n```", ""},
		{"an object with a statement", `{"problem": "Find x.", "prompt": ""}`, ""},
		{"a product of variables", "a.b.c", ""},
		{"a small word", "i", ""},
		{"a series", `$1 + 2 + \cdots + 9$`, ""},
		{"text in an environment", "\\begin{problem}Find x.\\end{problem}", ""},
		{"a control character", "Find x.\x07", "control character U+0007 at offset 7"},
	})
}

func FuzzCheckKind(f *testing.F) {
	f.Add("Find $x$.")
	f.Add(`{"a": [{"b": "c d"}]} {`)
	f.Add("\\input{a}\x00")
	f.Fuzz(func(t *testing.T, text string) {
		if err := engine.CheckKind(text); err != nil && !errors.Is(err, &engine.Fault{Class: engine.Invalid}) {
			t.Error(err)
		}
	})
}
