package markdown

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A frame is what a page or section says about the time of its text.
type frame struct {
	dated    bool // it is true on the day that it appears, as a changelog is
	year     bool // it says which year it is about
	practice bool // it tells the reader what to do, as an exercise does
}

// pageOf returns the frame of a whole chapter.
func (l *language) pageOf(chapter *bookcheck.Chapter) frame {
	published := slices.ContainsFunc([]string{"date", "published", "pubDate"}, func(key string) bool {
		return isDate(chapter.Meta[key])
	})
	layout, _ := chapter.Meta["layout"].(string)
	return frame{
		dated: l.isDatedPath(chapter.Path) || published && l.isDatedName(layout),
		year:  published || yearInPath.MatchString(chapter.Path[strings.LastIndexByte(chapter.Path, '/')+1:]),
	}
}

// isDatedPath tells whether some folder of a path, or its file, holds what is
// dated by nature: changelogs, release notes, a blog.
func (l *language) isDatedPath(p string) bool {
	for part := range strings.SplitSeq(strings.ToLower(p), "/") {
		stem, _, _ := strings.Cut(part, ".")
		stem = strings.TrimLeft(strings.ReplaceAll(stem, "_", "-"), "-")
		if l.isDatedName(stem) || goRelease.MatchString(part) || dayInPath.MatchString(part) {
			return true
		}
	}
	return false
}

// isDatedName tells whether a name is that of a kind of dated page, or begins
// like one: changelog_v4.
func (l *language) isDatedName(name string) bool {
	return slices.ContainsFunc(l.pages, func(page string) bool {
		start, open := strings.CutSuffix(page, "*")
		return name == start || open && strings.HasPrefix(name, start)
	})
}

// sectionsOf returns the frame of each section, which it shares with those that
// it stands in.
func (l *language) sectionsOf(headings []*bookcheck.Heading, page frame) []frame {
	frames := make([]frame, len(headings))
	var around [7]frame // by level: that of the last heading so high
	for i := range around {
		around[i] = page
	}
	for i, heading := range headings {
		level := min(max(heading.Level, 1), 6)
		f := around[level-1]
		f.dated = f.dated || l.isDatedTitle(heading.Text)
		f.practice = f.practice || l.isPractice(heading.Text)
		f.year = f.year || hasDigit(heading.Text) && yearInText.MatchString(heading.Text)
		for deeper := level; deeper < len(around); deeper++ {
			around[deeper] = f
		}
		frames[i] = f
	}
	return frames
}

// isDatedTitle tells whether a heading stands over a list of changes: What's new,
// or a version alone.
func (l *language) isDatedTitle(title string) bool {
	title = strings.TrimSpace(title)
	if hasDigit(title) && versionTitle.MatchString(strings.ToLower(title)) {
		return true
	}
	return slices.ContainsFunc(l.sections, func(start string) bool {
		return beginsWith(title, start)
	})
}

// isPractice tells whether a heading stands over an exercise.
func (l *language) isPractice(title string) bool {
	return slices.ContainsFunc(l.practices, func(start string) bool { return beginsWith(title, start) })
}

// beginsWith tells whether a text begins with small letters and straight
// apostrophes, however it writes them.
func beginsWith(text, start string) bool {
	for _, c := range []byte(start) {
		rest, isCurly := strings.CutPrefix(text, curly)
		switch {
		case text == "":
			return false
		case c == '\'' && isCurly:
			text = rest
		case text[0]|0x20 != c|0x20:
			return false
		default:
			text = text[1:]
		}
	}
	return true
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// frame returns that of the section which a passage stands in.
func (f *finder) frame(p *passage) frame {
	at := sort.Search(len(f.sections), func(i int) bool {
		return f.chapter.Headings[i].Start > p.parts[0].source.Start
	})
	if at == 0 {
		return f.page
	}
	return f.sections[at-1]
}

var (
	goRelease  = regexp.MustCompile(`^go1\.\d+\.md$`)
	dayInPath  = regexp.MustCompile(`(^|\D)(19|20)\d\d-?[01]\d-?[0-3]\d(\D|$)`)
	yearInPath = regexp.MustCompile(`(^|\D)(19|20)\d\d(\D|$)`)
	yearInText = regexp.MustCompile(`\b(19|20)\d\d\b`)

	// A number before words numbers a section: 1.1 Introduction.
	versionTitle = regexp.MustCompile(`^[\[(]?v?\d+\.\d+[\w.+-]*[\])]?\s*([(\[,:–—-].*)?$`)
)

// isDate tells whether a value of the front matter is a date.
func isDate(value any) bool {
	switch value := value.(type) {
	case time.Time:
		return true
	case string:
		return yearInText.MatchString(value)
	}
	return false
}
