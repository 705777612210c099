package engine

// Sink receives the events of an attempt in order, from one goroutine. An
// error from a sink ends the attempt; nothing more is put to it then.
type Sink func(Event) error

// Tee is a Sink that passes each event to every sink in turn, stopping at the
// first error.
func Tee(sinks ...Sink) Sink {
	return func(e Event) error {
		for _, put := range sinks {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	}
}
