package toolarge_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/toolarge"
)

func Test(t *testing.T) { ruletest.Run(t, toolarge.Rule) }

func TestUnread(t *testing.T) {
	chapter := bookcheck.NewChapter("dump.md", []byte("# Dump\n\n| a |\n| b |\n"))
	chapter.Unread = bookcheck.Span{Start: 8, End: 20}
	chapter.Limit = "1000 table cells"
	var found []bookcheck.Diagnostic
	pass := &bookcheck.Pass{
		Chapter: chapter,
		Report:  func(d bookcheck.Diagnostic) { found = append(found, d) },
	}
	if err := toolarge.Rule.Run(pass); err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		t.Fatalf("got %d findings, want 1: %v", len(found), found)
	}
	if got, want := found[0].Message, "not checked from here on: over the limit of 1000 table cells"; got != want {
		t.Errorf("got message %q, want %q", got, want)
	}
	if got, want := chapter.Text(found[0].Span), "| a |"; got != want {
		t.Errorf("got %q underlined, want %q", got, want)
	}
}
