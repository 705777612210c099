// Package monitor reads the machine: processors, memory, disk, graphics cards,
// this program itself, and what the model server holds in memory. A figure that
// cannot be read is never made up; its place says why it is missing.
package monitor
