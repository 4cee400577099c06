package fetch

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func TestArchivedCopies(t *testing.T) {
	archive := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Query().Get("url") {
		case "http://gone.example/a?b=c":
			fmt.Fprintf(w, `{"archived_snapshots":{"closest":{"status":"200","available":true,"url":"http://web.archive.org/web/%s/http://gone.example/a?b=c","timestamp":"x"}}}`, r.URL.Query().Get("timestamp"))
		case "http://sick.example/":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			fmt.Fprint(w, `{"url":"x","archived_snapshots":{}}`)
		}
	})
	c := newClient(t, func(o *Options) { o.Archive, o.AllowPrivate = archive+"/wayback/available?x=y", false })
	written := bookcheck.Copy{URL: "http://gone.example/a?b=c", At: time.Date(2023, 7, 20, 12, 0, 0, 0, time.UTC)}
	found := c.Archived(t.Context(), []bookcheck.Copy{written, {URL: "http://never.example/"}, {URL: "http://sick.example/"}, {URL: "http://10.0.0.1/"}, {URL: "http://me:secret@gone.example/"}})
	if got, want := found[written], "https://web.archive.org/web/20230720/http://gone.example/a?b=c"; len(found) != 1 || got != want {
		t.Errorf("got %v, want %s", found, want)
	}
	off := newClient(t, func(o *Options) { o.Archive = "off" })
	if found := off.Archived(t.Context(), []bookcheck.Copy{written}); len(found) != 0 {
		t.Errorf("an archive that is off knows %v", found)
	}
}
