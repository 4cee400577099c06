package resolver

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// wikipedia rescues where Wikipedia has had enough of us.
var wikipedia = Resolver{Name: "wikipedia", Rescue: true, Ask: func(base string, page *url.URL) *Question {
	title, found := strings.CutPrefix(page.Path, "/wiki/")
	if !strings.HasSuffix(strings.ToLower(page.Hostname()), ".wikipedia.org") || !found || title == "" {
		return nil
	}
	base = cmp.Or(base, "https://"+strings.Replace(strings.ToLower(page.Hostname()), ".m.wikipedia", ".wikipedia", 1))
	query := url.Values{"action": {"query"}, "format": {"json"}, "formatversion": {"2"}, "redirects": {"1"}, "titles": {title}}
	return &Question{URL: base + "/w/api.php?" + query.Encode(), Judge: judgeArticle}
}}

func judgeArticle(a *Answer) Finding {
	var answer struct {
		Query struct {
			Pages []struct {
				Title   string `json:"title"`
				Missing bool   `json:"missing"`
				Invalid bool   `json:"invalid"`
				Known   bool   `json:"known"` // elsewhere, as a picture of Commons
			} `json:"pages"`
		} `json:"query"`
	}
	if a.Code != http.StatusOK || !decode(a, &answer) || len(answer.Query.Pages) != 1 {
		return Finding{}
	}
	article := answer.Query.Pages[0]
	if article.Invalid {
		return Finding{}
	}
	if article.Missing && !article.Known {
		return dead("is not an article of Wikipedia")
	}
	f := alive("is an article of Wikipedia")
	f.Title = article.Title
	return f
}
