package wire

import "github.com/aimo3/aimo3/engine"

// Serving is how a server of this program is, and the model server behind it.
type Serving struct {
	Version  int                `json:"version"`
	Program  string             `json:"program" doc:"version of aimo3"`
	Plan     engine.Plan        `json:"plan" doc:"what a wish leaves open"`
	Running  int                `json:"running" doc:"attempts that run"`
	Queued   int                `json:"queued" doc:"attempts that wait"`
	Attempts []engine.AttemptID `json:"attempts" doc:"those that run or wait, by ID, at most 100"`
	Models   ModelServer        `json:"model_server"`
	Requests []engine.Health    `json:"requests" doc:"how requests to the model server fare; for keys with the scope admin, and where no keys are asked for"`
}

// ModelServer is an engine.Server in JSON.
type ModelServer struct {
	Name           string         `json:"name" doc:"of its program"`
	Host           string         `json:"host,omitempty" doc:"its address, for who sees all"`
	Version        string         `json:"version,omitempty"`
	Models         []engine.Model `json:"models" doc:"those that are installed"`
	Busy           string         `json:"busy,omitempty" doc:"what it is being made ready by"`
	Seats          int            `json:"seats,omitempty"`
	MaxTopLogprobs int            `json:"max_top_logprobs,omitempty"`
	Fault          *Failure       `json:"fault,omitempty" doc:"why it cannot be used now"`
}
