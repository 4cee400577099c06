package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

// Of returns what is to be kept of a page, whose text was read on a day and holds
// facts.
func Of(page *bookcheck.Page, facts []bookcheck.Fact, viewed time.Time) *Page {
	p := &Page{URL: page.URL, Viewed: Day(viewed), Title: page.Title, Hash: HashOf(page.Text), Cut: page.Truncated}
	if imprint := page.Imprint; imprint != nil {
		p.Published = imprint.Published
		if imprint.Title != "" {
			p.Title = imprint.Title
		}
	}
	p.Sketch, p.Words = sketch(page.Text)
	for _, f := range facts {
		if f.Kind == bookcheck.Amount || f.Kind == bookcheck.Day {
			p.Facts = append(p.Facts, Canon(f))
		}
	}
	p.Facts = append(p.Facts, numbersOf(page.Text)...)
	slices.Sort(p.Facts)
	p.Facts = slices.Compact(p.Facts)
	if len(p.Facts) > factLimit {
		p.Facts, p.Cut = p.Facts[:factLimit], true
	}
	p.Facts = slices.Clone(p.Facts) // or what was left out stays in memory
	return p
}

// numbersOf returns the numbers of a text as quantities without a unit, so that what is
// missing from the facts was nowhere on the page, be it in an odd place.
func numbersOf(text string) []string {
	var numbers []string
	for number := range strings.FieldsFuncSeq(text, func(r rune) bool { return (r < '0' || r > '9') && r != ',' && r != '.' }) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.Trim(number, ",."), ",", ""), 64)
		if err != nil || len(numbers) > 8*factLimit {
			continue
		}
		numbers = append(numbers, Canon(bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: v, High: v}))
	}
	return numbers
}

// Day returns the day of an instant, in UTC.
func Day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// ID names a claim by its sentence, so that it is known again in another place and
// another file.
func ID(sentence string) string { return HashOf(sentence)[:12] }

// HashOf returns the hash of a text; equal texts but for white space and case have the
// same. A text without words has "".
func HashOf(text string) string {
	h := sha256.New()
	some := false
	for word := range strings.FieldsSeq(text) {
		_, _ = h.Write([]byte(strings.ToLower(word)))
		_, _ = h.Write([]byte{' '})
		some = true
	}
	if !some {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// sketch returns the simhash of a text, over three words in a row, and counts the
// words.
func sketch(text string) (hash uint64, n int) {
	var v ballot
	var last [3]uint64
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n++
		last[0], last[1], last[2] = last[1], last[2], hashOf(word)
		v.cast(((last[0]*fnvPrime^last[1])*fnvPrime ^ last[2]) * fnvPrime)
	}
	return v.result(), n
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// hashOf returns the FNV-1a hash of a word in lower case.
func hashOf(word string) uint64 {
	hash := uint64(fnvOffset)
	for _, r := range word {
		hash = (hash ^ uint64(unicode.ToLower(r))) * fnvPrime
	}
	return hash ^ hash>>32 // or the upper bits of short words have little to do with them
}

// A ballot counts for each bit how many hashes have it. Eight bits at a time are
// counted in the bytes of a number, before these overflow.
type ballot struct {
	lanes [8]uint64
	votes [64]int
	cases int // in the lanes
	all   int
}

func (v *ballot) cast(hash uint64) {
	for i := range v.lanes {
		v.lanes[i] += hash >> i & 0x0101010101010101
	}
	v.all++
	if v.cases++; v.cases == 255 {
		v.count()
	}
}

// count empties the lanes.
func (v *ballot) count() {
	for bit := range v.votes {
		v.votes[bit] += int(v.lanes[bit%8] >> (bit &^ 7) & 0xff)
	}
	v.lanes, v.cases = [8]uint64{}, 0
}

// result has the bits that most hashes have.
func (v *ballot) result() (hash uint64) {
	v.count()
	for bit := range v.votes {
		if 2*v.votes[bit] > v.all {
			hash |= 1 << bit
		}
	}
	return hash
}

// alike is in how many bits the sketches of a text may differ from those of the same
// text after a retouch.
const alike = 3

// Same tells whether two looks at a page saw the same text, but for a retouch.
func (p *Page) Same(other *Page) bool {
	return p.Hash == other.Hash || bits.OnesCount64(p.Sketch^other.Sketch) <= alike
}

// Shrunk tells whether a page has so much less text than it had that it is rather not
// the page that was seen: a notice about cookies, or a wall that nobody knows.
func (p *Page) Shrunk(before *Page) bool { return p.Words < 60 || p.Words*4 < before.Words }
