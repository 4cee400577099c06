package weigh

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// A letterText is a text without all but its letters and digits, in lower case, which
// is how quotations are compared. Ligatures that a PDF file may lose are left out, too.
type letterText struct {
	letters string
	offsets []int32 // of each stride's first byte in the text
}

// stride is how many bytes of a letterText share one offset.
const stride = 16

func newLetterText(text string) *letterText {
	l := &letterText{}
	var b strings.Builder
	b.Grow(len(text))
	lettersOf(text, func(r rune, at int) {
		for b.Len()/stride >= len(l.offsets) {
			l.offsets = append(l.offsets, int32(at))
		}
		b.WriteRune(r)
	})
	l.letters = b.String()
	return l
}

// lettersOf calls yield for the letters and digits of a text, in lower case. Of the
// letters f, i and l, those that may be one glyph are left out.
func lettersOf(text string, yield func(r rune, at int)) {
	for at := 0; at < len(text); {
		if n := ligature(text[at:]); n > 0 {
			at += n
			continue
		}
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			yield(r, at)
		case 'A' <= r && r <= 'Z':
			yield(r+'a'-'A', at)
		case r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) && (r < 'ﬀ' || r > 'ﬆ'):
			yield(unicode.ToLower(r), at)
		}
		at += size
	}
}

// ligature returns the length of the letters at the start of a text that may be
// written as one glyph; 0: there are none.
func ligature(text string) int {
	if text[0]|0x20 != 'f' || len(text) < 2 {
		return 0
	}
	switch n := 1; text[1] | 0x20 {
	case 'f':
		if n++; len(text) > 2 && (text[2]|0x20 == 'i' || text[2]|0x20 == 'l') {
			n++
		}
		return n
	case 'i', 'l':
		return 2
	}
	return 0
}

func letterKey(text string) string {
	var b strings.Builder
	lettersOf(text, func(r rune, _ int) { b.WriteRune(r) })
	return b.String()
}

// offset returns about where a byte of the letters stands in the text, never behind it.
func (l *letterText) offset(i int) int {
	if len(l.offsets) == 0 {
		return 0
	}
	return int(l.offsets[min(i/stride, len(l.offsets)-1)])
}

// omissions parts a quotation at what its author left out or put in: …, [sic].
func omissions(text string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(strings.NewReplacer("...", "…", "[", "…[", "]", "]…", ". . .", "…").Replace(text), func(r rune) bool { return r == '…' }) {
		if strings.HasPrefix(part, "[") && strings.HasSuffix(part, "]") {
			continue
		}
		if key := letterKey(part); key != "" {
			parts = append(parts, key)
		}
	}
	return parts
}

// quotation looks for somebody's words.
func (q *query) quotation(i int) finding {
	t := q.page.letters()
	parts := omissions(q.facts[i].Text)
	at, first, missing := 0, -1, 0
	for _, part := range parts {
		n := strings.Index(t.letters[at:], part)
		if n < 0 {
			missing++
			continue
		}
		if first < 0 {
			first = at + n
		}
		at += n + len(part)
	}
	switch {
	case missing == 0 && first >= 0:
		return finding{find: bookcheck.Found, says: q.page.quoteAt(t.offset(first)), score: 1}
	case len(parts) == 0:
		return finding{find: bookcheck.Untold}
	case strings.Contains(letterKey(q.page.page.Title), parts[0]):
		return finding{find: bookcheck.Found, score: 1}
	}
	return q.misquotation(i)
}

// alike is the share of its words that a passage must have, in order, to be what a
// quotation was taken from, and fewestAlike how many of them must say something.
const (
	alike       = .7
	fewestAlike = 3
)

// misquotation looks for the passage that was quoted with other words. There must be
// one of about its length that has nearly all of them.
func (q *query) misquotation(i int) finding {
	from, to := q.span(i)
	words := q.roots[from:to]
	telling := make(map[int32]bool)
	for n := from; n < to; n++ {
		if q.roots[n] >= 0 && q.own.class(q.words[n])&small == 0 {
			telling[q.roots[n]] = true
		}
	}
	window := int32(len(words) + len(words)/2 + 2)
	best, bestAt := 0, 0
	if len(telling) < 2 {
		return finding{find: bookcheck.Absent}
	}
	for n, s := range q.page.sentences {
		for at := s.from; at == s.from || at+window/2 < s.to; at += window/2 + 1 {
			part := sentence{from: at, to: min(at+window, s.to)}
			if q.page.count(part, telling) < min(fewestAlike, len(telling)) {
				continue
			}
			if run := q.commonRun(words, part); run > best {
				best, bestAt = run, n
			}
		}
	}
	score := float64(best) / float64(max(len(words), 1))
	if score < alike || len(telling) < fewestAlike && len(words) < 2*fewestAlike {
		return finding{find: bookcheck.Absent, score: score}
	}
	says := q.page.quote(q.page.sentences[bestAt])
	return finding{find: bookcheck.Clash, says: says, instead: says, score: score}
}

// count returns how many of some roots stand in a run of tokens.
func (t *Text) count(s sentence, roots map[int32]bool) int {
	n := 0
	for at := s.from; at < s.to; at++ {
		if roots[t.root(t.tokens[at])] {
			n++
		}
	}
	return n
}

// commonRun returns how many words a sentence shares with a quotation in the same
// order.
func (q *query) commonRun(words []int32, s sentence) int {
	row := make([]int, len(words)+1)
	for at := s.from; at < s.to; at++ {
		root, diagonal := q.page.root(q.page.tokens[at]), 0
		for i, w := range words {
			above := row[i+1]
			if w == root {
				row[i+1] = diagonal + 1
			} else {
				row[i+1] = max(above, row[i])
			}
			diagonal = above
		}
	}
	return row[len(words)]
}

// quoteAt returns the sentence that stands at an offset of the text.
func (t *Text) quoteAt(offset int) string {
	i := t.sentenceAt(t.tokenAt(offset))
	if i >= len(t.sentences) {
		return ""
	}
	return t.extract(offset, t.sentences[i])
}
