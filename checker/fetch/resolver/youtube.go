package resolver

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// youtube asks for what is needed to embed a video: the page of one that is gone
// answers as well as any other.
var youtube = Resolver{Name: "youtube", Base: "https://www.youtube.com", Ask: func(base string, page *url.URL) *Question {
	id := videoID(page)
	if id == "" {
		return nil
	}
	query := url.Values{"format": {"json"}, "url": {"https://www.youtube.com/watch?v=" + id}}
	return &Question{URL: base + "/oembed?" + query.Encode(), Judge: judgeVideo}
}}

func videoID(page *url.URL) string {
	p := parts(page)
	switch {
	case on(page, "youtu.be") && len(p) == 1:
		return p[0]
	case !on(page, "youtube.com", "m.youtube.com"):
		return ""
	case len(p) == 1 && p[0] == "watch":
		return page.Query().Get("v")
	case len(p) == 2 && (p[0] == "shorts" || p[0] == "live"):
		return p[1]
	default:
		return ""
	}
}

func judgeVideo(a *Answer) Finding {
	switch a.Code {
	case http.StatusOK:
		var video struct {
			Title string `json:"title"`
		}
		if !decode(a, &video) {
			return Finding{}
		}
		f := alive("is a video on YouTube")
		f.Title = strings.TrimSpace(video.Title)
		return f
	case http.StatusNotFound, http.StatusBadRequest:
		return dead("is not a video on YouTube, which answers " + strconv.Itoa(a.Code))
	default: // it may not be embedded, which says nothing about the page
		return Finding{}
	}
}
