package engine

import "time"

// Server is what is known of the model server at one moment.
type Server struct {
	Host    string  // its address as a person would write it
	Local   bool    // it runs on this machine
	Own     bool    // this program started it and will stop it
	Version string  // "" while it does not answer
	Models  []Model // installed ones, by name
	Fault   *Fault  // why it cannot be used now; nil if it answers
	Busy    string  // what it is being made ready by: "starting ollama"; "" if nothing
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

// Pull is how far the download of a model is.
type Pull struct {
	Status string // what the server does now
	Done   int64  // bytes; never goes back
	Total  int64  // bytes; 0 while unknown
}
