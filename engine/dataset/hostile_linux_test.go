package dataset_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// hostile are files that attack a reader, by what is said of each; "" is that it is read.
// What is long is packed: a line of 200 MB, 10^7 columns, bombs.
var hostile = map[string]struct {
	text []string // parts, each with how often it comes: "x*1000"
	want string
}{
	"line-200mb.csv.gz":       {[]string{"id,problem\n1,", "x*200000000"}, ": a record of more than 1 MB"},
	"line-20mb.jsonl.gz":      {[]string{"{\"problem\": \"", "x*20000000"}, ": a record of more than 1 MB"},
	"line-20mb.txt.gz":        {[]string{"x*20000000"}, ": a record of more than 1 MB"},
	"head-20mb.csv.gz":        {[]string{"id,problem", "x*20000000"}, ": a record of more than 1 MB"},
	"columns-1e7.csv.gz":      {[]string{"problem", ",*10000000"}, ": a record of more than 1 MB"},
	"columns-1e6.csv":         {[]string{"problem", ",*1000000"}, ":1: 1000001 columns"},
	"fields-1e6.csv":          {[]string{"id,problem\n1", ",*1000000"}, ":2: the row has another number of fields"},
	"fields-1e6.json":         {[]string{"{\"problem\": \"What?\"", ",\"a\":1*100000", "}"}, ":1:1: the field \"a\" stands in it twice"},
	"quotes-odd.csv":          {[]string{"id,problem\n1,\"", "\"\"*100001"}, ": extraneous or missing \""},
	"quotes-open.csv":         {[]string{"id,problem\n1,\"", "x\n*1000"}, ": extraneous or missing \""},
	"newlines.csv.gz":         {[]string{"id,problem\n", "\n*20000000"}, ": a record of more than 1 MB"},
	"newlines.jsonl.gz":       {[]string{"{\"problem\": \"What is it?\"}", "\n*20000000"}, ": a record of more than 1 MB"},
	"newlines.txt.gz":         {[]string{"\n*20000000"}, ": a record of more than 1 MB"},
	"separators.txt.gz":       {[]string{"---\n*10000000"}, "there is no problem in it"},
	"one-problem.txt":         {[]string{"---\n*10000", "What is 1 + 1?\n", "---\n*10000"}, ""},
	"spaces.json.gz":          {[]string{" *20000000"}, ": a record of more than 1 MB"},
	"zeros.gz":                {[]string{"\x00*20000000"}, ": a record of more than 1 MB"},
	"depth.json":              {[]string{"[*10001"}, ":1:2: the file ends within"},
	"depth-in.jsonl":          {[]string{"{\"problem\": ", "[*10001"}, ":1:10012: invalid character '[' exceeded max depth"},
	"depth-object.jsonl":      {[]string{"{\"a\":*10001", "1"}, "exceeded max depth"},
	"list-of-lists.json":      {[]string{"[[1],[2]]"}, ":1:2: [1] is no object"},
	"number.json":             {[]string{"{\"problem\": 1", "0*100000", "}"}, "the problem has 100001 characters"},
	"key-long.jsonl":          {[]string{"{\"problem\": \"What is it?\", \"answer\": 1", "0*100000", "}"}, "a field of 100001 bytes"},
	"name-long.jsonl":         {[]string{"{\"problem\": \"What is it?\", \"id\": \"", "x*100000", "\"}"}, "a field of 100000 bytes"},
	"proto.jsonl":             {[]string{"{\"__proto__\": {\"problem\": 1}, \"constructor\": 2, \"problem\": \"What is it?\"}"}, ""},
	"key-twice.jsonl":         {[]string{"{\"problem\": \"What is it?\", \"answer\": 1, \"answer\": 2}"}, ":1:1: the field \"answer\" stands in it twice"},
	"key-twice-escaped.jsonl": {[]string{"{\"problem\": \"What is it?\", \"answer\": 1, \"\\u0061nswer\": 2}"}, ":1:1: the field \"answer\" stands in it twice"},
	"same-ids.csv":            {[]string{"id,problem\n", "x,What is it?\n*1000"}, ":3:3: the name \"x\" is that of line 2 too"},
	"ids-3e5.csv.gz":          {[]string{"problem,b\n", "What is it?,1\n*300000"}, "there are more than 250000 problems"},
	"text-1gb.csv.gz":         {[]string{"problem,b\n", "What is " + strings.Repeat("it, ", 250) + "\n*100"}, "the row has another number of fields"},
	"kept.csv.gz":             {[]string{"problem;answer\n", "What is it?;" + strings.Repeat("it, ", 1000) + "\n*17500"}, "more than 64 MB of text"},
	"bom.csv":                 {[]string{"\xef\xbb\xbfid,problem\n1,What is it?\n"}, ""},
	"bom-twice.csv":           {[]string{"\xef\xbb\xbf\xef\xbb\xbfid,problem\n1,What is it?\n"}, ""},
	"utf16le.csv":             {[]string{"\xff\xfei\x00d\x00"}, "it is text in UTF-16"},
	"utf16be.csv":             {[]string{"\xfe\xff\x00i\x00d"}, "it is text in UTF-16"},
	"utf16-bare.csv":          {[]string{"i\x00d\x00,\x00p\x00r\x00o\x00b\x00l\x00e\x00m\x00\n\x00*10"}, "it is text in UTF-16"},
	"utf32.csv":               {[]string{"\xff\xfe\x00\x00i\x00\x00\x00"}, "it is text in UTF-32"},
	"latin1.csv":              {[]string{"id,problem\n1,Combien co\xfbte?\n"}, ":2:3: the problem is not valid UTF-8"},
	"latin1.jsonl":            {[]string{"{\"problem\": \"Combien co\xfbte?\"}\n"}, ":1:1: it is not valid UTF-8"},
	"latin1.txt":              {[]string{"Combien co\xfbte?\n"}, ":1: it is not valid UTF-8"},
	"overlong.txt":            {[]string{"What is \xc0\xaf?\n"}, ":1: it is not valid UTF-8"},
	"surrogate.jsonl":         {[]string{"{\"problem\": \"What is \\udc00?\"}\n"}, ":1:1: a character of it is broken"},
	"nul.csv":                 {[]string{"id,problem\n1,What\x00 is it?\n"}, ":2:3: the problem holds the control character U+0000"},
	"nul.jsonl":               {[]string{"{\"problem\": \"What\\u0000 is it?\"}\n"}, ":1:1: the problem holds the control character U+0000"},
	"escape.jsonl":            {[]string{"{\"problem\": \"What\\u001b[2J is it?\"}\n"}, ":1:1: the problem holds the control character U+001B"},
	"escape-id.csv":           {[]string{"id,problem\n\x1b[2J,What is it?\n"}, ""},
	"zip.csv":                 {[]string{"PK\x03\x04x"}, "it is a ZIP archive"},
	"pdf.txt":                 {[]string{"%PDF-1.7\n"}, "it is a PDF file"},
	"sqlite.db":               {[]string{"SQLite format 3\x00"}, "it is an SQLite database"},
	"xz.csv":                  {[]string{"\xfd7zXZ\x00"}, "it is an xz archive"},
	"script.txt":              {[]string{"#!/bin/sh\nrm -rf /\n"}, "it is a script"},
	"html.txt":                {[]string{"<!DOCTYPE html><title>404</title>"}, "it is an HTML or XML page"},
	"lfs.csv":                 {[]string{"version https://git-lfs.github.com/spec/v1\n"}, "it is a pointer of Git LFS"},
	"cut.csv.gz":              {[]string{"!cut"}, "unexpected EOF"},
	"damaged.csv.gz":          {[]string{"!damaged"}, "the gzip file is damaged"},
	"empty.csv":               {nil, "there is no problem in it"},
	"traversal.csv":           {[]string{"id,problem\n../../etc/passwd,What is it?\n"}, ""},
	"formula.csv":             {[]string{"id,problem\n=1+1,What is it?\n"}, ""},
	"cr.csv":                  {[]string{"id,problem\r1,What is it?\r"}, ""},
	"infinite.json":           {[]string{"{\"problem\": \"What is it?\", \"answer\": NaN}"}, ":1:38: invalid character 'N'"},
	"comment.json":            {[]string{"{\"problem\": \"What is it?\"} // one\n"}, ":1:28: invalid character '/'"},
	"mixed.jsonl":             {[]string{"{\"problem\": \"What is it?\"}\nid,problem\n"}, ":2:1: invalid character 'i'"},
}

// maxResident bounds the memory of whoever reads, in bytes.
const maxResident = 256 << 20

// TestHostileFiles: each is refused with its place, or read; all of them, one after
// another, take less than 256 MB of memory.
func TestHostileFiles(t *testing.T) {
	if dir := os.Getenv("DATASET_HOSTILE"); dir != "" {
		for name := range hostile {
			_, err := dataset.Read(t.Context(), dataset.Options{Path: filepath.Join(dir, name)})
			fmt.Printf("read %s: %v\n", name, err)
		}
		return
	}
	if enginetest.UnderRace { // which has nothing to see in one goroutine, for minutes
		delete(hostile, "ids-3e5.csv.gz")
	}
	dir := t.TempDir()
	for name, h := range hostile {
		write(t, filepath.Join(dir, name), h.text)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestHostileFiles$")
	child.Env = append(os.Environ(), "DATASET_HOSTILE="+dir)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, h := range hostile {
		_, said, _ := strings.Cut(string(out), "read "+name+": ")
		said, _, _ = strings.Cut(said, "\nread ")
		if ok := said == "<nil>" || strings.HasPrefix(said, "<nil>\n"); h.want == "" && !ok || h.want != "" && (ok || !strings.Contains(said, h.want)) {
			t.Errorf("%s: %.300s; want %s", name, said, h.want)
		}
	}
	usage, _ := child.ProcessState.SysUsage().(*syscall.Rusage)
	resident, most := usage.Maxrss<<10, int64(maxResident)
	if enginetest.UnderRace { // which keeps a shadow of all memory, several times as large
		most *= 8
	}
	if resident > most {
		t.Errorf("%d MB of memory for %d files, want at most %d", resident>>20, len(hostile), most>>20)
	} else {
		t.Logf("%d files, %d MB of memory", len(hostile), resident>>20)
	}
}

// write writes a file of parts, packed if its name says so.
func write(t *testing.T, path string, parts []string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var to io.Writer = f
	if len(parts) == 1 && strings.HasPrefix(parts[0], "!") {
		z := packed(t, "id,problem\n1,What is it?\n")
		z = map[string]string{"!cut": z[:len(z)-12], "!damaged": z[:3] + "\xff\xff" + z[5:]}[parts[0]]
		if _, err := io.WriteString(f, z); err != nil {
			t.Fatal(err)
		}
		return
	}
	if strings.HasSuffix(path, ".gz") {
		z, _ := gzip.NewWriterLevel(f, gzip.BestSpeed)
		defer func() { _ = z.Close() }()
		to = z
	}
	for _, p := range parts {
		times := 1
		if text, n, ok := strings.Cut(p, "*"); ok {
			p = text
			if _, err := fmt.Sscan(n, &times); err != nil {
				t.Fatal(err)
			}
		}
		if enginetest.UnderRace { // what is refused is refused after 1 MB
			times = min(times, 2_000_000)
		}
		block := strings.Repeat(p, max(1, min(times, 1<<20/len(p))))
		for left := len(p) * times; left > 0; left -= min(left, len(block)) {
			if _, err := io.WriteString(to, block[:min(left, len(block))]); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestJSONTestSuite: the suite's files, none of which is a set of problems, are refused
// by a fault, whatever is in them.
func TestJSONTestSuite(t *testing.T) {
	suites := os.Getenv("AIMO3_SUITES")
	if suites == "" {
		t.Skip("NOT TESTED against JSONTestSuite/test_parsing: AIMO3_SUITES names no folder that it is in")
	}
	files, err := filepath.Glob(filepath.Join(suites, "JSONTestSuite/test_parsing/*.json"))
	if err != nil || len(files) < 300 {
		t.Fatalf("%d files in %s, %v", len(files), suites, err)
	}
	for _, path := range files {
		set, err := dataset.Read(t.Context(), dataset.Options{Path: path, Format: dataset.JSON})
		var f *engine.Fault
		if !errors.As(err, &f) || f.Class != engine.Invalid {
			t.Errorf("%s: %v, %v", filepath.Base(path), set, err)
		}
	}
	t.Logf("%d files", len(files))
}
