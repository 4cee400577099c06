package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"

	"github.com/bookcheck/bookcheck"
)

// comment reads what a comment says to bookcheck, or of unfinished work. The
// delimiter is the length of the opening before the text.
func (w *walker) comment(text lines, delimiter int, node ast.Node, isBlock bool) {
	if len(text.text) == 0 {
		return
	}
	if w.instruction(text, delimiter, node, isBlock) {
		return
	}
	w.commentTodos(text)
}

var (
	instructionWord = regexp.MustCompile(`^[%\s]*bookcheck:\s*([a-z-]+)\s*((?s:.*?))\s*$`)
	dateCheck       = regexp.MustCompile(`^\s*date-check:\s*([A-Z][a-z]+ \d{4})\s*$`) // rustc-dev-guide
	expires         = regexp.MustCompile(`^\s*expires\s+(\d{4}-\d{2}-\d{2})\s*$`)     // GitHub Docs
)

// instruction reads a comment to bookcheck, and those of other projects that mean
// the same. It tells whether the comment was one.
func (w *walker) instruction(text lines, delimiter int, node ast.Node, isBlock bool) bool {
	whole := text.span(bookcheck.Span{Start: 0, End: len(text.text)})
	whole.Start -= delimiter
	if delimiter > 0 {
		whole.End = min(whole.End+len("-->"), len(w.source))
	} else {
		whole = trimmedSpan(w.source, whole)
	}
	if m := dateCheck.FindSubmatch(text.text); m != nil {
		w.mark(bookcheck.AsOf, string(m[1]), whole, node, isBlock)
		return true
	}
	if m := expires.FindSubmatch(text.text); m != nil {
		w.mark(bookcheck.Expires, string(m[1]), whole, node, isBlock)
		return true
	}
	m := instructionWord.FindSubmatch(text.text)
	if m == nil {
		return false
	}
	rest := string(m[2])
	switch string(m[1]) {
	case "allow":
		w.allow(rest, whole, w.scope(whole, node, isBlock))
	case "allow-file":
		w.allow(rest, whole, bookcheck.Span{Start: 0, End: len(w.source)})
	case "verified":
		w.mark(bookcheck.Verified, rest, whole, node, isBlock)
	case "as-of":
		w.mark(bookcheck.AsOf, rest, whole, node, isBlock)
	case "expires":
		w.mark(bookcheck.Expires, rest, whole, node, isBlock)
	default:
		w.fault(whole, `"`+string(m[1])+`" is no instruction: write allow, allow-file, verified, as-of or expires`)
	}
	return true
}

func (w *walker) fault(span bookcheck.Span, message string) {
	w.found.Allows = append(w.found.Allows, &bookcheck.Allow{Span: span, Fault: message})
}

// scope returns what an instruction is about: for a comment on its own the next
// block, for one in a text its line.
func (w *walker) scope(comment bookcheck.Span, node ast.Node, isBlock bool) bookcheck.Span {
	start := bytes.LastIndexByte(w.source[:comment.Start], '\n') + 1
	end := len(w.source)
	if i := bytes.IndexByte(w.source[comment.End:], '\n'); i >= 0 {
		end = comment.End + i
	}
	line := bookcheck.Span{Start: start, End: end}
	if !isBlock {
		return line
	}
	if next := nextBlock(node); next != nil {
		line.End = max(line.End, extent(next).End)
	}
	return line
}

// nextBlock returns the block after a comment, past other comments and targets.
func nextBlock(node ast.Node) ast.Node {
	for next := node.NextSibling(); next != nil; next = next.NextSibling() {
		switch n := next.(type) {
		case *leaf:
			continue
		case *ast.HTMLBlock:
			if n.HTMLBlockType == ast.HTMLBlockType2 {
				continue
			}
		}
		return next
	}
	return nil
}

// allow reads "rule until 2027-01-31: reason"; rules are separated by commas.
func (w *walker) allow(text string, span, scope bookcheck.Span) {
	head, reason, ok := strings.Cut(text, ":")
	if !ok || strings.TrimSpace(reason) == "" {
		w.fault(span, "it gives no reason: write allow RULE: REASON")
		return
	}
	names, date, dated := strings.Cut(head, " until ")
	var until time.Time
	if dated {
		var err error
		if until, err = time.Parse(time.DateOnly, strings.TrimSpace(date)); err != nil {
			w.fault(span, `"`+strings.TrimSpace(date)+`" is no day: write it as 2027-01-31`)
			return
		}
	}
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.TrimSpace(name); name == "" || strings.ContainsAny(name, " \t\n") {
			w.fault(span, "it names no rule: write allow RULE: REASON")
			return
		}
		w.found.Allows = append(w.found.Allows, &bookcheck.Allow{
			Span: span, Rule: name, Reason: strings.Join(strings.Fields(reason), " "), Until: until, Scope: scope,
		})
	}
}

// mark reads the date that an author gave to a passage. Inside a text it is about
// the whole block.
func (w *walker) mark(kind bookcheck.MarkKind, text string, span bookcheck.Span, node ast.Node, isBlock bool) {
	word, _, _ := strings.Cut(text, ":") // a reason may follow
	date, ok := lastDay(strings.TrimSpace(word))
	if !ok {
		w.fault(span, `"`+strings.TrimSpace(word)+`" is no date: write it as 2026-07 or 2026-07-31`)
		return
	}
	scope := w.scope(span, node, isBlock)
	if !isBlock && node != nil {
		scope = extent(node)
	}
	w.found.Marks = append(w.found.Marks, &bookcheck.Mark{Span: span, Kind: kind, Date: date, Scope: scope})
}

// lastDay returns the last day of what a date names.
func lastDay(text string) (time.Time, bool) {
	for _, form := range []struct {
		layout        string
		years, months int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}, {"Jan 2006", 0, 1}, {"January 2006", 0, 1}} {
		t, err := time.Parse(form.layout, text)
		if err != nil {
			continue
		}
		if form.years+form.months == 0 {
			return t, true
		}
		return t.AddDate(form.years, form.months, -1), true
	}
	return time.Time{}, false
}
