// Package weigh compares claims with the text of the pages that they cite.
package weigh

import "github.com/bookcheck/bookcheck"

// A Text is a page that is ready to be searched.
type Text struct{}

// Read makes a page ready.
func Read(page *bookcheck.Page) *Text { return &Text{} }

// Claim compares a claim with its sources. Texts holds those that could be read, by
// Source.URL.
func Claim(chapter *bookcheck.Chapter, claim *bookcheck.Claim, sources []*bookcheck.Source, texts map[string]*Text) *bookcheck.Judgement {
	return &bookcheck.Judgement{Sources: sources}
}
