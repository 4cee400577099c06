package fetch

import "time"

// A Progress says how far a Fetch is.
type Progress struct {
	Settled, Pages int
	Host           string        // the one that lets us wait the longest; "": none does
	Pause          time.Duration // for how long yet
}

// tellEvery is how often progress is told: faster than that nobody reads.
const tellEvery = 100 * time.Millisecond

// tell says how far the run is, now and then and at its end.
func (s *scheduler) tell(now time.Time) {
	if s.options.Progress == nil || now.Sub(s.told) < tellEvery && s.settled < s.pages {
		return
	}
	s.told = now
	p := Progress{Settled: s.settled, Pages: s.pages}
	for name, h := range s.hosts {
		busy := h.inFlight > 0 || len(h.first) > 0 || len(h.queue) > 0
		pause := h.until.Sub(now)
		longer := pause > p.Pause || pause == p.Pause && name < p.Host
		if busy && pause > 0 && longer {
			p.Host, p.Pause = name, pause
		}
	}
	s.options.Progress(p)
}
