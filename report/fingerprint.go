package report

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// fingerprint names a finding in the formats that have a place for that.
func fingerprint(d *bookcheck.Diagnostic) string { return d.Fingerprint() }

// lineFingerprints returns what GitHub knows each finding again by: the hash that
// its own action would compute for the line. GitHub looks at nothing else but the
// rule, so a second finding of a rule on a line gets a hash of its own. The text
// is "" in chapters that are not UTF-8, where readers disagree on the characters.
func lineFingerprints(found []bookcheck.Diagnostic) []string {
	type place struct {
		rule *bookcheck.Rule
		line int
	}
	prints := make([]string, len(found))
	for first := 0; first < len(found); {
		chapter, wanted := found[first].Chapter, make(map[int]bool)
		end := first
		for ; end < len(found) && found[end].Chapter == chapter; end++ {
			wanted[chapter.Position(found[end].Span.Start).Line] = true
		}
		hashes := lineHashes(chapter.Source, wanted)
		taken, repeated := make(map[place]bool), make(map[string]int)
		for i := first; i < end; i++ {
			at := place{found[i].Rule, chapter.Position(found[i].Span.Start).Line}
			prints[i] = hashes[at.line]
			if taken[at] && prints[i] != "" {
				mixed := mix(prints[i], found[i].Subject)
				repeated[at.rule.Name+mixed]++
				prints[i] = mixed + ":" + strconv.Itoa(repeated[at.rule.Name+mixed])
			}
			taken[at] = true
		}
		first = end
	}
	return prints
}

// mix makes another hash of the same look.
func mix(hash, subject string) string {
	sum := sha256.Sum256([]byte(hash + "\x00" + subject))
	return strconv.FormatUint(binary.BigEndian.Uint64(sum[:]), 16)
}

// lineHashes returns GitHub's primaryLocationLineHash of the wanted lines of a
// file, by number: a rolling hash of the 100 UTF-16 code units from the start of
// the line on, without spaces and tabs, and how often the file had that hash so
// far. It is nil if the file is not UTF-8.
func lineHashes(source []byte, wanted map[int]bool) map[int]string {
	if !utf8.Valid(source) {
		return nil
	}
	h := lineHasher{lineStart: true, wanted: wanted, counts: make(map[uint64]int), hashes: make(map[int]string)}
	var units [2]uint16
	for len(source) > 0 {
		r, size := utf8.DecodeRune(source)
		source = source[size:]
		for _, unit := range utf16.AppendRune(units[:0], r) {
			h.add(unit)
		}
	}
	h.add(0xFFFF) // the end of the file
	for range window {
		h.push(0)
	}
	return h.hashes
}

const (
	window = 100 // code units that a line's hash covers
	factor = 37
)

// leaving is what the oldest unit of the window was multiplied by: factor^window.
var leaving = func() uint64 {
	power := uint64(1)
	for range window {
		power *= factor
	}
	return power
}()

// A lineHasher rolls over the units of a file. The hash of a line is known when
// the window has moved to where the line's first unit leaves it.
type lineHasher struct {
	units [window]uint16
	lines [window]int // the line that starts with the unit; 0: none does
	at    int         // the oldest unit
	hash  uint64

	line      int
	lineStart bool
	afterCR   bool

	wanted map[int]bool
	counts map[uint64]int
	hashes map[int]string
}

// add reads a unit of the file. Every kind of line ending counts as one LF.
func (h *lineHasher) add(unit uint16) {
	skip := unit == ' ' || unit == '\t' || unit == '\n' && h.afterCR
	h.afterCR = unit == '\r'
	if skip {
		return
	}
	if unit == '\r' {
		unit = '\n'
	}
	starts := 0
	if h.lineStart {
		h.line++
		starts = h.line
	}
	h.lineStart = unit == '\n'
	at := h.at
	h.push(unit)
	h.lines[at] = starts
}

// push moves the window by one unit.
func (h *lineHasher) push(unit uint16) {
	if line := h.lines[h.at]; line > 0 {
		h.counts[h.hash]++
		if h.wanted[line] {
			h.hashes[line] = fmt.Sprintf("%x:%d", h.hash, h.counts[h.hash])
		}
		h.lines[h.at] = 0
	}
	h.hash = factor*h.hash + uint64(unit) - leaving*uint64(h.units[h.at])
	h.units[h.at] = unit
	h.at = (h.at + 1) % window
}
