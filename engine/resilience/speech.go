package resilience

import "sync/atomic"

// speech is which requests have brought text since it was forgotten: none, one, or
// several. Streams last for minutes and most faults come early, so that many faults in
// a row say nothing while another stream goes on.
type speech struct {
	one     atomic.Pointer[pass]
	several atomic.Bool
}

// by says that a request has brought text. It is called for every piece of a reply.
func (s *speech) by(p *pass) {
	switch one := s.one.Load(); {
	case one == p || s.several.Load():
	case one != nil || !s.one.CompareAndSwap(nil, p):
		s.several.Store(true)
	}
}

// besides says whether any other request has brought text.
func (s *speech) besides(p *pass) bool {
	one := s.one.Load()
	return s.several.Load() || one != nil && one != p
}

func (s *speech) forget() {
	s.one.Store(nil)
	s.several.Store(false)
}
