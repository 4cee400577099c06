package badarithmetic

import (
	"bytes"
	"iter"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// object stands for what is no prose: code, math, an image.
const object = "\ufffc"

// A passage is prose that a reader reads in one go, with the way back to the source.
type passage struct {
	text  []byte
	parts []part
}

// A part is a copy of the source from an offset on.
type part struct{ at, source int }

func (p *passage) add(text []byte, source int) {
	p.parts = append(p.parts, part{len(p.text), source})
	p.text = append(p.text, text...)
}

// offset returns where the byte at an offset of the text stands in the source.
func (p *passage) offset(at int) int {
	i := sort.Search(len(p.parts), func(i int) bool { return p.parts[i].at > at }) - 1
	return p.parts[i].source + at - p.parts[i].at
}

// passages yields the passages of a chapter that have two numbers in them. What it
// yields is good until the next one.
func passages(chapter *bookcheck.Chapter) iter.Seq[*passage] {
	return func(yield func(*passage) bool) {
		p := &passage{}
		end := 0 // of the run before
		for _, run := range chapter.Prose {
			if run.Start < end {
				continue // a caption that is read twice
			}
			if between, ends := joint(chapter.Source[end:run.Start]); len(p.text) > 0 && ends {
				if p.counts() && !yield(p) {
					return
				}
				p.text, p.parts = p.text[:0], p.parts[:0]
			} else if between != "" {
				p.add([]byte(between), run.Start-1)
			}
			p.add(chapter.Source[run.Start:run.End], run.Start)
			end = run.End
		}
		if p.counts() {
			yield(p)
		}
	}
}

func (p *passage) counts() bool { return countsTwice(p.text) }

// countsTwice tells whether a text has two numbers in digits, so that they can
// contradict each other.
func countsTwice(text []byte) bool {
	runs, within := 0, false
	for _, c := range text {
		digit := isDigit(c)
		if digit && !within {
			runs++
		}
		within = digit
	}
	return runs > 1
}

// joint returns what a reader sees between two runs of prose, and tells whether the
// passage ends there.
func joint(gap []byte) (between string, ends bool) {
	if _, next, breaks := bytes.Cut(gap, []byte{'\n'}); breaks {
		return " ", len(bytes.TrimSpace(next)) > 0 || bytes.IndexByte(next, '\n') >= 0
	}
	if bytes.IndexByte(gap, '|') >= 0 {
		return "", true
	}
	switch core := bytes.Trim(gap, "*_~["); {
	case len(core) == 0, core[0] == ']' && (len(core) == 1 || core[1] == '(' || core[1] == '['):
		return "", false // the marks of emphasis and links
	case len(core) == 2 && core[0] == '\\':
		return string(core[1:]), false
	case string(core) == "&nbsp;", string(core) == "&#160;":
		return " ", false
	default:
		return object, false
	}
}

// sentences yields the sentences of a passage that have two numbers in them. What it
// yields is good until the next one.
func (p *passage) sentences() iter.Seq[*sentence] {
	return func(yield func(*sentence) bool) {
		s := &sentence{passage: p}
		start := 0
		for start < len(p.text) {
			end := p.sentenceEnd(start)
			if countsTwice(p.text[start:end]) {
				s.tokens = s.tokens[:0]
				s.scan(start, end)
				if len(s.tokens) <= mostTokens && !yield(s) {
					return
				}
			}
			start = end
		}
	}
}

// mostTokens bounds a sentence: what is longer is a table or a listing.
const mostTokens = 150

// sentenceEnd returns where the sentence ends that begins at an offset. One that ends
// too early is only missed.
func (p *passage) sentenceEnd(start int) int {
	for i := start; i < len(p.text); i++ {
		if c := p.text[i]; c != '.' && c != '!' && c != '?' {
			continue
		}
		rest := p.text[i+1:]
		next := bytes.TrimLeft(rest, " )\"'")
		if len(next) == len(rest) || len(next) == 0 {
			continue
		}
		r, _ := utf8.DecodeRune(next)
		if unicode.IsLower(r) || unicode.IsPunct(r) || abbreviated(p.text[start:i]) {
			continue
		}
		return len(p.text) - len(next)
	}
	return len(p.text)
}

// abbreviations end in a period that ends no sentence.
var abbreviations = wordSet("vs approx ca no nos st mr mrs dr al e.g i.e fig eq sec ch vol pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun")

func abbreviated(before []byte) bool {
	at := bytes.LastIndexFunc(before, func(r rune) bool { return r != '.' && !unicode.IsLetter(r) })
	word := strings.ToLower(string(before[at+1:]))
	return abbreviations[word] || len(word) == 1 && at+1 < len(before)
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
