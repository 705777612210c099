package wire

import (
	"reflect"
	"strconv"
	"strings"
)

// None is the budget of a wish without one, and its way to settle a split vote if it is not to
// be settled.
const None = "none"

// Wish is what a client of a server wants attempted. What it leaves open is as the server
// was started; its fields are named like the flags of `aimo3 solve`.
type Wish struct {
	Problem string `json:"problem" minLength:"1" maxLength:"20000" doc:"statement"`
	Key     string `json:"key,omitempty" maxLength:"1000" doc:"the right answer, if it is known; never shown to the model"`
	Cache   *bool  `json:"cache,omitempty" doc:"false: solve afresh, though the same was solved before"`

	Model         string   `json:"model,omitempty" maxLength:"300" doc:"an installed model"`
	Fallback      []string `json:"fallback,omitempty" nullable:"false" maxItems:"16" doc:"installed models to go on with, one after the other, where the model cannot be had"`
	Samples       int      `json:"samples,omitempty" minimum:"1" maximum:"512"`
	Parallel      int      `json:"parallel,omitempty" minimum:"1" maximum:"512"`
	Stop          string   `json:"stop,omitempty" maxLength:"200" doc:"none, four-agree, uncatchable, asc:P, esc:W, deepconf:TAU:N, or several joined by commas"`
	Choose        string   `json:"choose,omitempty" maxLength:"200" doc:"verify, select, second-round, several joined by commas, or none"`
	Judge         string   `json:"judge,omitempty" maxLength:"300"`
	Budget        string   `json:"budget,omitempty" maxLength:"20" doc:"time for the attempt, such as 5m, or none where the server itself has no limit"`
	TokenBudget   int      `json:"token_budget,omitempty" minimum:"1" maximum:"1073741824"`
	ThinkBudget   int      `json:"think_budget,omitempty" minimum:"1" maximum:"4194304"`
	NumCtx        int      `json:"num_ctx,omitempty" minimum:"256" maximum:"4194304"`
	NumPredict    int      `json:"num_predict,omitempty" minimum:"1" maximum:"4194304"`
	Temperature   *float64 `json:"temperature,omitempty" minimum:"0" maximum:"2"`
	Seed          *int64   `json:"seed,omitempty" minimum:"0" maximum:"2147483647"`
	Think         string   `json:"think,omitempty" enum:"auto,on,off,low,medium,high"`
	Tools         string   `json:"tools,omitempty" enum:"auto,python,embedded,off"`
	Fences        *bool    `json:"fences,omitempty"`
	NoCodeSamples *int     `json:"no_code_samples,omitempty" minimum:"0" maximum:"512"`
	Cells         int      `json:"cells,omitempty" minimum:"1" maximum:"1024"`
	Cell          string   `json:"cell,omitempty" maxLength:"20" doc:"time for one cell, such as 6s"`
	Logprobs      *int     `json:"logprobs,omitempty" minimum:"0" maximum:"100"`
	Answer        string   `json:"answer,omitempty" maxLength:"100" doc:"range of the answer: integer:0..99999, integer, any"`
}

// Range is what a number of a Wish may be, from the lowest to the highest, by its name in
// JSON. The bounds stand in the struct's tags alone, where the API takes them from; flags take
// them from here. It panics if no number has the name, or one of its bounds is not said.
func Range(name string) (lowest, highest int) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Wish]()) {
		if in, _, _ := strings.Cut(f.Tag.Get("json"), ","); in != name {
			continue
		}
		lowest, err := strconv.Atoi(f.Tag.Get("minimum"))
		if err != nil {
			panic("wish: no lowest " + name)
		}
		highest, err := strconv.Atoi(f.Tag.Get("maximum"))
		if err != nil {
			panic("wish: no highest " + name)
		}
		return lowest, highest
	}
	panic("wish: no " + name)
}
