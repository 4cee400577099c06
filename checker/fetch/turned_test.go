package fetch

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A page whose text and title turned into others says so, until it turns back, also
// from memory; one that is only edited does not.
func TestPagesThatTurnedIntoOthers(t *testing.T) {
	const tides = "Tables of high water for harbors along the Baltic coast, computed yearly by volunteers with simple gauges."
	shown := ""
	base := serve(t, func(w http.ResponseWriter, r *http.Request) { page(200, shown)(w, r) })
	memory := filepath.Join(t.TempDir(), "memory")
	for i, step := range []struct{ shows, was string }{
		{"<title>Tide tables</title><p>" + tides, ""},
		{"<title>Tide tables of 2026</title><p>" + strings.Replace(tides, "yearly", "monthly", 1), ""},
		{"<title>Cheap flights</title><p>Book hotels, rental cars and flights online, compare hundreds of offers, save money every weekend.", "Tide tables of 2026"},
		{"<title>Cheap flights now</title><p>Book hotels, rental cars and flights online, compare hundreds of offers, save money every weekday.", "Tide tables of 2026"},
	} {
		shown = step.shows
		for _, later := range []time.Duration{0, time.Minute} { // asked, and from memory
			c := newClient(t, func(o *Options) {
				o.Memory = memory
				o.Now = func() time.Time { return monday.AddDate(0, i, 0).Add(later) }
			})
			page := fetchOne(t, c, base+"/", bookcheck.Status)
			if page.Was != step.was || page.Cached != (later > 0) {
				t.Errorf("step %d after %s: was %q (cached: %t), want %q", i, later, page.Was, page.Cached, step.was)
			}
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
