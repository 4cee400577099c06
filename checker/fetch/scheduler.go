package fetch

import (
	"cmp"
	"container/heap"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A scheduler says which page to ask next, so that every host is asked politely and
// the run is over when the slowest host is. All that waits, waits in here, and holds
// no goroutine.
//
// Within a host, pages go in the order of the book. Among hosts that may be asked,
// the one with most pages left goes first: it is the one that the end waits for, and
// its slots keep it from starving the others.
type scheduler struct {
	options  *Options
	deadline time.Time // end of the budget; zero: none
	wake     chan struct{}
	done     chan struct{}

	mu      sync.Mutex
	stopped bool
	pages   int       // that were asked for
	settled int       // of them
	told    time.Time // when progress was
	open    int       // probes that are not settled
	waiting int       // probes in the queues of hosts
	hosts   map[string]*host
	ready   hostHeap
	timed   timeHeap
	later   []*probe // to be asked once more at the end
}

// A host is what is known of a host in this run.
type host struct {
	first    []*probe // what was begun: redirects, second opinions
	queue    []*probe // what was not asked yet
	place    int      // in the heap of hosts that may be asked; -1: not in it
	inFlight int
	slots    int // most requests at once
	clean    int // good answers since slots changed

	held     time.Time // when it last asked for patience
	until    time.Time // until when
	pauses   int       // in a row
	shut     *decision // what became of all its pages, since it wants more patience than we have; nil: it does not
	answered bool      // in this run
	silence  int       // exchanges in a row that found nobody there

	landmarks [numKinds]*landmark
	varied    bool          // some page was there
	interval  time.Duration // between two requests, as its robots.txt asks; 0: none
	plain     atomic.Bool   // nobody answers there with encryption
}

const (
	firstSlots = 2
	// A host is given up after so many silent exchanges in a row. One that was heard
	// in this run has more credit: its pages may differ.
	silenceOfStranger = 2
	silenceOfKnown    = 4
)

func newScheduler(o *Options, probes []*probe) *scheduler {
	s := &scheduler{
		options: o,
		wake:    make(chan struct{}, o.Jobs),
		done:    make(chan struct{}),
		hosts:   make(map[string]*host),
		pages:   len(probes),
		open:    len(probes),
		waiting: len(probes),
	}
	for _, p := range probes {
		h := s.host(p)
		h.queue = append(h.queue, p)
	}
	for _, p := range probes {
		h := s.host(p)
		if h.landmarks[manners] == nil && len(h.queue) > manyPages && !o.noRobots {
			s.visit(h, manners, p.url)
		}
		s.review(h, time.Time{})
	}
	return s
}

// visit has a landmark of a host asked for next.
func (s *scheduler) visit(h *host, kind landmarkKind, page *url.URL) {
	l, p := newLandmark(s.options, kind, h, page)
	h.landmarks[kind] = l
	h.first = append(h.first, p)
	s.open++
	s.waiting++
}

// host returns the host that a probe wants to ask.
func (s *scheduler) host(p *probe) *host {
	name := strings.ToLower(p.url.Hostname())
	h := s.hosts[name]
	if h == nil {
		h = &host{place: -1, slots: min(firstSlots, s.options.PerHost)}
		s.hosts[name] = h
	}
	return h
}

// take returns a probe that may be asked now, waiting for one if need be. It
// returns nil when nothing is left to ask, or ctx is done.
func (s *scheduler) take(ctx context.Context) *probe {
	for ctx.Err() == nil {
		p, pause := s.next(time.Now())
		if p != nil {
			return p
		}
		var timer <-chan time.Time
		if pause > 0 {
			timer = time.After(pause)
		}
		select {
		case <-ctx.Done():
		case <-s.done:
			return nil
		case <-s.wake:
		case <-timer:
		}
	}
	return nil
}

// next returns a probe that may be asked at now, or how long to wait for the next
// change that is known of; 0: none is.
func (s *scheduler) next(now time.Time) (p *probe, pause time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting == 0 {
		s.promote()
	}
	for len(s.timed) > 0 && !s.timed[0].at.After(now) {
		s.arrive(heap.Pop(&s.timed).(timed), now)
	}
	if len(s.ready) == 0 {
		if len(s.timed) > 0 {
			pause = s.timed[0].at.Sub(now)
		}
		return nil, pause
	}
	h := s.ready[0]
	p = h.pop()
	p.host = h
	s.waiting--
	h.inFlight++
	interval := h.interval
	if p.question != nil {
		interval = max(interval, p.question.pause)
	}
	if interval > 0 {
		s.pause(h, now.Add(s.wait(interval)))
	}
	s.review(h, now)
	if len(s.ready) > 0 {
		s.signal() // one worker that wakes up wakes another
	}
	return p, 0
}

// wait returns how long a pause is to last: no time where nobody is asked.
func (s *scheduler) wait(d time.Duration) time.Duration {
	if s.options.instant {
		return 0
	}
	return d
}

// pause leaves a host alone until an instant.
func (s *scheduler) pause(h *host, until time.Time) {
	if until.After(h.until) {
		h.until = until
		heap.Push(&s.timed, timed{at: until, host: h})
		s.tell(time.Now())
	}
}

// promote gives the transient links their second chance.
func (s *scheduler) promote() {
	for _, p := range s.later {
		heap.Push(&s.timed, timed{at: p.began.Add(s.wait(max(p.options.Backoff, p.last.pause))), probe: p})
	}
	s.later = nil
}

// arrive acts on an instant that has come.
func (s *scheduler) arrive(t timed, now time.Time) {
	h := t.host
	if t.probe != nil {
		h = s.host(t.probe)
		if h.shut != nil {
			s.settle(t.probe, *h.shut)
			return
		}
		h.first = append(h.first, t.probe)
		s.waiting++
	}
	s.review(h, now)
}

// put takes back a probe after an exchange and acts on what was decided.
func (s *scheduler) put(p *probe, d decision) (settled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	asked := p.host
	asked.inFlight--
	asked.learn(d.signal, s.options.PerHost)
	asked.varied = asked.varied || d.code >= 200 && d.code < 300 || d.code == http.StatusGone
	if d.rest > 0 && d.rest <= s.options.MaxPause {
		s.pause(asked, now.Add(s.wait(d.rest)))
	}
	p.last = d

	switch d.act {
	case settle:
		s.settle(p, d)
	case follow:
		s.enqueue(p, d.pause, now)
	case patience:
		s.hold(asked, p, d, now)
	case later:
		s.fail(p, d)
	case compare:
		s.compare(asked, p, d)
	}
	if d.signal == silent && asked.isSilent() {
		s.giveUp(asked, d)
	}
	s.review(asked, now)
	s.signal()
	return p.page != nil
}

func (s *scheduler) settle(p *probe, d decision) {
	if p.landmark != nil {
		s.learn(p.landmark)
	} else {
		p.settle(d)
		s.settled++
		s.tell(time.Now())
	}
	if s.open--; s.open == 0 {
		s.close()
	}
}

// compare settles a page by a landmark of its host, now or when that is known.
func (s *scheduler) compare(h *host, p *probe, d decision) {
	kind := d.comparison.kind
	if kind == front && h.varied {
		d.act = settle // the host does not treat every page alike
		s.settle(p, d)
		return
	}
	if h.landmarks[kind] == nil {
		s.visit(h, kind, p.url)
	}
	l := h.landmarks[kind]
	if l.known {
		s.settle(p, d.resolve(l))
		return
	}
	l.waiting = append(l.waiting, p)
}

// learn acts on a landmark that is known now, as far as it ever will be.
func (s *scheduler) learn(l *landmark) {
	l.known = true
	if l.delay > 0 {
		s.slowDown(l.host, l.delay)
	}
	for _, p := range l.waiting {
		s.settle(p, p.last.resolve(l))
	}
	l.waiting = nil
}

// slowDown keeps to the pace that a host asks for. The pages that would take too
// long at that pace are left for another run.
func (s *scheduler) slowDown(h *host, interval time.Duration) {
	patience := 5 * s.options.MaxPause
	if !s.deadline.IsZero() {
		patience = min(patience, time.Until(s.deadline))
	}
	d := unsure(bookcheck.RateLimited, "is left for another run, since its host asks for "+interval.String()+" between two requests")
	if interval > patience {
		s.leave(h, d)
		return
	}
	h.interval = interval
	most := int(patience / interval)
	for len(h.queue) > most {
		last := len(h.queue) - 1
		p := h.queue[last]
		h.queue = h.queue[:last]
		s.waiting--
		s.settle(p, d)
	}
	s.pause(h, time.Now().Add(s.wait(interval)))
}

// enqueue lets a probe go on, before what was not begun.
func (s *scheduler) enqueue(p *probe, pause time.Duration, now time.Time) {
	if pause > 0 {
		heap.Push(&s.timed, timed{at: now.Add(s.wait(pause)), probe: p})
		return
	}
	s.arrive(timed{probe: p}, now)
}

// fail puts a probe off to the end of the run, or settles it if it was put off
// before.
func (s *scheduler) fail(p *probe, d decision) {
	if p.failed {
		s.settle(p, d)
		return
	}
	p.retry()
	s.later = append(s.later, p)
}

// hold stops asking a host for as long as it wants, unless that is too long.
func (s *scheduler) hold(h *host, p *probe, d decision, now time.Time) {
	if h.shut != nil {
		s.settle(p, d)
		return
	}
	if !p.began.Before(h.held) { // or it was asked before the host said so: it has not refused twice
		s.lengthen(h, d, now)
		p.pauses++
	}
	if h.shut != nil || p.pauses > s.options.Retries {
		s.settle(p, d)
		return
	}
	p.spent = 0
	h.queue = append(h.queue, p) // at the end: the others' answers tell whether it is the host or the page
	s.waiting++
}

// lengthen begins a pause of a host, or shuts it.
func (s *scheduler) lengthen(h *host, d decision, now time.Time) {
	pause := cmp.Or(d.pause, s.options.Backoff<<min(h.pauses, 10))
	h.held, h.until = now, now.Add(s.wait(pause))
	h.pauses++
	if pause <= s.options.MaxPause && h.pauses <= s.options.Retries && (s.deadline.IsZero() || h.until.Before(s.deadline)) {
		heap.Push(&s.timed, timed{at: h.until, host: h})
		return
	}
	s.leave(h, d)
}

// leave asks nothing more of a host in this run.
func (s *scheduler) leave(h *host, d decision) {
	d.document = nil // what it said is about one page, what follows from it about all
	h.shut = &d
	for h.waiting() > 0 {
		s.waiting--
		s.settle(h.pop(), d)
	}
}

// giveUp lets what waits for a silent host share the fate of what was asked.
func (s *scheduler) giveUp(h *host, d decision) {
	for h.waiting() > 0 {
		s.waiting--
		p := h.pop()
		p.began = time.Now() // as if it had been asked
		s.fail(p, d)
	}
}

// review puts a host where it belongs after a change.
func (s *scheduler) review(h *host, now time.Time) {
	may := h.waiting() > 0 && h.inFlight < h.slots && !now.Before(h.until)
	switch {
	case may && h.place < 0:
		heap.Push(&s.ready, h)
	case may:
		heap.Fix(&s.ready, h.place)
	case h.place >= 0:
		heap.Remove(&s.ready, h.place)
	}
}

// signal wakes one worker.
func (s *scheduler) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // as many wakings are under way as there are workers
	}
}

// stop ends the run: take returns nil from now on.
func (s *scheduler) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.close()
}

func (s *scheduler) close() {
	if !s.stopped {
		s.stopped = true
		close(s.done)
	}
}

func (h *host) waiting() int { return len(h.first) + len(h.queue) }

func (h *host) pop() *probe {
	from := &h.queue
	if len(h.first) > 0 {
		from = &h.first
	}
	p := (*from)[0]
	(*from)[0] = nil
	*from = (*from)[1:]
	return p
}

// A signal is what an exchange says about its host.
type signal int

const (
	noSignal signal = iota
	answered        // it is there and at ease
	pressed         // it is there, and it is too much for it
	silent          // nobody is there
)

// learn adapts the pace: one request more at once after a round of good answers,
// half as many after a bad one.
func (h *host) learn(what signal, most int) {
	switch what {
	case answered:
		h.answered, h.silence, h.pauses = true, 0, 0
		if h.clean++; h.clean >= h.slots {
			h.slots, h.clean = min(h.slots+1, most), 0
		}
	case pressed:
		h.slots, h.clean = max(h.slots/2, 1), 0
		h.answered, h.silence = true, 0
	case silent:
		h.slots, h.clean = max(h.slots/2, 1), 0
		h.silence++
	case noSignal:
	}
}

func (h *host) isSilent() bool {
	return h.silence >= silenceOfKnown || h.silence >= silenceOfStranger && !h.answered
}

// A hostHeap has the host with most to do on top.
type hostHeap []*host

// Len implements heap.Interface, as do the following.
func (hh *hostHeap) Len() int { return len(*hh) }

func (hh *hostHeap) Less(i, j int) bool { return (*hh)[i].waiting() > (*hh)[j].waiting() }

func (hh *hostHeap) Swap(i, j int) {
	h := *hh
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (hh *hostHeap) Push(x any) {
	h := x.(*host)
	h.place = len(*hh)
	*hh = append(*hh, h)
}

func (hh *hostHeap) Pop() any {
	last := len(*hh) - 1
	h := (*hh)[last]
	h.place = -1
	*hh = slices.Delete(*hh, last, last+1)
	return h
}

// A timed thing waits for an instant: a probe, or a host that asked for patience.
type timed struct {
	at    time.Time
	probe *probe
	host  *host
}

// A timeHeap has the next instant on top.
type timeHeap []timed

// Len implements heap.Interface, as do the following.
func (th *timeHeap) Len() int { return len(*th) }

func (th *timeHeap) Less(i, j int) bool { return (*th)[i].at.Before((*th)[j].at) }

func (th *timeHeap) Swap(i, j int) { (*th)[i], (*th)[j] = (*th)[j], (*th)[i] }

func (th *timeHeap) Push(x any) { *th = append(*th, x.(timed)) }

func (th *timeHeap) Pop() any {
	last := len(*th) - 1
	t := (*th)[last]
	*th = slices.Delete(*th, last, last+1)
	return t
}
