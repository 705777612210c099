// Package dataset reads files of problems: the CSV of the AIMO competitions, JSON lines or
// a list of JSON with fields of any name, plain text with lines between the problems, and
// folders of text files; each may be packed by gzip, and all but a folder may come from a
// pipe. Which of them it is, and which column is what, is found by looking, and said:
//
//	set, err := dataset.Read(ctx, dataset.Options{Path: "problems.csv", Pick: dataset.Pick{Limit: 10}})
//	for _, e := range set.Entries {
//		fmt.Println(e.ID, e.Statement, e.Key)
//	}
//
// A set is read whole or not at all. What cannot be read is an invalid-input
// [engine.Fault] that names the file, the line and the column, as in
// "problems.csv:12:8: …"; nothing is repaired or left out in silence, but what Pick leaves
// out is not checked, so that one bad row can be done without. A problem without a name is
// named after its number in the source; two of one name are an error.
//
// Files are hostile until read: no record is longer than [MaxRecordBytes], no source
// longer than [MaxSourceBytes] once unpacked, no set larger than [MaxProblems] and
// [MaxKeptBytes], and nothing outside a folder is read through it. So reading takes a
// bounded amount of memory, whatever the file is. Reading ends when its context does, but
// for a pipe that nothing is written to: that wait ends with the program.
package dataset
