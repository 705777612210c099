package serve

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/wire"
)

// TestWhereWordsStand: the place in what a sample said comes with an attempt or, where that
// is asked for, with the list; not where the statement has the words, and nothing of what was
// only thought.
func TestWhereWordsStand(t *testing.T) {
	r := start(t, nil, replies("42"))
	id := r.create(ask42)
	r.await(id)
	for left := 1; left > 0; time.Sleep(time.Millisecond) { // what was said is indexed in the background
		var err error
		if left, err = r.db.Unindexed(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	const found = `"found":{"sample":0,"text":"So \\boxed{42}."}`
	for _, row := range []struct {
		path   string
		status int
		has    bool
	}{
		{"/v1/attempts/" + string(id) + "/passage?words=boxed", 200, true},
		{"/v1/attempts/" + string(id) + "/passage?words=+boxed+times", 200, true},
		{"/v1/attempts/" + string(id) + "/passage?words=times", 200, false},
		{"/v1/attempts/" + string(id) + "/passage?words=sevens", 200, false},
		{"/v1/attempts/" + string(id) + "/passage?words=+", 200, false},
		{"/v1/attempts/" + string(id) + "/passage?words=", 422, false},
		{"/v1/attempts/" + string(id) + "/passage", 422, false},
		{"/v1/attempts/nobody/passage?words=boxed", 404, false},
		{"/v1/attempts?words=boxed&found=true", 200, true},
		{"/v1/attempts?query=boxed+is:doubtful&found=true", 200, false},
		{"/v1/attempts?query=boxed&found=true", 200, true},
		{"/v1/attempts?words=boxed", 200, false},
		{"/v1/attempts?words=times&found=true", 200, false},
		{"/v1/attempts?found=true", 200, false},
	} {
		got := r.ask("GET", row.path, "")
		if got.status != row.status || strings.Contains(got.body, found) != row.has || !row.has && strings.Contains(got.body, `"found":{`) {
			t.Errorf("%s: %d %s, want %d, a passage: %t", row.path, got.status, got.body, row.status, row.has)
		}
	}
	if got := r.ask("DELETE", "/v1/attempts/"+string(id), ""); got.status != http.StatusNoContent {
		t.Fatalf("delete: %d %s", got.status, got.body)
	}
	var list struct{ Attempts []wire.Hit }
	got := r.ask("GET", "/v1/attempts?query=boxed+is:deleted&found=true", "")
	if got.into(t, &list); len(list.Attempts) != 1 || list.Attempts[0].Found != nil {
		t.Errorf("a deleted one: %s", got.body)
	}
}
