package serve

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/grade"
	"github.com/aimo3/aimo3/engine/wire"
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

func (s *API) otherRoutes(api huma.API) {
	huma.Register(api, operation("grade", http.MethodPost, "/v1/grade", "Compare answers with the expected ones", 400, 413, 415, 422), s.grade)
}

// pair is a row as `aimo3 grade` reads it.
type pair struct {
	ID     string  `json:"id,omitempty" maxLength:"200"`
	Gold   *string `json:"gold,omitempty" maxLength:"10000"`
	Pred   *string `json:"pred,omitempty" maxLength:"10000"`
	Text   *string `json:"text,omitempty" maxLength:"100000" doc:"a reply whose answer is to be found"`
	Expect *string `json:"expect,omitempty" maxLength:"10000"`
	Equal  *bool   `json:"equal,omitempty" doc:"whether the two are known to be equal"`
}

type grading struct {
	Body struct {
		Rows   []pair `json:"rows" nullable:"false" minItems:"1" maxItems:"100" doc:"each with gold and pred, or with text and expect"`
		Policy string `json:"policy,omitempty" maxLength:"200" pattern:"^[a-z-]*(,[a-z-]*)*$" doc:"switches, as in list-order,units"`
	}
}

// graded is a row of the answer, as `aimo3 grade` prints it.
type graded struct {
	ID      string  `json:"id,omitempty"`
	Line    int     `json:"line,omitempty"`
	Error   string  `json:"error,omitempty"`
	Answer  *string `json:"answer,omitempty"`
	Source  string  `json:"source,omitempty"`
	Verdict string  `json:"verdict,omitempty" enum:"equal,different,unknown"`
	Tier    string  `json:"tier,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Right   *bool   `json:"right,omitempty"`
	Micros  int64   `json:"micros"`
}

type gradedRows struct {
	Body struct {
		Version int      `json:"version"`
		Rows    []graded `json:"rows"`
	}
}

func (s *API) grade(ctx context.Context, in *grading) (*gradedRows, error) {
	policy, err := answer.ParsePolicy(in.Body.Policy)
	if err != nil {
		return nil, problem(http.StatusUnprocessableEntity, "invalid", "body.policy: "+err.Error())
	}
	out := &gradedRows{}
	out.Body.Version = wire.Version
	g := &grade.Grader{Policy: policy, Now: s.with.Now}
	for i, row := range in.Body.Rows {
		if err := ctx.Err(); err != nil {
			return nil, refusal(err)
		}
		line, err := json.Marshal(row)
		if err != nil {
			return nil, refusal(err)
		}
		of := g.Line(i+1, line)
		out.Body.Rows = append(out.Body.Rows, graded{
			ID: row.ID, Line: of.Line, Error: of.Error, Answer: of.Answer, Source: string(of.Source), Verdict: of.Verdict,
			Tier: string(of.Tier), Reason: of.Reason, Right: of.Right, Micros: of.Micros,
		})
	}
	return out, nil
}
