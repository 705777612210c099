package starlark

import (
	"fmt"
	"strconv"
	"strings"

	sl "go.starlark.net/starlark"
)

// mostText bounds what one value prints: what is kept of a cell's output is
// less.
const mostText = 16 << 20

// writer writes values as Python does.
type writer struct {
	*guard

	b     strings.Builder
	depth int
	turns int
}

// display is str(v), repr the same with quotes around a string.
func display(g *guard, v sl.Value) (string, error) {
	if s, ok := v.(sl.String); ok {
		return string(s), nil
	}
	return repr(g, v)
}

func repr(g *guard, v sl.Value) (string, error) {
	w := &writer{guard: g}
	err := w.value(v)
	return w.b.String(), err
}

func (w *writer) value(v sl.Value) error {
	w.turns++
	if err := w.tick(w.turns); err != nil {
		return err
	}
	if w.b.Len() > mostText {
		return fmt.Errorf("%w: a text of more than %d bytes", errMemory, mostText)
	}
	if w.depth == 100 {
		w.b.WriteString("...")
		return nil
	}
	w.depth++
	defer func() { w.depth-- }()
	return w.written(v)
}

func (w *writer) written(v sl.Value) error {
	switch v := v.(type) {
	case sl.String:
		w.b.WriteString(quoted(string(v)))
	case sl.Float:
		w.b.WriteString(floatText(float64(v)))
	case *sl.List:
		return w.row("[", "]", v)
	case sl.Tuple:
		if len(v) == 1 {
			return w.row("(", ",)", v)
		}
		return w.row("(", ")", v)
	case *sl.Set:
		if v.Len() == 0 {
			w.b.WriteString("set()")
			return nil
		}
		return w.row("{", "}", v)
	case *defaults:
		return w.dict(v.Dict)
	case *sl.Dict:
		return w.dict(v)
	case *lazy, rational, *matrix, *poly, sl.Int, sl.Bool:
		w.b.WriteString(v.String())
	default:
		w.b.WriteString(clipLong(v.String()))
	}
	return nil
}

func (w *writer) row(open, shut string, items sl.Iterable) error {
	w.b.WriteString(open)
	it := items.Iterate()
	defer it.Done()
	var x sl.Value
	for i := 0; it.Next(&x); i++ {
		if i > 0 {
			w.b.WriteString(", ")
		}
		if err := w.value(x); err != nil {
			return err
		}
	}
	w.b.WriteString(shut)
	return nil
}

func (w *writer) dict(d *sl.Dict) error {
	w.b.WriteString("{")
	for i, kv := range d.Items() {
		if i > 0 {
			w.b.WriteString(", ")
		}
		if err := w.value(kv[0]); err != nil {
			return err
		}
		w.b.WriteString(": ")
		if err := w.value(kv[1]); err != nil {
			return err
		}
	}
	w.b.WriteString("}")
	return nil
}

// quoted prefers single quotes.
func quoted(s string) string {
	text := strconv.Quote(s)
	if text = text[1 : len(text)-1]; strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, `\"`, `"`), "'", `\'`) + "'"
}

// floatText is the shortest text that reads as the same float.
func floatText(f float64) string {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	switch text {
	case "+Inf":
		return "inf"
	case "-Inf":
		return "-inf"
	case "NaN":
		return "nan"
	}
	if size := max(f, -f); size == 0 || size >= 1e-4 && size < 1e16 {
		text = strconv.FormatFloat(f, 'f', -1, 64)
		if !strings.Contains(text, ".") {
			text += ".0"
		}
	}
	return text
}
