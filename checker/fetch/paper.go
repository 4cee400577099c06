package fetch

import (
	"cmp"
	"path"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fetch/pdf"
)

// paperTime is how long a PDF may take to be read, once it is its turn. A thousand
// pages take less than a second.
const paperTime = 5 * time.Second

// turns are given to those who read a PDF: the clock of one must not run while it
// waits for the others.
var turns = make(chan struct{}, runtime.GOMAXPROCS(0))

// readPDF reads a PDF as far as evidence asks for it.
func readPDF(b *body, evidence bookcheck.Evidence) *document {
	d := &document{sheets: countSheets(b.bytes(), b.truncated)}
	if evidence&bookcheck.Text == 0 {
		return d
	}
	turns <- struct{}{}
	defer func() { <-turns }()
	end := time.Now().Add(paperTime)
	paper, err := pdf.Read(b.bytes(), func() bool { return time.Now().After(end) })
	if err != nil {
		d.unread = err.Error()
		return d
	}
	if !b.truncated {
		d.sheets = cmp.Or(d.sheets, paper.Sheets)
	}
	d.text, d.cut, d.visible = paper.Text, paper.Partial, len(paper.Text)
	d.imprint = &bookcheck.Imprint{Title: paperTitle(paper.Title), Authors: paperAuthors(paper.Author), Published: paper.Created, Kind: "pdf"}
	return d
}

// fileTitle is what programs write where nobody gave a title.
var fileTitle = regexp.MustCompile(`(?i)^(microsoft (word|powerpoint)\b|untitled\b|document\d*$|slide \d|layout \d|main$|paper$|template\b)|\.(docx?|dvi|tex|ps|indd|pdf|pptx?|odt|rtf|qxd|fm)$`)

// paperTitle returns the title that a PDF gives itself; "" if it is the name of a
// file.
func paperTitle(said string) string {
	title := tidy(said, 2*titleLimit)
	if fileTitle.MatchString(title) || path.Ext(title) != "" && !strings.Contains(title, " ") {
		return ""
	}
	return title
}

var authorSeparator = regexp.MustCompile(`\s*;\s*|\s*,?\s+and\s+`)

// paperAuthors parts the authors that a PDF names in one string. Between commas
// there may be one name or two.
func paperAuthors(said string) []string {
	said = tidy(said, 8*titleLimit)
	if said == "" {
		return nil
	}
	names := authorSeparator.Split(said, mostAuthors)
	if !strings.Contains(said, ";") && strings.Count(said, ", ") != 1 {
		names = authorSeparator.Split(strings.ReplaceAll(said, ", ", "; "), mostAuthors)
	}
	return names
}
