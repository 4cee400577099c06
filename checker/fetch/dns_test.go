package fetch

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/bookcheck/bookcheck"
)

// A nameServer answers for the names that it knows, each lookup of a name by the
// next of its answers: an address, "nxdomain" or "servfail".
type nameServer struct {
	mu      sync.Mutex
	answers map[string][]string
	any     string // the answer for other names; "": nxdomain
}

func (s *nameServer) resolver() *net.Resolver {
	return &net.Resolver{
		PreferGo: true,
		Dial: func(context.Context, string, string) (net.Conn, error) {
			return &nameConn{server: s}, nil
		},
	}
}

// A nameConn is a connection to a nameServer, as DNS over TCP: it answers what is
// written to it.
type nameConn struct {
	net.Conn
	server *nameServer
	answer bytes.Buffer
}

func (c *nameConn) Write(p []byte) (int, error) {
	reply, err := c.server.reply(p[2:])
	if err != nil {
		return 0, err
	}
	c.answer.Write(binary.BigEndian.AppendUint16(nil, uint16(len(reply))))
	c.answer.Write(reply)
	return len(p), nil
}

func (c *nameConn) Read(p []byte) (int, error) { return c.answer.Read(p) }
func (*nameConn) Close() error                 { return nil }
func (*nameConn) SetDeadline(time.Time) error  { return nil }

func (s *nameServer) reply(query []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		return nil, err
	}
	if len(m.Questions) != 1 {
		return nil, errors.New("want one question")
	}
	q := m.Questions[0]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	switch answer := s.next(strings.TrimSuffix(q.Name.String(), "."), q.Type); answer {
	case "nxdomain":
		m.RCode = dnsmessage.RCodeNameError
	case "servfail":
		m.RCode = dnsmessage.RCodeServerFailure
	default:
		if q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
				Body:   &dnsmessage.AResource{A: netip.MustParseAddr(answer).As4()},
			}}
		}
	}
	return m.Pack()
}

func (s *nameServer) next(name string, kind dnsmessage.Type) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	answers := s.answers[name]
	if len(answers) == 0 {
		return cmp.Or(s.any, "nxdomain")
	}
	if len(answers) > 1 && kind == dnsmessage.TypeA {
		s.answers[name] = answers[1:]
	}
	return answers[0]
}

func TestNames(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Host[:3] == "far" {
			http.Redirect(w, r, "http://nowhere.example:1/", http.StatusMovedPermanently)
		}
	})
	port := ":" + portOf(t, base) + "/"
	s := &nameServer{answers: map[string][]string{
		"here.example":          {"127.0.0.1"},
		"late.example":          {"nxdomain", "127.0.0.1"},
		"sick.example":          {"servfail"},
		"inside.example":        {"10.0.0.1"},
		"rebound.example":       {"169.254.169.254"},
		"far.example":           {"127.0.0.1"},
		"example.org":           {"127.0.0.1"},
		"xn--bcher-kva.example": {"127.0.0.1"},
	}}
	c := newClient(t, func(o *Options) {
		o.AllowPrivate = false
		o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		o.Resolver = s.resolver()
	})
	for host, want := range map[string]string{
		"here.example":    "alive: answers 200 OK",
		"nowhere.example": "dead: names a host that does not exist: no such host",
		"late.example":    "alive: answers 200 OK",
		"sick.example":    "transient: names a host that cannot be looked up for now",
		"inside.example":  "policy: is not asked: it leads to a private address",
		"rebound.example": "policy: is not asked: it leads to a metadata service",
		"far.example":     "dead: redirects to http://nowhere.example:1/, which names a host that does not exist: no such host",
		"bücher.example":  "alive: answers 200 OK",
		"wiki":            "policy: names a host that only somebody's own network can know",
		"nas.local":       "policy: names a host that only somebody's own network can know",
		"abc.onion":       "policy: is not asked for: its host is not on the web that everybody sees",
		"api.example.com": "policy: is an address for examples, at a host that nobody has",
		"example.org":     "alive: answers 200 OK",
		"myexample.com":   "dead: names a host that does not exist: no such host",
	} {
		page := fetchOne(t, c, "http://"+host+port, bookcheck.Status)
		if got := describe(page, "", "x") + ": " + page.Reason; got != want {
			t.Errorf("%s: got %q, want %q", host, got, want)
		}
	}
}

func TestWhereNoNameIsKnownNoneIsBelievedToBeGone(t *testing.T) {
	c := newClient(t, func(o *Options) { o.Resolver = (&nameServer{}).resolver() })
	for url, page := range c.Fetch(t.Context(), wants("http://a.example/", "http://b.example/", "http://c.example/", "http://d.example/", "http://e.example/")) {
		if page.Doubt != bookcheck.Transient {
			t.Errorf("%s: %s: %s", url, page.Verdict, page.Reason)
		}
	}
}

// Few names prove as little if the same resolver has no answer for others.
func TestWhereSomeNamesCannotBeLookedUpNoneIsBelievedToBeGone(t *testing.T) {
	s := &nameServer{answers: map[string][]string{"sick.example": {"servfail"}}}
	c := newClient(t, func(o *Options) { o.Resolver = s.resolver() })
	for url, page := range c.Fetch(t.Context(), wants("http://sick.example/", "http://gone.example/", "http://gone.example/too", "http://[::1]:1/")) {
		if page.Verdict == bookcheck.Dead {
			t.Errorf("%s: %s: %s", url, page.Verdict, page.Reason)
		}
	}
	s.answers["here.example"] = []string{"127.0.0.1"}
	if page := c.Fetch(t.Context(), wants("http://sick.example/2", "http://gone.example/2", "http://here.example:1/"))["http://gone.example/2"]; page.Verdict != bookcheck.Dead {
		t.Errorf("one name was found, but another is still %s: %s", page.Verdict, page.Reason)
	}
}

// A hotel answers for every name, with its own page or with a redirect to it; a house
// that three sites moved to does not.
func TestWhoAnswersForEveryNameIsNotBelieved(t *testing.T) {
	const pay = "<title>Welcome to the hotel</title><p>Please accept the terms and enter the number of your room to go online."
	for name, test := range map[string]struct {
		serve http.HandlerFunc
		any   string
		want  bookcheck.Verdict
		asked int64 // requests for a name that nobody has
	}{
		"the page of a portal": {page(200, pay), "127.0.0.1", bookcheck.Unsure, 1},
		"a redirect to a portal": {func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.Host, "hotel.") {
				page(200, pay+r.URL.RawQuery)(w, r)
			} else {
				http.Redirect(w, r, "http://hotel.example:"+portOf(t, "http://"+r.Host)+"/?from="+r.Host, http.StatusFound)
			}
		}, "127.0.0.1", bookcheck.Unsure, 1},
		"three sites that moved to one": {page(200, pay), "", bookcheck.Alive, 0},
		"sites that differ": {func(w http.ResponseWriter, r *http.Request) {
			page(200, "<title>"+r.Host+"</title><p>"+strings.Repeat(strings.Split(r.Host, ".")[0]+"ation is what we do in "+r.Host+". ", 5))(w, r)
		}, "127.0.0.1", bookcheck.Alive, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int64
			base := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.Host, "bookcheck-") {
					asked.Add(1)
				}
				test.serve(w, r)
			})
			s := &nameServer{any: test.any, answers: map[string][]string{}}
			var urls []string
			for _, site := range []string{"orange", "violet", "yellow", "silver"} {
				s.answers[site+".example"] = []string{"127.0.0.1"}
				urls = append(urls, "http://"+site+".example:"+portOf(t, base)+"/page")
			}
			c := newClient(t, func(o *Options) { o.Resolver = s.resolver() })
			for url, page := range c.Fetch(t.Context(), wants(urls...)) {
				if page.Verdict != test.want {
					t.Errorf("%s is %s: %s", url, page.Verdict, page.Reason)
				}
			}
			if asked.Load() != test.asked {
				t.Errorf("a name that nobody has was asked for %d times, want %d", asked.Load(), test.asked)
			}
		})
	}
}
