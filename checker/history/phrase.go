package history

import (
	"bytes"
	"hash/fnv"
	"regexp"

	"github.com/bookcheck/bookcheck"
)

// around is how many bytes on either side make a phrase one of its kind. More, and
// every correction nearby makes it young.
const around = 25

// A phrase is what a span says, with some of what stands around it.
type phrase struct {
	path string
	text string // white space folded, so that a reflow changes nothing
}

// phraseAt returns the phrase of a span. It stays in its sentence, so that the next
// one may change.
func phraseAt(chapter *bookcheck.Chapter, span bookcheck.Span) phrase {
	source := chapter.Source
	before := source[max(0, span.Start-around):span.Start]
	after := source[span.End:min(len(source), span.End+around)]
	if ends := sentenceEnd.FindAllIndex(before, -1); ends != nil {
		before = before[ends[len(ends)-1][1]:]
	}
	if end := sentenceEnd.FindIndex(after); end != nil {
		after = after[:end[0]+1]
	}
	text := source[span.Start-len(before) : span.End+len(after)]
	return phrase{chapter.Path, string(bytes.TrimSpace(fold(nil, text)))}
}

// sentenceEnd is where a sentence may end, or a paragraph does.
var sentenceEnd = regexp.MustCompile(`[.!?]\s|\n\s*\n`)

// key returns a number for the phrase, and for the text of its lines if they are
// given.
func (p phrase) key(lines []byte) uint64 {
	h := fnv.New64a()
	for _, part := range [][]byte{[]byte(p.path), []byte(p.text), lines} {
		_, _ = h.Write(part) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// fold appends a text to another, with a space for each run of white space.
func fold(to, text []byte) []byte {
	for _, c := range text {
		switch {
		case c != ' ' && c != '\t' && c != '\n' && c != '\r':
			to = append(to, c)
		case len(to) > 0 && to[len(to)-1] != ' ':
			to = append(to, ' ')
		}
	}
	return to
}
