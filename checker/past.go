package checker

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

// recall asks version control what became of the places that links of the book no
// longer find. It is asked nothing if all links do.
func (c *checking) recall(ctx context.Context) {
	if c.Chronicler == nil {
		return
	}
	a := &annals{Chronicler: c.Chronicler, lines: make(map[string][]bookcheck.Rewrite)}
	a.moves = sync.OnceValue(func() map[string]bookcheck.Move { return latest(a.Moves(ctx)) })
	for _, b := range c.books {
		past := make(map[*bookcheck.Link]bookcheck.Past)
		reported := setOf(b.reported)
		for _, chapter := range b.Chapters {
			if ctx.Err() != nil || b.ends[chapter] == nil && !reported[chapter] {
				continue
			}
			for _, link := range chapter.Links {
				to := b.Resolve(chapter, link)
				if to.Outcome <= bookcheck.Resolved || to.Outcome == bookcheck.OddCase {
					continue
				}
				if known := a.past(ctx, b, chapter, link, to); known.Event != "" && ctx.Err() == nil {
					past[link] = known
				}
			}
		}
		b.Past = past
	}
}

// annals are what version control was asked for in one run.
type annals struct {
	bookcheck.Chronicler
	moves func() map[string]bookcheck.Move
	lines map[string][]bookcheck.Rewrite // by file, or by text with a leading colon
}

// latest returns the last move of each file.
func latest(moves []bookcheck.Move) map[string]bookcheck.Move {
	found := make(map[string]bookcheck.Move)
	for _, move := range moves {
		if _, known := found[move.From]; !known {
			found[move.From] = move
		}
	}
	return found
}

// past returns what is known about a link that is broken.
func (a *annals) past(ctx context.Context, b *book, from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bookcheck.Past {
	switch {
	case to.Outcome == bookcheck.NoAnchor && to.Chapter != nil:
		return a.heading(ctx, b, from, link, to)
	case to.Outcome == bookcheck.NoFile || strings.Contains(to.Sought, "document"):
		if past := a.file(b, from, link, to); past.Event != "" || to.Outcome == bookcheck.NoFile {
			return past
		}
		return a.label(ctx, b, from, link, to)
	case strings.Contains(to.Sought, "label"):
		if strings.HasPrefix(link.Target, "#") {
			to.Chapter = from
			if past := a.heading(ctx, b, from, link, to); past.Event != "" {
				return past
			}
		}
		return a.label(ctx, b, from, link, to)
	default:
		return bookcheck.Past{}
	}
}

// file tells what became of a file.
func (a *annals) file(b *book, from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bookcheck.Past {
	target, fragment, marked := strings.Cut(link.Target, "#")
	dir := path.Dir(from.Path)
	for _, base := range []string{to.Name, path.Join(dir, target), path.Join(b.Root, target)} {
		for _, suffix := range []string{"", ".md", ".ipynb"} {
			move, moved := a.follow(b, base+suffix)
			switch {
			case !moved:
				continue
			case move.To == "":
				return bookcheck.Past{Event: "deleted" + on(move.Date)}
			}
			name := bookcheck.Relative(dir, move.To)
			if path.Ext(target) == "" {
				name = strings.TrimSuffix(name, path.Ext(name))
			}
			if marked {
				name += "#" + fragment
			}
			past := bookcheck.Past{Event: "renamed to " + move.To + on(move.Date)}
			if b.leads(from, link, name) {
				past.Now = strings.ReplaceAll(name, " ", "%20")
			}
			return past
		}
	}
	return bookcheck.Past{}
}

// follow returns the last of the moves that a file made, one after the other. A
// file that is there did not move.
func (a *annals) follow(b *book, file string) (bookcheck.Move, bool) {
	if b.Files[file] {
		return bookcheck.Move{}, false
	}
	move, moved := a.moves()[file]
	for range 20 {
		next, again := a.moves()[move.To]
		if !moved || move.To == "" || b.Files[move.To] || !again {
			break
		}
		move = next
	}
	return move, moved && (move.To == "" || b.Files[move.To])
}

// on writes a date as the end of a sentence.
func on(date time.Time) string {
	if date.IsZero() {
		return " (not committed yet)"
	}
	return " on " + date.Format(time.DateOnly)
}

// leads tells whether a link would lead somewhere if it said something else.
func (b *book) leads(from *bookcheck.Chapter, link *bookcheck.Link, target string) bool {
	other := *link
	other.Target = target
	return b.Resolve(from, &other).Outcome == bookcheck.Resolved
}

var headingLine = regexp.MustCompile(`^#{1,6}[ \t]+(.*?)[ \t]*#*$`)

// heading tells what became of a heading.
func (a *annals) heading(ctx context.Context, b *book, from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bookcheck.Past {
	file := to.Chapter.Path
	if _, asked := a.lines[file]; !asked {
		a.lines[file] = a.Rewrites(ctx, file, "")
	}
	now, date, found := trace(a.lines[file], to.Name, func(line string) string {
		if m := headingLine.FindStringSubmatch(line); m != nil {
			return m[1]
		}
		return ""
	})
	if !found {
		return bookcheck.Past{}
	}
	before, _, _ := strings.Cut(link.Target, "#")
	past := bookcheck.Past{Event: "renamed to \"" + now + "\"" + on(date)}
	if target := before + "#" + slug(now); b.leads(from, link, target) {
		past.Now = target
	}
	return past
}

// labelLine recognizes a line that gives a label.
var labelLine = regexp.MustCompile(`^\(([^()]+)\)=[ \t]*$|^:(?:name|label):[ \t]*(\S.*?)[ \t]*$`)

// mostLabels bounds how many labels are looked for: each is a search of its own.
const mostLabels = 20

// label tells what became of a label.
func (a *annals) label(ctx context.Context, b *book, from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bookcheck.Past {
	name := strings.TrimPrefix(to.Name, "#")
	for _, text := range []string{"(" + name + ")=", ":name: " + name} {
		if _, asked := a.lines[":"+text]; !asked {
			if len(a.lines) > mostLabels {
				return bookcheck.Past{}
			}
			a.lines[":"+text] = a.Rewrites(ctx, "", text)
		}
		now, date, found := trace(a.lines[":"+text], name, func(line string) string {
			if m := labelLine.FindStringSubmatch(line); m != nil {
				return m[1] + m[2]
			}
			return ""
		})
		if !found {
			continue
		}
		past := bookcheck.Past{Event: "renamed to \"" + now + "\"" + on(date)}
		target := now
		if strings.HasPrefix(link.Target, "#") {
			target = "#" + now
		}
		if b.leads(from, link, target) {
			past.Now = target
		}
		return past
	}
	return bookcheck.Past{}
}

// trace follows a name through lines that gave way to others, latest first. The
// name of a line is what name returns; lines without one do not count.
func trace(rewrites []bookcheck.Rewrite, sought string, name func(line string) string) (now string, date time.Time, found bool) {
	now = sought
	for _, rewrite := range slices.Backward(rewrites) {
		if next, ok := successor(names(rewrite.Old, name), names(rewrite.New, name), now); ok {
			now, date, found = next, rewrite.Date, true
		}
	}
	return now, date, found && squash(now) != squash(sought)
}

func names(lines []string, name func(line string) string) []string {
	var found []string
	for _, line := range lines {
		if text := name(line); text != "" {
			found = append(found, text)
		}
	}
	return found
}

// successor returns what stands in the place of a name. Where the numbers of names
// differ nobody can tell.
func successor(before, after []string, sought string) (string, bool) {
	for i, name := range before {
		if squash(name) == squash(sought) && len(before) == len(after) && squash(after[i]) != squash(name) {
			return after[i], true
		}
	}
	return "", false
}

// squash leaves the letters and digits of a name: those that a slug keeps, too.
func squash(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// slug makes an anchor of a heading, as most builders do. Whether the book's own
// does is tried out.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		default:
			return -1
		}
	}, heading)
}
