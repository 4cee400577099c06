package ledger

import (
	"iter"
	"math"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

// May tells whether a quantity or a date may be on the page, as far as the facts that
// are kept of it tell. Where they do not tell, it may: what is kept has no context.
func (p *Page) May(f bookcheck.Fact) bool {
	if p.Cut || p.Hash == "" || f.Kind != bookcheck.Amount && f.Kind != bookcheck.Day {
		return true
	}
	for _, canon := range p.Facts {
		if kept, ok := Parse(canon); !ok || may(f, kept) {
			return true
		}
	}
	return false
}

func may(f, kept bookcheck.Fact) bool {
	switch {
	case f.Kind == bookcheck.Day && kept.Kind == bookcheck.Day:
		return isYearless(f) || isYearless(kept) || !f.From.After(kept.To) && !kept.From.After(f.To)
	case f.Kind == bookcheck.Day:
		return isYearless(f) || float64(f.From.Year()) <= kept.High && kept.Low <= float64(f.To.Year())
	case kept.Kind == bookcheck.Day:
		return f.Low == float64(kept.From.Year())
	}
	if f.Unit != kept.Unit && f.Unit != "" && kept.Unit != "" && (measures[f.Unit] || measures[kept.Unit]) {
		return false
	}
	tolerance := .03
	if f.Op != bookcheck.Exactly && f.Op != bookcheck.Between {
		tolerance = .15
	}
	slack := max(tolerance*max(math.Abs(f.High), math.Abs(f.Low)), worth(f.Low), worth(kept.Low))
	return f.Low-slack <= kept.High && kept.Low <= f.High+slack
}

func isYearless(f bookcheck.Fact) bool { return f.From.Year() <= 1 }

// measures are the units that count nothing else under another name.
var measures = map[string]bool{"percent": true, "usd": true, "eur": true, "gbp": true, "jpy": true, "cny": true, "inr": true, "bytes": true}

// worth returns how much a number may have been rounded by: half its last digit that
// counts, but no more than an eighth of it. Numbers below a thousand are not rounded to
// tens.
func worth(v float64) float64 {
	v = math.Abs(v)
	step := 1.
	if v < 1000 {
		for step > 1e-6 && math.Abs(v/step-math.Round(v/step)) > 1e-9 {
			step /= 10
		}
		return min(step/2, v/8)
	}
	for math.Mod(v, step*10) == 0 {
		step *= 10
	}
	return min(step/2, v/8)
}

// Holds tells whether a text has a sentence, as far as letters and digits go. Of a
// sentence that was cut off the part that is there counts.
func Holds(text, sentence string) bool {
	return strings.Contains(letters(text), letters(sentence))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// nearEnough is the share of the words of a sentence that another has to have for it to
// be the same in other words.
const nearEnough = .4

// Nearest returns the sentence of a text that has most of the words of one that is not
// in it; "": none has many.
func Nearest(text, sentence string) string {
	sought := make(map[string]bool)
	for word := range wordsOf(sentence) {
		sought[word] = true
	}
	best, most := "", nearEnough*float64(len(sought))
	for s := range sentences(text) {
		common := make(map[string]bool)
		all := 0
		for word := range wordsOf(s) {
			all++
			if sought[word] {
				common[word] = true
			}
		}
		score := float64(len(common)) - .05*float64(max(0, all-2*len(sought)))
		if score > most {
			best, most = s, score
		}
	}
	return Shorten(best, snippetLimit)
}

// wordsOf yields the words of a text that say something, in lower case.
func wordsOf(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(word) > 2 && !yield(strings.ToLower(word)) {
				return
			}
		}
	}
}

// sentences yields the sentences of a text, roughly: a line ends one, and so does a
// stop before a blank.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			start := 0
			for i := 1; i < len(line); i++ {
				if (line[i] == ' ' || line[i] == '\n') && strings.IndexByte(".!?", line[i-1]) >= 0 {
					if !yield(strings.TrimSpace(line[start:i])) {
						return
					}
					start = i
				}
			}
			if rest := strings.TrimSpace(line[start:]); rest != "" && !yield(rest) {
				return
			}
		}
	}
}
