package weigh

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// faultOf returns why a page can tell nothing, however it answered: it shows its
// reader a wall, a form, or next to nothing. "": it can.
func faultOf(page *bookcheck.Page) string {
	text := strings.TrimSpace(page.Text)
	if text == "" {
		return "has no text"
	}
	start := strings.ToLower(page.Title + "\n" + text[:min(len(text), wallReach)])
	if len(text) < shortText {
		for _, sign := range walls {
			if strings.Contains(start, sign.phrase) {
				return sign.fault
			}
		}
		if prose(text) < fewestSentences {
			return "has next to no text"
		}
		return ""
	}
	title := strings.ToLower(page.Title)
	for _, sign := range walls {
		if strings.Contains(title, sign.phrase) && len(text) < longWall {
			return sign.fault
		}
	}
	return ""
}

const (
	wallReach       = 600  // bytes of a page in which a wall says that it is one
	shortText       = 1200 // bytes: a wall says little else
	longWall        = 4000 // bytes: a page that has more is one, whatever its title
	fewestSentences = 2
)

// prose counts the sentences at the start of a text that have some words.
func prose(text string) int {
	sentences, words := 0, 0
	inWord := false
	for i := 0; i < min(len(text), shortText); i++ {
		switch c := text[i]; {
		case c == '.' || c == '!' || c == '?':
			if words+1 >= 3 {
				sentences++
			}
			words, inWord = 0, false
		case c <= ' ':
			if inWord {
				words++
			}
			inWord = false
		default:
			inWord = true
		}
	}
	return sentences
}

// walls are the words of pages that show something else than what was asked for.
var walls = []struct{ phrase, fault string }{
	{"just a moment", "shows a wall against robots"},
	{"checking your browser", "shows a wall against robots"},
	{"verify you are human", "shows a wall against robots"},
	{"verifying you are human", "shows a wall against robots"},
	{"are you a robot", "shows a wall against robots"},
	{"you're not a robot", "shows a wall against robots"},
	{"attention required", "shows a wall against robots"},
	{"unusual traffic", "shows a wall against robots"},
	{"security check", "shows a wall against robots"},
	{"access denied", "denies access"},
	{"permission to access", "denies access"},
	{"enable javascript", "shows nothing without JavaScript"},
	{"javascript is disabled", "shows nothing without JavaScript"},
	{"javascript to run this app", "shows nothing without JavaScript"},
	{"javascript is required", "shows nothing without JavaScript"},
	{"page not found", "says that the page is not there"},
	{"404 not found", "says that the page is not there"},
	{"page you are looking for", "says that the page is not there"},
	{"page you requested", "says that the page is not there"},
	{"doesn't exist or has been", "says that the page is not there"},
	{"sign in to", "wants a login"},
	{"log in to continue", "wants a login"},
	{"log in to", "wants a login"},
	{"login required", "wants a login"},
	{"subscribe or sign in", "wants a login"},
	{"forgotten password", "wants a login"},
	{"forgot password", "wants a login"},
	{"subscribe to read", "wants a subscription"},
	{"subscribe to continue", "wants a subscription"},
	{"accept cookies to", "wants cookies to be accepted"},
	{"service unavailable", "is not in service"},
	{"under maintenance", "is not in service"},
	{"site is currently unavailable", "is not in service"},
}
