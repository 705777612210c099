package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

// Action is a kind of thing that is done. Those that were released never change.
type Action string

// What is recorded.
const (
	Solve       Action = "solve" // object: the attempt
	Resume      Action = "resume"
	Close       Action = "close"
	Export      Action = "export"
	Delete      Action = "delete"
	Restore     Action = "restore"
	Mark        Action = "mark"    // a star, tags, a note, what is right
	Prune       Action = "prune"   // object: attempts begun before this time
	Unprune     Action = "unprune" // object: the time of what is restored
	ClearCache  Action = "cache-clear"
	Backup      Action = "db-backup" // object: the file
	Recover     Action = "db-recover"
	InitConfig  Action = "config-init"
	EditConfig  Action = "config-edit"
	SetConfig   Action = "config-set" // object: the setting, without its value
	PullModel   Action = "model-pull"
	ImportModel Action = "model-import"
	UnloadModel Action = "model-unload" // from the memory of the server
	DeleteModel Action = "model-delete" // from the disk of the server
	ExportAudit Action = "audit-export"
	KeepSecret  Action = "auth-set" // object: the credential's name
	DropSecret  Action = "auth-delete"
	CreateKey   Action = "key-create" // object: the key's ID
	RevokeKey   Action = "key-revoke"
	RotateKey   Action = "key-rotate" // object: the ID of the new key
	Stop        Action = "stop"       // object: the attempt
	Steer       Action = "steer"      // object: the attempt, which was told or changed something while it ran
	Refuse      Action = "refuse"     // object: the address, of requests to a server in one minute
	MadeKey     Action = "audit-key"  // object: the key that verifies checkpoints from here on
)

// OfAttempt says that an action is done to one attempt.
func (a Action) OfAttempt() bool {
	return slices.Contains([]Action{Solve, Resume, Close, Export, Delete, Restore, Mark}, a)
}

// Outcomes. What failed is "failed: " and the class of the fault.
const (
	Begun      = "begun"
	Done       = "done"
	Cached     = "cached" // a verdict that was reached before was shown
	Answered   = "answered"
	Unanswered = "no answer"
)

// maxFieldBytes is what a field is cut to.
const maxFieldBytes = 512

// Record says that something was done.
type Record struct {
	Time     time.Time `json:"time"`
	Who      string    `json:"who"`       // the user of the machine, "key " and the ID of an API key, "local" for who asked a server on this machine; "" if nobody knows
	FrontEnd string    `json:"front_end"` // app, cli, serve
	Action   Action    `json:"action"`
	Object   string    `json:"object"` // what it was done to: an ID, a name, a path
	Outcome  string    `json:"outcome"`
}

// encoded is the one way in which a record is written.
func (r Record) encoded() ([]byte, error) {
	r.Time = r.Time.UTC().Round(0)
	for _, field := range []*string{&r.Who, &r.FrontEnd, &r.Object, &r.Outcome} {
		*field = bounded(engine.HideSecrets(*field))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func bounded(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= maxFieldBytes {
		return text
	}
	cut := maxFieldBytes
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}

// Parse reads a record.
func Parse(text []byte) (r Record, err error) {
	if err = json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("not a record: %w", err)
	}
	return r, nil
}

// OutcomeOf says what came of something that ended with an error or nil. It holds no
// word of the error, which may quote a model.
func OutcomeOf(err error) string {
	switch {
	case err == nil:
		return Done
	case errors.Is(err, engine.ErrCancelled), errors.Is(err, context.Canceled):
		return "cancelled"
	}
	return "failed: " + string(engine.ClassOf(err))
}
