package fetch

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/parallel"
)

// Options say how the web is asked. The zero value asks it politely.
type Options struct {
	UserAgent string        // "": bookcheck's own, with an address to complain to
	Timeout   time.Duration // for one page, every hop and the body; 0: 20 s
	Budget    time.Duration // for the whole of a Fetch; 0: no end
	PerHost   int           // most requests at once to a host; 0: 4
	Jobs      int           // most requests at once in all; 0: 512

	AllowPrivate bool           // private addresses may be asked, but for metadata services
	Allow        []netip.Prefix // private addresses that may be asked all the same

	Headers []Header // sent to their host, and to no other
	// Resolvers say where registries are asked about pages that do not tell robots the
	// truth, by name; "off": nowhere. The name "all" stands for those that are not
	// named. They are as trusted as whoever wrote them, so that they must not come
	// from a file of the book.
	Resolvers map[string]string

	// Archive is where copies of dead pages are looked for; "": DefaultArchive, "off":
	// nowhere. It is as trusted as the resolvers.
	Archive string

	Memory string // file that holds what earlier runs learned; "": none

	Retries  int           // how often a host that asks for patience is asked again; 0: 3
	Backoff  time.Duration // the first pause before asking again; it doubles; 0: 1 s
	MaxPause time.Duration // the longest pause that a host may ask for; 0: 60 s

	Now      func() time.Time // what Page.Checked and the memory go by; nil: time.Now
	RootCAs  *x509.CertPool   // nil: the system's
	Resolver *net.Resolver    // nil: the system's

	Progress func(Progress) // told of it now and then, one at a time, and must be quick; nil: nobody is

	Record io.Writer // every exchange is written to it; nil: none is
	Replay io.Reader // a recording that answers instead of the network, at once; nil: none

	trace    func(Exchange) // told of every exchange; nil: nobody is
	instant  bool           // no pause is kept: nobody is asked
	noRobots bool           // tests that count requests leave robots.txt alone
}

// A Header is sent with every request to one host.
type Header struct {
	Host  string // "example.org", or "example.org:8080" for one port only
	Name  string
	Value string

	Encrypted bool // sent only where nobody in between can read it
}

// The defaults. A page has 20 s, as lychee and linkinator's peers have it: 5 s to
// connect, 5 s for the body, the rest for the server to think. A pause of 60 s is
// where lychee and linkspector stop to wait.
const (
	userAgent       = "bookcheck (+https://github.com/bookcheck/bookcheck)"
	defaultTimeout  = 20 * time.Second
	defaultPerHost  = 4
	defaultJobs     = 512
	defaultRetries  = 3
	defaultBackoff  = time.Second
	defaultMaxPause = time.Minute
)

func (o *Options) fill() {
	o.UserAgent = cmp.Or(o.UserAgent, userAgent)
	o.Timeout = cmp.Or(o.Timeout, defaultTimeout)
	o.PerHost = cmp.Or(o.PerHost, defaultPerHost)
	o.Jobs = cmp.Or(o.Jobs, defaultJobs)
	o.Retries = cmp.Or(o.Retries, defaultRetries)
	o.Backoff = cmp.Or(o.Backoff, defaultBackoff)
	o.MaxPause = cmp.Or(o.MaxPause, defaultMaxPause)
	if o.Now == nil {
		o.Now = time.Now
	}
}

func (o *Options) validate() error {
	if o.Timeout < 0 || o.Budget < 0 || o.Backoff < 0 || o.MaxPause < 0 {
		return errors.New("a duration is negative")
	}
	if o.PerHost < 0 || o.Jobs < 0 || o.Retries < 0 {
		return errors.New("a number of requests is negative")
	}
	for _, h := range o.Headers {
		if h.Host == "" || h.Name == "" || strings.ContainsAny(h.Name+h.Value, "\r\n") {
			return fmt.Errorf("header %q for host %q cannot be sent", h.Name, h.Host)
		}
	}
	return nil
}

// A Client asks the web. It implements bookcheck.Fetcher.
type Client struct {
	options    Options
	root       *colly.Collector
	transport  *transport
	memory     *memory
	registries []registry
}

var _ bookcheck.Fetcher = (*Client)(nil)

// New returns a client. Its error is about the options or the memory file.
func New(options Options) (*Client, error) {
	if err := options.validate(); err != nil {
		return nil, fmt.Errorf("asking the web: %w", err)
	}
	options.fill()
	c := &Client{options: options, transport: newTransport(&options)}
	var err error
	if c.registries, err = registries(&options); err != nil {
		return nil, fmt.Errorf("asking the web: %w", err)
	}
	if options.Record != nil {
		c.transport.recorder = newRecorder(options.Record)
	}
	if options.Replay != nil {
		if c.transport.replay, err = readRecording(options.Replay); err != nil {
			return nil, fmt.Errorf("reading the recording: %w", err)
		}
		c.options.instant = true
	}
	if options.Memory != "" {
		m, err := openMemory(options.Memory)
		if err != nil {
			return nil, fmt.Errorf("reading what earlier runs learned: %w", err)
		}
		c.memory = m
	}
	c.root = newCollector(c.transport)
	return c, nil
}

// newCollector returns the collector that every exchange clones. Init, unlike
// NewCollector, does not let COLLY_* variables of the environment change it.
func newCollector(rt http.RoundTripper) *colly.Collector {
	root := &colly.Collector{}
	root.Init()
	root.AllowURLRevisit = true        // or a page that another redirects to is an error
	root.ParseHTTPErrorResponse = true // or 203 and 206 are
	root.MaxBodySize = 0               // the transport reads the body
	root.DisableCookies()              // a jar is a probe's own
	root.SetRequestTimeout(0)          // the context ends an exchange
	root.WithTransport(rt)
	root.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	return root
}

// Close ends idle connections and writes the memory.
func (c *Client) Close() error {
	c.transport.close()
	if r := c.transport.recorder; r != nil && r.err != nil {
		return fmt.Errorf("writing the recording: %w", r.err)
	}
	if c.memory == nil {
		return nil
	}
	if err := c.memory.save(); err != nil {
		return fmt.Errorf("writing what was learned: %w", err)
	}
	return nil
}

// Leave is Close for those who cannot wait.
func (c *Client) Leave() error {
	if c.memory != nil {
		c.memory.hurried = true
	}
	return c.Close()
}

// Damaged returns how many lines of the memory file could not be read. They cost a
// request each, and are gone once the file is written.
func (c *Client) Damaged() int {
	if c.memory == nil {
		return 0
	}
	return c.memory.damaged
}

// Fetch implements bookcheck.Fetcher.
func (c *Client) Fetch(ctx context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	pages := make(map[string]*bookcheck.Page, len(wants))
	probes := c.plan(ctx, wants, pages)

	asking, cancel := ctx, context.CancelFunc(func() {})
	if c.options.Budget > 0 {
		asking, cancel = context.WithTimeout(ctx, c.options.Budget)
	}
	defer cancel()
	c.ask(asking, probes)
	doubtNames(probes)
	doubtOurselves(probes)
	c.doubtPortal(asking, probes)

	for _, p := range probes {
		if p.page == nil && ctx.Err() == nil {
			p.outOfTime() // the budget is used up
		}
		if p.page == nil {
			continue
		}
		if p.page != p.prepared {
			p.page.Checked = c.options.Now()
		}
		p.page = c.memory.learn(p, c.options.Now())
		p.copyTo(pages)
	}
	return pages
}

// fewNames is up to how many hosts may be unknown without casting doubt on whoever
// looks them up.
const fewNames = 4

// doubtNames takes back that hosts do not exist if no host was found in the run, and
// many do not exist, or of some not even that could be told: then it is rather us who
// are cut off.
func doubtNames(probes []*probe) {
	unknown := make(map[string]bool)
	doubtful := false
	for _, p := range probes {
		if _, err := netip.ParseAddr(p.start.Hostname()); err == nil || p.page == nil || p.page.Doubt == bookcheck.Policy {
			continue // nothing was looked up, or nothing is known about it
		}
		if p.redirects > 0 || !p.fate.nameless && !p.fate.unnamed {
			return
		}
		unknown[p.start.Hostname()] = true
		doubtful = doubtful || p.fate.unnamed
	}
	if !doubtful && len(unknown) <= fewNames {
		return
	}
	for _, p := range probes {
		if p.page != nil && p.fate.nameless {
			p.ours = true
			p.settle(unsure(bookcheck.Transient, "names a host that cannot be looked up, as are all from here"))
		}
	}
}

// doubtOurselves keeps the trouble of a run in which none of several hosts answered from
// being counted against their pages: then it is rather us who are cut off.
func doubtOurselves(probes []*probe) {
	mute := make(map[string]bool)
	for _, p := range probes {
		if p.page == nil || p.ours {
			continue
		}
		if len(p.hops) > 0 && p.hops[0].Code != 0 {
			return
		}
		mute[p.start.Hostname()] = true
	}
	for _, p := range probes {
		p.ours = p.ours || len(mute) > fewNames
	}
}

// plan makes a probe of each page that has to be asked for. Pages that are known
// without asking are put into pages.
func (c *Client) plan(ctx context.Context, wants []bookcheck.Want, pages map[string]*bookcheck.Page) []*probe {
	byKey := make(map[string]*probe, len(wants))
	var probes []*probe
	for _, want := range wants {
		if ctx.Err() != nil {
			return nil
		}
		start, page := admit(want.URL)
		if page != nil {
			page.URL, page.Checked = want.URL, c.options.Now()
			pages[want.URL] = page
			continue
		}
		key := start.String()
		if p := byKey[key]; p != nil {
			p.evidence |= want.Evidence
			p.names = append(p.names, want.URL)
			continue
		}
		p := newProbe(&c.options, start, want)
		byKey[key] = p
		probes = append(probes, p)
	}
	if c.memory != nil {
		probes = c.recall(probes, pages)
	}
	for _, p := range probes {
		c.inquire(p)
	}
	return probes
}

// recall enters the pages that are remembered well enough into pages, and returns
// the other probes.
func (c *Client) recall(probes []*probe, pages map[string]*bookcheck.Page) []*probe {
	return slices.DeleteFunc(probes, func(p *probe) bool {
		p.known = c.memory.recall(p.key)
		if p.known == nil || !p.known.isFresh(p.evidence, c.options.Now()) {
			return false
		}
		p.page = p.known.page
		p.page.Cached = true
		p.copyTo(pages)
		return true
	})
}

// ask settles the probes, as far as ctx allows.
func (c *Client) ask(ctx context.Context, probes []*probe) {
	if len(probes) == 0 {
		return
	}
	s := newScheduler(&c.options, probes)
	s.deadline, _ = ctx.Deadline()
	workers := make([]struct{}, min(c.options.Jobs, len(probes)))
	parallel.Each(len(workers), workers, func(struct{}) struct{} {
		defer s.stop() // a panic here must not leave the others waiting
		for p := s.take(ctx); p != nil; p = s.take(ctx) {
			if d := c.exchange(ctx, p); ctx.Err() == nil && s.put(p, d) {
				c.memory.prepare(p, c.options.Now())
			}
		}
		return struct{}{}
	})
}
