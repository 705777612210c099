package engine

import (
	"context"
	"slices"
	"time"
)

// Backend is a model server as the engine needs it.
type Backend interface {
	// Stream asks for one reply and reports it piece by piece: calls of say
	// never overlap and come in order. It returns nil only for a reply that the
	// server said was complete; a reply cut at the context window is complete
	// with Ending.Cut set. When ctx ends, Stream closes its connection and
	// returns soon, with an error.
	Stream(ctx context.Context, ask Ask, say func(Piece)) (Ending, error)
}

// Ask is one request to a Backend.
type Ask struct {
	Model       string
	Digest      string // of the model, if it must be that one; a server that has another one by the name, also once the reply is there, fails with NoModel
	Turns       []Turn
	Seed        int64
	Think       Think
	Options     Options
	Tool        *Tool // what the model may call; nil for nothing
	TopLogprobs int   // log-probabilities wanted for each token, those of the likeliest candidates; 0 for none
}

// Turn is one utterance of the conversation that a reply continues.
type Turn struct {
	Role     string // "system", "user", "assistant" or "tool"
	Text     string
	Thinking string // of the assistant, before Text
	Calls    []Call // of the assistant, after Text
	Answers  Call   // the call whose outcome Text is, if the role is "tool"
}

// Tool is something that a model may call with one argument, a piece of code.
type Tool struct{ Name, Description string }

// Call is a model's wish to have code run.
type Call struct {
	ID    string // the server's name for it; may be empty
	Name  string // of the tool, as the model wrote it
	Code  string
	Wrong string // why it cannot be run, to be told to the model; "" if it can
}

// Piece is what a Backend reports: a new phase, some text, or a call.
type Piece struct {
	Phase   Phase // if not empty, the request is now in this phase and the rest is empty
	Channel Channel
	Text    string
	Frames  int   // frames of the wire that begin in Text; 0 where it goes on with one
	Call    *Call // the model calls the tool; Text is empty

	// Logprobs holds, for each token of Text that the server told of, the
	// log-probabilities of the likeliest candidates in its place. It is valid
	// until say returns.
	Logprobs [][]float64
}

// Ending is the server's own account of a finished reply.
type Ending struct {
	Cut          bool          `json:"cut,omitempty"` // the window or the token limit ended it, not the model
	PromptTokens int           `json:"prompt_tokens"`
	Tokens       int           `json:"tokens"` // generated
	Load         time.Duration `json:"load_ns"`
	Prompt       time.Duration `json:"prompt_ns"` // reading the prompt
	Generate     time.Duration `json:"generate_ns"`
}

// Plus is the account of two replies of one conversation. The prompt of the
// later one holds all of the earlier.
func (e Ending) Plus(next Ending) Ending {
	return Ending{
		Cut: next.Cut, PromptTokens: max(e.PromptTokens, next.PromptTokens), Tokens: e.Tokens + next.Tokens,
		Load: e.Load + next.Load, Prompt: e.Prompt + next.Prompt, Generate: e.Generate + next.Generate,
	}
}

// Rate is the speed of generation in tokens per second; 0 if unknown.
func (e Ending) Rate() float64 {
	if e.Generate <= 0 {
		return 0
	}
	return float64(e.Tokens) / e.Generate.Seconds()
}

// Phase is what a sample is doing.
type Phase string

// The phases, in the order a sample passes through them.
const (
	Queued    Phase = "queued"    // waiting for a seat, here or at the server
	Loading   Phase = "loading"   // the server is loading the model
	Reading   Phase = "reading"   // the server is reading the prompt
	Reasoning Phase = "thinking"  // hidden reasoning arrives
	Answering Phase = "answering" // the reply proper arrives
	Computing Phase = "computing" // a cell of code runs
)

// Server is what is known of the model server at one moment.
type Server struct {
	Name           string  // of the program: "ollama"
	Host           string  // its address as a person would write it
	Local          bool    // it runs on this machine
	Own            bool    // this program started it and will stop it
	Version        string  // "" while it does not answer
	Models         []Model // installed ones, by name
	Fault          *Fault  // why it cannot be used now; nil if it answers
	Busy           string  // what it is being made ready by: "starting ollama"; "" if nothing
	Seats          int     // replies that it gives at once; 0 if not known
	MaxTopLogprobs int     // log-probabilities of a token that it can send; 0 if not known
	Help           []Step  // what gets one going where none answers
}

// Step is something that a person can do.
type Step struct {
	Do  string // a command or an address
	Why string // what it does: "starts it"
}

// Model is an installed language model.
type Model struct {
	Name         string    `json:"name"`
	Digest       string    `json:"digest"`
	Size         int64     `json:"size"` // bytes on disk
	Family       string    `json:"family"`
	Parameters   string    `json:"parameters"`        // as the server says it: "8.2B"
	Quantization string    `json:"quantization"`      // "Q4_K_M"
	Context      int       `json:"context,omitempty"` // longest window in tokens; 0 until asked for
	Capabilities []string  `json:"capabilities,omitempty"`
	Modified     time.Time `json:"modified"`
}

// Can says whether the server lists a capability for the model: "tools",
// "thinking".
func (m Model) Can(capability string) bool { return slices.Contains(m.Capabilities, capability) }

// Offer is a model that can be pulled.
type Offer struct {
	Name  string
	Size  int64  // bytes to download, about
	Needs int64  // bytes of memory to run it with a useful window
	Why   string // it is good
	Fits  bool   // the machine has that memory, as far as is known
	Best  bool   // it is the one to get here
}

// Pull is how far the download of a model is.
type Pull struct {
	Status string // what the server does now
	Done   int64  // bytes; never goes back
	Total  int64  // bytes; 0 while unknown
}
