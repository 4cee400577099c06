package markdown

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
)

// TestWalk reads each chapter under testdata and compares what was found with the
// list beside it, in which every span is quoted from the file. UPDATE=1 rewrites
// the lists; read the difference.
func TestWalk(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no chapters: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			chapter, found := section(archive, "chapter"), section(archive, "found")
			if chapter == nil || found == nil {
				t.Fatal("want the sections chapter… and found")
			}
			c := New(syntaxOf(archive)).Parse(chapter.Name, chapter.Data)
			got := list(c)
			if got == string(found.Data) {
				return
			}
			if os.Getenv("UPDATE") == "" {
				t.Fatalf("got\n%s\nwant\n%s\n(UPDATE=1 go test rewrites it)", got, found.Data)
			}
			found.Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func section(archive *txtar.Archive, prefix string) *txtar.File {
	for i, f := range archive.Files {
		if strings.HasPrefix(f.Name, prefix) {
			return &archive.Files[i]
		}
	}
	return nil
}

// syntaxOf reads "dialect: myst" and "extensions: a b" from the comment of an
// archive.
func syntaxOf(archive *txtar.Archive) (s Syntax) {
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "dialect":
			s.Dialect = value
		case "extensions":
			s.Extensions = append(append(s.Extensions, DefaultExtensions...), strings.Fields(value)...)
		case "markers":
			s.Markers = strings.Fields(value)
		}
	}
	return s
}

// list writes what was found, a line each.
func list(c *bookcheck.Chapter) string {
	var b strings.Builder
	line := func(r bookcheck.Ranger, format string, args ...any) {
		p := c.Position(r.Range().Start)
		fmt.Fprintf(&b, "%d:%d %q "+format+"\n", append([]any{p.Line, p.Column, c.Text(r)}, args...)...)
	}
	if c.Meta != nil {
		fmt.Fprintf(&b, "meta %v\n", c.Meta)
	}
	for _, h := range c.Headings {
		line(h, "heading %d %q slug text %q", h.Level, h.Text, h.Plain)
	}
	for _, l := range c.Links {
		line(l, "%s to %q at %q%s", l.Kind, l.Target, c.Text(l.Dest), linkDetails(l))
	}
	for _, f := range c.Figures {
		line(f, "figure alt %q caption %q label %q", f.Alt, f.Caption, f.Label)
	}
	for _, t := range c.Targets {
		line(t, "%s %q of %q titled %q", t.Kind, t.Name, t.Of, t.Title)
	}
	for _, d := range c.Directives {
		open := ""
		if !d.Closed {
			open = " never closed"
		}
		line(d.Fence, "directive %s%s over %d lines", d.Name, open, c.Position(d.End).Line-c.Position(d.Start).Line+1)
		for _, o := range d.Options {
			line(o, "option %s of %s is %q", o.Name, d.Name, c.Text(o.Value))
		}
	}
	for _, t := range c.Todos {
		line(t, "todo %s owner %q: %q over %q", t.Marker, t.Owner, t.Text, c.Text(t.Scope))
	}
	for _, a := range c.Allows {
		line(a, "allow %s until %q: %q%s over %q", a.Rule, day(a.Until), a.Reason, a.Fault, c.Text(a.Scope))
	}
	for _, m := range c.Marks {
		line(m, "mark %d %s over %q", m.Kind, day(m.Date), c.Text(m.Scope))
	}
	for _, cell := range c.Cells {
		line(cell, "cell")
	}
	if c.Fault != "" {
		fmt.Fprintf(&b, "fault %s\n", c.Fault)
	}
	if c.Unread.Len() > 0 {
		fmt.Fprintf(&b, "unread from byte %d: over %s\n", c.Unread.Start, c.Limit)
	}
	return b.String()
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func linkDetails(l *bookcheck.Link) string {
	var b strings.Builder
	if l.Name != "" {
		fmt.Fprintf(&b, " by %s", l.Name)
	}
	if l.Text != "" {
		fmt.Fprintf(&b, " text %q", l.Text)
	}
	if l.Undefined {
		b.WriteString(" undefined")
	}
	return b.String()
}
