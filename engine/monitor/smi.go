package monitor

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const (
	mib        = 1 << 20
	maxCards   = 256
	maxMiB     = 1 << 30
	maxWatts   = 100_000
	maxDegrees = 1_000
	maxMHz     = 100_000
)

var errNoRow = errors.New("not a row of figures")

// smiArgs make nvidia-smi print one row a second and card, for parseRow.
func smiArgs() []string {
	return []string{
		"--query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,power.limit,clocks.sm,clocks.mem",
		"--format=csv,noheader,nounits", "-lms", "1000",
	}
}

// parseRow reads one row that nvidia-smi printed. Columns are counted from both
// ends, since a name may hold commas. A row is refused if no column of figures is a
// number or a word for its absence; one that is neither is missing.
func parseRow(row string) (GPU, error) {
	columns := strings.Split(row, ",")
	if len(columns) < 10 {
		return GPU{}, errNoRow
	}
	index, err := strconv.Atoi(strings.TrimSpace(columns[0]))
	if err != nil || index < 0 || index >= maxCards {
		return GPU{}, errNoRow
	}
	tail := len(columns) - 8
	card := GPU{Index: index, Name: cardName(strings.Join(columns[1:tail], ","))}
	var used, total Value
	read := 0
	for i, figure := range []struct {
		to    *Value
		limit float64
	}{
		{&card.Util, 100},
		{&used, maxMiB},
		{&total, maxMiB},
		{&card.Temperature, maxDegrees},
		{&card.Power, maxWatts},
		{&card.PowerLimit, maxWatts},
		{&card.Clock, maxMHz},
		{&card.MemoryClock, maxMHz},
	} {
		if *figure.to, err = parseFigure(columns[tail+i], figure.limit); err == nil {
			read++
		}
	}
	if read == 0 {
		return GPU{}, errNoRow
	}
	card.Memory = videoMemory(used, total)
	return card, nil
}

// cardName is a card's name, which nvidia-smi does not know of one that is lost.
func cardName(column string) string {
	name := oneLine(column)
	if name == "" || name[0] == '[' || slices.Contains([]string{"N/A", "ERR!", "Unknown Error"}, name) {
		return "a card of unknown name"
	}
	return name
}

// parseFigure reads one column: a number, or words for its absence, with brackets
// or without. What the words say is the reason.
func parseFigure(column string, limit float64) (Value, error) {
	column = strings.TrimSpace(column)
	switch inner, bracketed := strings.CutPrefix(column, "["); {
	case column == "" || column == "-" || column == "N/A" || column == "[N/A]" || column == "[Not Supported]" || column == "Not Supported":
		return Value{Missing: "not reported by the card"}, nil
	case bracketed:
		return Value{Missing: strings.ToLower(oneLine(strings.TrimSuffix(inner, "]")))}, nil
	case column == "ERR!":
		return Value{Missing: "ERR!"}, nil // as nvidia-smi itself shows it to people
	}
	number, _, _ := strings.Cut(column, " ") // older drivers print units all the same
	n, err := strconv.ParseFloat(number, 64)
	switch {
	case err == nil:
		return plausible(n, limit), nil
	case absence(column):
		return Value{Missing: strings.ToLower(oneLine(column))}, nil
	}
	return Value{Missing: "unreadable: " + oneLine(column)}, errNoRow
}

// absence says whether a column holds words such as "Unknown Error".
func absence(column string) bool {
	for i, r := range column {
		if i == 0 && !unicode.IsUpper(r) || !unicode.IsLetter(r) && !strings.ContainsRune(" !/'-.", r) {
			return false
		}
	}
	return column != ""
}

// plausible is n if it lies between 0 and limit, which what is not a number never
// does.
func plausible(n, limit float64) Value {
	if n >= 0 && n <= limit {
		return Value{N: n}
	}
	return Value{Missing: fmt.Sprintf("implausible: %g", n)}
}

func videoMemory(used, total Value) Usage {
	u := Usage{Of: "VRAM"}
	switch {
	case used.Missing != "":
		u.Missing = used.Missing
	case total.Missing != "":
		u.Missing = total.Missing
	case total.N == 0:
		u.Missing = "not reported by the card"
	default:
		u.Used, u.Total = uint64(min(used.N, total.N)*mib), uint64(total.N*mib)
	}
	return u
}
