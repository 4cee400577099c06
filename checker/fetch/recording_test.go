package fetch

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// Every behavior of the table is recorded and replayed: the verdict is the same,
// without a server and without a pause.
func TestReplayComesToTheSameVerdict(t *testing.T) {
	for _, b := range behaviors {
		t.Run(b.id, func(t *testing.T) {
			t.Parallel()
			base := serve(t, b.serve)
			var file bytes.Buffer
			first := fetchOne(t, newClient(t, func(o *Options) { o.Record = &file }), base+"/"+b.path, bookcheck.Status|bookcheck.Anchors)
			start := time.Now()
			c := newClient(t, func(o *Options) {
				o.Replay, o.AllowPrivate, o.MaxPause = bytes.NewReader(file.Bytes()), false, time.Hour
			})
			again := fetchOne(t, c, base+"/"+b.path, bookcheck.Status|bookcheck.Anchors)
			if describe(first, base, b.want) != describe(again, base, b.want) || first.Reason != again.Reason && b.id != "D6" {
				t.Errorf("%s: %s (%s), replayed %s (%s)", b.what, describe(first, base, b.want), first.Reason, describe(again, base, b.want), again.Reason)
			}
			if took := time.Since(start); took > soon {
				t.Errorf("%s: the replay took %s", b.what, took)
			}
		})
	}
}

func TestRecordingHoldsNoSecrets(t *testing.T) {
	base := serve(t, chain(1))
	var file bytes.Buffer
	c := newClient(t, func(o *Options) {
		o.Record, o.Headers = &file, []Header{{Host: "127.0.0.1", Name: "Authorization", Value: "Bearer t0ken"}}
	})
	fetchOne(t, c, strings.Replace(base, "://", "://user:hunter2@", 1)+"/0", bookcheck.Status)
	if got := file.String(); strings.Contains(got, "hunter2") || strings.Contains(got, "t0ken") || strings.Count(got, "\n") != 3 {
		t.Errorf("the recording says\n%s", got)
	}
}

func TestRecordingThatIsNone(t *testing.T) {
	for _, file := range []string{"", "{}", "hello", `{"recording":"bookcheck recording","version":2}`, `{"recording":"bookcheck recording","version":1}` + "\nhello\n"} {
		if _, err := New(Options{Replay: strings.NewReader(file)}); err == nil {
			t.Errorf("%q is taken for a recording", file)
		}
	}
	c := newClient(t, func(o *Options) {
		o.Replay = strings.NewReader(`{"recording":"bookcheck recording","version":1}` + "\n")
	})
	if page := fetchOne(t, c, "http://elsewhere.example/", bookcheck.Status); page.Doubt != bookcheck.Policy {
		t.Errorf("what is not recorded is %s: %s", page.Verdict, page.Reason)
	}
}

func FuzzRecording(f *testing.F) {
	f.Add(`{"recording":"bookcheck recording","version":1}` + "\n" + `{"url":"http://a.example/","status":301,"header":{"Location":["/b"]}}` + "\n" + `{"url":"http://a.example/b","failure":{"kind":"reset"}}`)
	f.Add(`{"recording":"bookcheck recording","version":1}` + "\n" + `{"url":"http://a.example/","status":200,"read":true,"type":"text/html","body":"PHA+"}`)
	f.Fuzz(func(t *testing.T, file string) {
		c, err := New(Options{Replay: strings.NewReader(file), Resolvers: map[string]string{"all": "off"}})
		if err != nil {
			return
		}
		page := c.Fetch(t.Context(), wants("http://a.example/"))["http://a.example/"]
		if page == nil || page.Reason == "" {
			t.Errorf("no verdict: %+v", page)
		}
	})
}

func TestExplain(t *testing.T) {
	base := serve(t, redirect(301, "/gone"))
	c := newClient(t, nil)
	a := c.Explain(t.Context(), base+"/")
	if a.Page.Verdict != bookcheck.Alive || len(a.Exchanges) != 2 || a.Step != "nothing speaks against it" {
		t.Fatalf("%+v", a)
	}
	first := a.Exchanges[0]
	if first.Status != "301 Moved Permanently" || first.Step != "a redirect" || len(first.Header) != 1 || first.Then != "so "+base+"/gone is asked next" {
		t.Errorf("the first exchange is %+v", first)
	}
	if a := c.Explain(t.Context(), "htp://x"); a.Page.Verdict != bookcheck.Dead || len(a.Exchanges) != 0 {
		t.Errorf("what is never asked for: %+v", a)
	}
}
