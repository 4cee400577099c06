package config

import (
	"bytes"
	"errors"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
)

// Allows reads what the front matter of a chapter accepts for the whole chapter:
//
//	bookcheck:
//	  allow:
//	    - {rule: dead-url, reason: the archive moves in spring, until: 2027-03-31}
//
// An entry that cannot be understood says why in its Fault.
func Allows(chapter *bookcheck.Chapter) []*bookcheck.Allow {
	if chapter.Meta["bookcheck"] == nil || chapter.Cells != nil {
		return nil
	}
	src := frontMatter(chapter)
	f := &front{decoder: newDecoder(chapter.Path, src), chapter: chapter}
	var doc yaml.Node
	if yaml.Unmarshal(src, &doc) != nil || len(doc.Content) == 0 {
		return nil // then the walker could not have read it either
	}
	root := resolve(doc.Content[0])
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "bookcheck" {
			f.mapping(root.Content[i+1], "key", fields{"allow": f.entries})
		}
	}
	for _, fault := range f.faults {
		at := f.place(fault.Line, fault.Column)
		f.allows = append(f.allows, &bookcheck.Allow{Span: at, Scope: at, Fault: fault.Message})
	}
	return f.allows
}

// A front reads the front matter of a chapter. Its lines begin with the second of
// the chapter.
type front struct {
	*decoder
	chapter *bookcheck.Chapter
	allows  []*bookcheck.Allow
}

// frontMatter returns what lies between the first line and the next of three
// hyphens or dots.
func frontMatter(chapter *bookcheck.Chapter) []byte {
	start := chapter.Line(2).Start
	for n := 2; n <= chapter.Lines(); n++ {
		line := chapter.Line(n)
		if text := bytes.TrimRight(chapter.Source[line.Start:line.End], " \t"); string(text) == "---" || string(text) == "..." {
			return chapter.Source[start:line.Start]
		}
	}
	return nil
}

func (f *front) entries(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		f.fault(n, "must be a list, not %s", describe(n))
		return
	}
	for _, item := range n.Content {
		item = resolve(item)
		allow := &bookcheck.Allow{
			Span:  f.place(item.Line, item.Column),
			Scope: bookcheck.Span{Start: 0, End: len(f.chapter.Source)},
		}
		before := len(f.faults)
		f.mapping(item, "key", fields{
			"rule":   func(n *yaml.Node) { allow.Rule = f.text(n) },
			"reason": func(n *yaml.Node) { allow.Reason = f.text(n) },
			"until":  func(n *yaml.Node) { allow.Until = f.day(n) },
		})
		switch {
		case len(f.faults) > before: // said already
		case allow.Rule == "":
			f.fault(item, "it names no rule")
		case allow.Reason == "":
			f.fault(item, "it gives no reason")
		default:
			f.allows = append(f.allows, allow)
		}
	}
}

func (f *front) text(n *yaml.Node) (text string) {
	f.scalar(n, "a text", func(value string) error {
		text = value
		if value == "" {
			return errors.New("empty")
		}
		return nil
	})
	return text
}

func (f *front) day(n *yaml.Node) (day time.Time) {
	f.scalar(n, "a day such as 2027-01-31", func(value string) (err error) {
		day, err = time.Parse(time.DateOnly, value)
		return err
	})
	return day
}

// place returns the span from a place in the front matter to the end of its line.
func (f *front) place(line, column int) bookcheck.Span {
	at := f.chapter.Line(line + 1)
	for range column - 1 {
		if at.Start == at.End {
			break
		}
		_, size := utf8.DecodeRune(f.chapter.Source[at.Start:at.End])
		at.Start += size
	}
	return at
}
