package fetch

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// Progress goes up, one at a time, and ends where all pages are settled.
func TestProgress(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	var told []Progress
	client, err := New(Options{
		AllowPrivate: true, noRobots: true,
		Progress: func(p Progress) { told = append(told, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	client.Fetch(t.Context(), []bookcheck.Want{
		{URL: server.URL + "/a", Evidence: bookcheck.Status},
		{URL: server.URL + "/b", Evidence: bookcheck.Status},
		{URL: server.URL + "/c", Evidence: bookcheck.Status},
	})
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	if len(told) == 0 || told[len(told)-1].Settled != 3 {
		t.Fatalf("got %v, want 3 of 3 at the end", told)
	}
	for i, p := range told {
		if p.Pages != 3 || i > 0 && p.Settled < told[i-1].Settled {
			t.Errorf("got %v", told)
		}
	}
}
