// Package ownurl declares the own-url rule.
package ownurl

import (
	_ "embed"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links that go by the web to a page of the same book.
var Rule = &bookcheck.Rule{
	Name:     "own-url",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	if len(pass.Book.Sites) == 0 || !isPage(pass.Book, pass.Chapter) {
		return nil
	}
	for _, link := range pass.Chapter.Links {
		if link.Kind != bookcheck.PageLink || link.Form != bookcheck.Inline || !link.External() {
			continue
		}
		if to := target(pass.Book, link); to != nil && to != pass.Chapter {
			report(pass, link, to)
		}
	}
	return nil
}

// isPage tells whether a chapter is read in the book: a README is read elsewhere,
// where only full addresses lead to the pages.
func isPage(book *bookcheck.Book, chapter *bookcheck.Chapter) bool {
	return book.Contents == nil || book.InContents(chapter.Path)
}

// target returns the chapter that a link leads to by the web, or nil.
func target(book *bookcheck.Book, link *bookcheck.Link) *bookcheck.Chapter {
	page, _, _ := strings.Cut(link.URL(), "?")
	for _, site := range book.Sites {
		rest, found := cutPrefix(page, site.URL)
		if !found || rest == "" || site.Code && aboutSource(link) {
			continue
		}
		if plain, err := url.PathUnescape(rest); err == nil {
			rest = plain
		}
		for _, name := range files(rest, site.Code) {
			if to := book.Chapter(path.Join(site.Root, name)); to != nil && isPage(book, to) {
				return to
			}
		}
	}
	return nil
}

// cutPrefix takes the address of a site off a URL, whatever the scheme.
func cutPrefix(page, site string) (string, bool) {
	_, page, _ = strings.Cut(page, "://")
	_, site, _ = strings.Cut(site, "://")
	return strings.CutPrefix(page, site)
}

// lines recognizes a fragment that leads to lines of code.
var lines = regexp.MustCompile(`^L\d`)

// sources are the words by which a link says that it shows the source of a page.
var sources = regexp.MustCompile(`(?i)\b(source|github|raw|file|edit|code|markdown|notebook|config|repo|repository|history|commit)\b|\.(md|ipynb)\b`)

// aboutSource tells whether a link is meant to show how a page is written.
func aboutSource(link *bookcheck.Link) bool {
	return lines.MatchString(link.Fragment()) || sources.MatchString(link.Text)
}

// files returns the files that a path on a site may be made from.
func files(rest string, code bool) []string {
	if code {
		return []string{rest}
	}
	stem := strings.TrimSuffix(rest, ".html")
	folder, isFolder := strings.CutSuffix(rest, "/")
	if isFolder {
		stem = rest + "index"
	}
	names := []string{stem + ".md", stem + ".ipynb", stem + ".qmd"}
	if isFolder {
		names = append(names, folder+".md", rest+"README.md")
	}
	return names
}

func report(pass *bookcheck.Pass, link *bookcheck.Link, to *bookcheck.Chapter) {
	name := bookcheck.Relative(path.Dir(pass.Chapter.Path), to.Path)
	found := bookcheck.Diagnostic{
		Span:    link.Dest,
		Message: fmt.Sprintf("this leads to %s by the web, so that nobody sees when it breaks; refer to the chapter", to.Path),
		Subject: link.Target,
	}
	dest := strings.ReplaceAll(name, " ", "%20")
	if fragment := link.Fragment(); fragment != "" {
		dest += "#" + fragment
	}
	same := *link
	same.Target = dest
	if r := pass.Book.Resolve(pass.Chapter, &same); r.Outcome == bookcheck.Resolved && r.Chapter == to {
		found.Fixes = []bookcheck.Fix{{
			Title: "Write " + dest,
			Edits: []bookcheck.Edit{{Span: link.Dest, New: dest}},
			Safe:  true,
		}}
	}
	pass.Report(found)
}
