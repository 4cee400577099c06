package history

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// surveyed returns what is known of some phrases after a survey: a date, with
// "line " before it if it is that of the line, or the reason why there is none.
func surveyed(t *testing.T, h *History, name, content string, phrases ...string) []string {
	t.Helper()
	chapter := bookcheck.NewChapter(name, []byte(content))
	var spans []bookcheck.Span
	for _, phrase := range phrases {
		start := strings.Index(content, phrase)
		if start < 0 {
			t.Fatalf("no %q in %q", phrase, content)
		}
		spans = append(spans, bookcheck.Span{Start: start, End: start + len(phrase)})
	}
	h.Survey(t.Context(), []bookcheck.Question{{Chapter: chapter, Spans: spans}})
	var got []string
	for _, age := range h.Ages(t.Context(), chapter, spans) {
		evidence := strings.TrimPrefix(age.Evidence, inText)
		got = append(got, strings.Replace(evidence, lastChanged, "line ", 1))
	}
	return got
}

const statement = "The scheduler is currently single-threaded, so long jobs delay all others.\n"

// A line is younger than what it says: a correction, a reflow or a new name of the
// file changes nothing.
func TestSurvey(t *testing.T) {
	b := newBook(t)
	b.commit("2020-02-02", "other.md", "Something else.\n")
	b.commit("2021-03-01", "old name.md", "# Title\n\nFirst sentence here. "+statement)
	b.commit("2022-05-02", "old name.md", "# Title\n\nFirst sentense here. "+statement)
	b.git("mv", "old name.md", "ü \"new\".md")
	b.on("2022-06-01", "commit", "-q", "-m", "rename")
	const now = "# Title\n\nFirst sentence, corrected.\nThe scheduler is currently\nsingle-threaded, so long jobs delay all others.\n\nIt is recently new.\n"
	b.commit("2023-07-03", "ü \"new\".md", strings.TrimSuffix(now, "\nIt is recently new.\n"))
	name := "ü \"new\".md"
	equal(t, surveyed(t, New(b.dir, ""), name, now, "currently", "recently"), "2021-03-01", uncommitted)
	equal(t, surveyed(t, New(b.dir, ""), "new.md", "It is new.\n", "new"), uncommitted)

	b.commit("2023-08-01", name, now)
	equal(t, surveyed(t, New(b.dir, ""), name, strings.Replace(now, "It is recently", "It is very recently", 1), "currently", "very recently"),
		"2021-03-01", uncommitted)
	b.commit("2024-01-01", "deep/a.md", "> "+statement)
	equal(t, surveyed(t, New(filepath.Join(b.dir, "deep"), ""), "a.md", "> "+statement, "currently"), "2024-01-01")
	equal(t, surveyed(t, At(b.dir, "HEAD~1"), name, now, "recently"), "2023-08-01")
}

// What counts is when a phrase was written on its branch; what only a merge has
// written is known by its line.
func TestSurveyOfMergedBranch(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", "one\n\n\nlast\n")
	b.git("checkout", "-q", "-b", "branch")
	b.commit("2021-02-02", "a.md", "one\n\n"+statement+"\nlast\n")
	b.git("checkout", "-q", "main")
	b.commit("2021-03-03", "b.md", "other\n")
	b.on("2023-04-04", "merge", "-q", "--no-ff", "--no-commit", "branch")
	content := "one\n\n" + statement + "\nA merge wrote this currently odd line.\n\nlast\n"
	b.write("a.md", content)
	b.git("add", "-A")
	b.on("2023-04-04", "commit", "-q", "-m", "merge")
	equal(t, surveyed(t, New(b.dir, ""), "a.md", content, "is currently", "this currently"), "2021-02-02", "line 2023-04-04")
}

func TestSurveyOfShallowClone(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", statement)
	b.commit("2022-01-01", "b.md", "other\n")
	b.commit("2023-01-01", "a.md", statement+"\nIt is recently new.\n")
	dir := filepath.Join(t.TempDir(), "clone")
	b.git("clone", "-q", "--depth=2", "file://"+filepath.ToSlash(b.dir), dir)
	equal(t, surveyed(t, New(dir, ""), "a.md", statement+"\nIt is recently new.\n", "currently", "recently"), shallow, "2023-01-01")
}

// What was found out once is not asked for again, and only what cannot change
// outlives a commit.
func TestMemory(t *testing.T) {
	b := newBook(t)
	file := filepath.Join(t.TempDir(), "cache", "history")
	b.commit("2021-01-01", "a.md", statement)
	b.commit("2021-01-02", "b.md", "other\n")
	text := statement + "\nIt is recently new.\n"
	h := New(b.dir, file)
	equal(t, surveyed(t, h, "a.md", text, "currently", "recently"), "2021-01-01", uncommitted)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(string(written), "2021-01-01", "1999-09-09", 1)
	if err := os.WriteFile(file, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	equal(t, surveyed(t, New(b.dir, file), "a.md", text, "currently", "recently"), "1999-09-09", uncommitted)
	b.commit("2023-03-03", "a.md", text)
	h = New(b.dir, file)
	equal(t, surveyed(t, h, "a.md", text, "currently", "recently"), "1999-09-09", "2023-03-03")
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}

	for _, spoiled := range []string{"", "nonsense", memoryTitle + "x\nzz 1 a\n\n1\n1 z a\n"} {
		if err := os.WriteFile(file, []byte(spoiled), 0o600); err != nil {
			t.Fatal(err)
		}
		equal(t, surveyed(t, New(b.dir, file), "a.md", text, "currently"), "2021-01-01")
	}
	if err := New(b.dir, filepath.Join(file, "below", "a file")).Close(); err != nil {
		t.Errorf("nothing was found out, but: %v", err)
	}
}

// large makes a repository of many commits over many files, and returns questions
// about many statements in them.
func large(b *testing.B, commits, files, statements int) (string, []bookcheck.Question) {
	b.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		b.Skip("git is not installed")
	}
	text := make([]strings.Builder, files)
	for i := range text {
		for line := range 200 {
			fmt.Fprintf(&text[i], "Line %d of file %d, which says what lines say.\n", line, i)
		}
	}
	var stream strings.Builder
	day := time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
	for n := range commits {
		i := n % files
		if n < statements {
			fmt.Fprintf(&text[i], "\nThe part number %d is currently the only one that has this.\n", n)
		} else {
			fmt.Fprintf(&text[i], "Another line, number %d.\n", n)
		}
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 1\nx\nM 100644 inline f%d.md\ndata %d\n%s\n",
			day.AddDate(0, 0, n).Unix(), i, text[i].Len(), text[i].String())
	}
	dir := b.TempDir()
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"fast-import", "--quiet"}} {
		command := exec.CommandContext(b.Context(), "git", args...)
		command.Dir, command.Stdin = dir, strings.NewReader(stream.String())
		if output, err := command.CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v\n%s", args, err, output)
		}
	}
	questions := make([]bookcheck.Question, files)
	for i := range questions {
		source := text[i].String()
		q := bookcheck.Question{Chapter: bookcheck.NewChapter(fmt.Sprintf("f%d.md", i), []byte(source))}
		for at := 0; ; {
			n := strings.Index(source[at:], "currently")
			if n < 0 {
				break
			}
			at += n + 1
			q.Spans = append(q.Spans, bookcheck.Span{Start: at - 1, End: at - 1 + len("currently")})
		}
		questions[i] = q
	}
	return dir, questions
}

// The whole way: 500 statements in a repository of 2,000 commits, first without and
// then with what is remembered.
func BenchmarkSurvey(b *testing.B) {
	dir, questions := large(b, 2000, 250, 500)
	file := filepath.Join(b.TempDir(), "history")
	ask := func(b *testing.B, h *History) {
		b.Helper()
		h.Survey(b.Context(), questions)
		asked := 0
		for _, q := range questions {
			for _, age := range h.Ages(b.Context(), q.Chapter, q.Spans) {
				asked++
				if !strings.HasPrefix(age.Evidence, inText) {
					b.Fatalf("%s: %v", q.Chapter.Path, age)
				}
			}
		}
		if asked != 500 {
			b.Fatalf("%d statements", asked)
		}
		if err := h.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			ask(b, New(dir, ""))
		}
	})
	ask(b, New(dir, file))
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			ask(b, New(dir, file))
		}
	})
	b.Run("blame", func(b *testing.B) {
		for b.Loop() {
			h := New(dir, "")
			for _, q := range questions {
				h.Ages(b.Context(), q.Chapter, q.Spans)
			}
		}
	})
}

// Whatever git prints, reading it ends, and finds nothing that is not there.
func FuzzChanges(f *testing.F) {
	f.Add("\x0012 a\n\ndiff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -0,0 +1,2 @@\n+x is\n+currently\n\\ No newline\n")
	f.Add("\x0012 \nrename from b\nrename to \"a.\\155d\"\n@@ -1 +1 @@\n-+++ b/a.md\n")
	f.Fuzz(func(t *testing.T, output string) {
		s := &sighting{phrase: phrase{"a.md", "is currently"}}
		reader := changeReader{sought: map[string][]*sighting{"a.md": {s}}}
		if err := reader.read(strings.NewReader(output)); err != nil {
			t.Fatal(err)
		}
		if s.found && !strings.Contains(string(fold(nil, []byte(strings.ReplaceAll(output, "\n+", "\n")))), "is currently") {
			t.Errorf("%q was found in %q", s.text, output)
		}
	})
}
