package history

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bookcheck/bookcheck"
)

func (b book) remove(name string) {
	b.t.Helper()
	if err := os.Remove(filepath.Join(b.dir, filepath.FromSlash(name))); err != nil {
		b.t.Fatal(err)
	}
}

// What the last commit has, and what is otherwise now.
func TestChronicle(t *testing.T) {
	b := newBook(t)
	b.write("a.md", "one\n")
	b.write("docs/ä b.md", "two\n")
	b.git("add", ".")
	b.on("2024-05-03", "commit", "-q", "-m", "one")
	b.write("a.md", "changed\n")
	b.remove("docs/ä b.md")
	b.write("new.md", "three\n")
	chronicle := NewChronicle(b.dir)
	changed, ok := chronicle.Changed(t.Context())
	if want := []string{"a.md", "docs/ä b.md"}; !ok || !slices.Equal(changed, want) {
		t.Errorf("got %q, %t, want %q", changed, ok, want)
	}
	if old, ok := chronicle.Old(t.Context(), "docs/ä b.md"); !ok || string(old) != "two\n" {
		t.Errorf("got %q, %t, want the text of the commit", old, ok)
	}
	if _, ok := chronicle.Old(t.Context(), "new.md"); ok {
		t.Error("a file that was never committed has an old text")
	}
	if inner, ok := NewChronicle(filepath.Join(b.dir, "docs")).Changed(t.Context()); !ok || !slices.Equal(inner, []string{"ä b.md"}) {
		t.Errorf("below docs got %q, %t", inner, ok)
	}
}

func TestMoves(t *testing.T) {
	b := newBook(t)
	b.write("a.md", "# A\n\nsome text\nthat stays\n")
	b.write("gone.md", "x\n")
	b.git("add", ".")
	b.on("2024-01-01", "commit", "-q", "-m", "one")
	b.git("mv", "a.md", "ü.md")
	b.on("2024-05-03", "commit", "-q", "-m", "two")
	b.git("rm", "-q", "gone.md")
	b.on("2024-06-04", "commit", "-q", "-m", "three")
	b.git("mv", "ü.md", "c.md")
	var got []string
	for _, move := range NewChronicle(b.dir).Moves(t.Context()) {
		got = append(got, fmt.Sprintf("%s to %q on %s", move.From, move.To, move.Date.Format("2006-01-02")))
	}
	want := []string{`ü.md to "c.md" on 0001-01-01`, `gone.md to "" on 2024-06-04`, `a.md to "ü.md" on 2024-05-03`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRewrites(t *testing.T) {
	b := newBook(t)
	b.write("a.md", "# A\n\n## Old\n\ntext\n")
	b.git("add", ".")
	b.on("2024-01-01", "commit", "-q", "-m", "one")
	b.write("a.md", "# A\n\n## New\n\ntext\n")
	b.on("2024-05-03", "commit", "-q", "-a", "-m", "two")
	b.write("a.md", "# A\n\n## Newest\n\ntext\n")
	chronicle := NewChronicle(b.dir)
	got := chronicle.Rewrites(t.Context(), "a.md", "")
	if len(got) != 3 || got[0].New[0] != "## Newest" || got[1].Old[0] != "## Old" || got[1].Date.Day() != 3 {
		t.Errorf("got %v", got)
	}
	if got := chronicle.Rewrites(t.Context(), "", "## Old"); len(got) == 0 || got[0].Old[0] != "## Old" {
		t.Errorf("by text got %v", got)
	}
}

// A pull request is checked where it was merged, in a clone of two commits at most.
func TestShallowPullRequest(t *testing.T) {
	b := newBook(t)
	b.write("a.md", "# A\n\n## Old\n\ntext\n")
	b.write("b.md", "# B\n\nsome text\nthat stays\n")
	b.git("add", ".")
	b.git("commit", "-q", "-m", "one")
	b.git("branch", "merged")
	b.git("checkout", "-q", "-b", "topic")
	b.write("a.md", "# A\n\n## New\n\ntext\n")
	b.git("mv", "b.md", "c.md")
	b.git("commit", "-q", "-a", "-m", "two")
	b.git("checkout", "-q", "merged")
	b.on("2024-06-04", "merge", "-q", "--no-ff", "-m", "merge", "topic")

	shallow := t.TempDir()
	b.git("clone", "-q", "--depth=2", "--branch=merged", "file://"+filepath.ToSlash(b.dir), shallow)
	chronicle := NewChronicle(shallow)
	moves := chronicle.Moves(t.Context())
	if len(moves) != 1 || moves[0].From != "b.md" || moves[0].To != "c.md" || moves[0].Date.Day() != 4 {
		t.Errorf("got moves %v", moves)
	}
	rewrites := chronicle.Rewrites(t.Context(), "a.md", "")
	if len(rewrites) == 0 || !slices.Equal(rewrites[0].Old, []string{"## Old"}) || !slices.Equal(rewrites[0].New, []string{"## New"}) {
		t.Errorf("got rewrites %v", rewrites)
	}
}

// Without git there is nothing to know, and nothing fails.
func TestNoChronicle(t *testing.T) {
	chronicle := NewChronicle(t.TempDir())
	if _, ok := chronicle.Changed(t.Context()); ok {
		t.Error("a folder without a repository has a last commit")
	}
	if moves := chronicle.Moves(t.Context()); moves != nil {
		t.Errorf("got moves %v", moves)
	}
	if got := chronicle.Rewrites(t.Context(), "a.md", ""); got != nil {
		t.Errorf("got rewrites %v", got)
	}
}

var _ bookcheck.Chronicler = NewChronicle("")
