package ollama

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestBodiesAreCapped(t *testing.T) {
	for size, want := range map[int]error{10: nil, 11: errTooLarge} {
		body := &capped{io.NopCloser(strings.NewReader(strings.Repeat("a", size))), 10}
		if _, err := io.ReadAll(body); !errors.Is(err, want) {
			t.Errorf("%d bytes: %v, want %v", size, err, want)
		}
	}
}
