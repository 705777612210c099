package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/audit"
)

// Every version that was released comes up to the newest with all it holds:
// testdata/version-N.sql is what the program of version N had stored.
func TestMigrations(t *testing.T) {
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for version := 1; version <= len(all); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "aimo3.db")
			for _, script := range all[:version] {
				execute(t, path, script)
			}
			execute(t, path, read(t, fmt.Sprintf("testdata/version-%d.sql", version)))
			execute(t, path, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version))
			d := openedAt(t, path)
			got := listed(t, d)
			if len(got) != 2 || got[0].Verdict != nil || got[1].Verdict == nil || got[1].Verdict.Answer != "4" || got[1].Tokens != 12 {
				t.Errorf("listed %+v", got)
			}
			if found, err := d.Attempts(t.Context(), engine.Filter{Words: "what two"}); err != nil || ids(found) != "06h2000000old001" {
				t.Errorf("found %q, %v", ids(found), err)
			}
			events := stored(t, d, "06h2000000old001")
			if len(events) < 6 || events[len(events)-1].Kind() != "attempt_finished" || !strings.Contains(told(events), `"2+2=4"`) {
				t.Errorf("events %v", events)
			}
			keys, err := d.Keys().All(t.Context())
			if err != nil || version >= keysSince && (len(keys) == 0 || keys[0].Name != "grader" || !keys[0].May(secure.Batch) || keys[0].MustSign) ||
				version >= signingSince && (len(keys) != 2 || !keys[1].MustSign || len(keys[1].Public) != 32) {
				t.Errorf("keys %+v, %v", keys, err)
			}
			if err := d.Check(t.Context()); err != nil {
				t.Error(err)
			}
			recorded := map[bool]int64{true: 2}[version >= auditSince]
			if v, err := audit.Verify(t.Context(), d.Audit(), "", nil); err != nil || v.Size != recorded || v.Signed != recorded {
				t.Errorf("the audit log has %+v, %v; want %d records", v, err, recorded)
			}
		})
	}
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	d := opened(t)
	next := d.version + 1
	err := d.inTx(t.Context(), 1, func(tx *sql.Tx) error {
		return step(t.Context(), tx, next, "CREATE TABLE half (x) STRICT")
	})
	if err == nil {
		t.Fatal("a table without types was made STRICT")
	}
	err = d.inTx(t.Context(), 1, func(tx *sql.Tx) error {
		return step(t.Context(), tx, next, "CREATE TABLE half (x); SELECT nonsense")
	})
	var n, version int
	if e := d.writer.QueryRow(`SELECT (SELECT count(*) FROM sqlite_schema WHERE name = 'half'), user_version FROM pragma_user_version`).Scan(&n, &version); e != nil || err == nil || n != 0 || version == next {
		t.Errorf("errors %v, %v; %d tables left, version %d", err, e, n, version)
	}
}
