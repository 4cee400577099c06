package bibtex

import (
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// work returns the work that an entry is about. The addresses that stand in its
// fields are links of the chapter too. Those that are made here of a DOI or of the
// number of a preprint are not: nobody wrote them, so that no rule about addresses
// has anything to say of them. Their Dest is empty.
func (p *parser) work(e *entry, target *bookcheck.Target) *bookcheck.Work {
	work := &bookcheck.Work{Target: target, Kind: e.kind}
	for i := range e.fields {
		f := &e.fields[i]
		field := bookcheck.Field{Name: f.name, Value: f.whole, Text: p.text(f)}
		work.Fields = append(work.Fields, field)
		if f.name == "title" && work.Title == "" {
			work.Title = field.Text
		}
		if f.isPlain() {
			found := links(p.src, f)
			p.chapter.Links = append(p.chapter.Links, found...)
			work.Links = append(work.Links, found...)
		}
	}
	for _, field := range work.Fields {
		if link := identified(work, field); link != nil {
			work.Links = append(work.Links, link)
		}
	}
	return work
}

// text returns what a field says. An address or a number is not typeset.
func (p *parser) text(f *field) string {
	raw := p.raw(&f.value)
	switch f.name {
	case "url", "doi", "eprint", "isbn", "issn", "file", "urldate", "date", "year":
		return strings.TrimSpace(withoutBraces.Replace(escapes.Replace(raw)))
	default:
		return readable(raw)
	}
}

var (
	// doi is how Crossref recognizes nearly all that it has given out.
	doi = regexp.MustCompile(`^(?i:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$`)

	// arXivDOI is what arXiv calls its own preprints.
	arXivDOI = regexp.MustCompile(`^10\.48550/(?i:arxiv)\.(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$`)

	// arXivNumber is the number of a preprint, new or old, alone in a value.
	arXivNumber = regexp.MustCompile(`^(?i:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?$`)

	// arXivMention is how search engines write down a preprint: in place of a journal
	// or, in dblp, of its volume.
	arXivMention = regexp.MustCompile(`(?i:\barxiv:\s*|^abs/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})`)
)

// identified returns the link that a field stands for without being an address; nil
// if it is none, or if the work has it already.
func identified(work *bookcheck.Work, field bookcheck.Field) *bookcheck.Link {
	var number, address string
	switch field.Name {
	case "doi":
		if m := doi.FindStringSubmatch(field.Text); m == nil {
			break
		} else if preprint := arXivDOI.FindStringSubmatch(m[1]); preprint != nil {
			number, address = preprint[1], "https://arxiv.org/abs/"+preprint[1]
		} else {
			number, address = m[1], "https://doi.org/"+doiEscapes.Replace(m[1])
		}
	case "eprint":
		if m := arXivNumber.FindStringSubmatch(field.Text); m != nil && onArXiv(work, field) {
			number, address = m[1], "https://arxiv.org/abs/"+m[1]
		}
	case "journal", "journaltitle", "volume", "note", "howpublished", "number", "publisher":
		if m := arXivMention.FindStringSubmatch(field.Text); m != nil {
			number, address = m[1], "https://arxiv.org/abs/"+m[1]
		}
	}
	if address == "" {
		return nil
	}
	for _, link := range work.Links {
		if target := strings.ToLower(link.Target); strings.Contains(target, strings.ToLower(number)) || strings.EqualFold(target, address) {
			return nil
		}
	}
	return &bookcheck.Link{
		Span: field.Value, Dest: bookcheck.Span{Start: field.Value.Start, End: field.Value.Start},
		Kind: bookcheck.PageLink, Form: bookcheck.Bare, Name: field.Name,
		Target: address, Text: field.Text, Silent: true,
	}
}

// onArXiv tells whether the eprint of a work is a number of arXiv. Without a word
// where it is from, one of the new form is.
func onArXiv(work *bookcheck.Work, eprint bookcheck.Field) bool {
	for _, field := range work.Fields {
		if field.Name == "archiveprefix" || field.Name == "eprinttype" {
			return strings.EqualFold(field.Text, "arxiv")
		}
	}
	return !strings.Contains(eprint.Text, "/") || strings.HasPrefix(strings.ToLower(eprint.Text), "arxiv:")
}

// doiEscapes are the characters that a DOI may have and a path may not.
var doiEscapes = strings.NewReplacer(
	"%", "%25", "#", "%23", "?", "%3F", "<", "%3C", ">", "%3E", `"`, "%22", "[", "%5B", "]", "%5D", `\`, "%5C", "^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D",
)
