package dialect_test

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
)

// Each archive in testdata/builders is a book with every form of reference, to
// what exists and to what does not. Its file "builder" is what the real program
// said about it, word for word. What bookcheck finds must be the same, but for the
// differences that the file of that name lists and explains.
func TestBuilders(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/builders/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no books", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := make(fstest.MapFS)
			said := make(map[string]string)
			for _, f := range archive.Files {
				switch f.Name {
				case "builder", "differences":
					said[f.Name] = string(f.Data)
				default:
					fsys[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			book, faults := load(t, fsys, ".")
			for _, f := range faults {
				t.Errorf("%s:%d: %s", f.Path, f.Line, f.Message)
			}
			got := compare(t, brokenIn(book), warnings(said["builder"]))
			want := explained(said["differences"])
			for _, line := range got {
				if !slices.Contains(want, line) {
					t.Errorf("unexplained difference: %s", line)
				}
			}
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Errorf("no longer a difference: %s", line)
				}
			}
		})
	}
}

// A verdict is a reference that somebody calls broken.
type verdict struct {
	file string
	line int // 0: the builder does not say
	name string
	text string
}

// brokenIn lists what bookcheck finds: what a link of the book leads to that is
// not there.
func brokenIn(book *bookcheck.Book) []verdict {
	var found []verdict
	for _, chapter := range book.Chapters {
		for _, link := range chapter.Links {
			if r := book.Resolve(chapter, link); r.Outcome > bookcheck.Resolved {
				line := chapter.Position(link.Dest.Start).Line
				found = append(found, verdict{chapter.Path, line, link.Target, where(r)})
			}
		}
	}
	return found
}

// message reads the place in a builder's message, and about the name, if it is one
// about a reference.
var (
	message = regexp.MustCompile(`^(?:⚠️|⛔️)? *([^: ]+\.(?:md|ipynb|inc|rst))(?::(\d*))?(?::\d+)?:? (?:(?:WARNING|CRITICAL|ERROR): )?(.*)`)
	about   = regexp.MustCompile(`not found: (\S.*?)(?: \[|$)|not assigned: (\S+)|label: '([^']*)'|document:? '([^']*)'|` +
		`glossary: '([^']*)'|bibtex key "([^"]*)"|not readable: *(\S.*)|Include file '([^']*)'|UndefinedError: '([^']*)' is|` +
		`in doc '[^']*': '([^']*)'|No such file or directory: '([^']*)'|no attribute '([^']*)'|` +
		`internal reference "(.*?)"|find image "(.*?)"|not find "(.*?)"|citation with label "(.*?)"|text is empty for <(.*)>`)
)

// warnings reads the messages of a builder that are about references.
func warnings(log string) []verdict {
	var said []verdict
	log = strings.ReplaceAll(log, "path:\n", "path: ")
	for text := range strings.Lines(log) {
		place := message.FindStringSubmatch(strings.TrimSpace(text))
		if place == nil {
			continue
		}
		name := about.FindStringSubmatch(place[3])
		if name == nil {
			continue
		}
		line, _ := strconv.Atoi(place[2]) // none: not said
		v := verdict{place[1], line, strings.Trim(strings.Join(name[1:], ""), `'`), place[3]}
		again := func(o verdict) bool {
			return o.file == v.file && o.line == v.line && strings.HasSuffix(v.name, o.name) && o.name != ""
		}
		if !strings.Contains(v.text, "is empty") || !slices.ContainsFunc(said, again) { // mystmd says it twice
			said = append(said, v)
		}
	}
	return said
}

// compare returns what only one side found.
func compare(t *testing.T, ours, theirs []verdict) []string {
	t.Helper()
	var only []string
	agreed := 0
	for _, o := range ours {
		i := slices.IndexFunc(theirs, func(b verdict) bool { return same(o, b) })
		if i < 0 {
			only = append(only, fmt.Sprintf("bookcheck %s:%d %s", o.file, o.line, o.name))
			continue
		}
		agreed++
		theirs = slices.Delete(slices.Clone(theirs), i, i+1)
	}
	for _, b := range theirs {
		only = append(only, strings.TrimSpace(fmt.Sprintf("builder %s:%d %s", b.file, b.line, b.name)))
	}
	t.Logf("%d findings in common, %d differences", agreed, len(only))
	return only
}

// drift is by how many lines a builder may miss the place of a reference: it gives
// the line where a paragraph, a list or a table begins or ends.
const drift = 8

// same tells whether a builder's message is about what we found.
func same(ours, theirs verdict) bool {
	if ours.file != theirs.file {
		return false
	}
	if theirs.line != 0 && path.Ext(ours.file) != ".ipynb" && (theirs.line > ours.line+drift || theirs.line < ours.line-drift) {
		return false
	}
	if strings.Contains(theirs.text, "UndefinedError") {
		return strings.Contains(ours.name, theirs.name)
	}
	name := ours.name
	theirs.name = strings.TrimSpace(strings.TrimPrefix(theirs.name, "term-"))
	if strings.HasSuffix(theirs.name, "<"+name+">") {
		return true // a space follows it, so that all of it is the name
	}
	for _, prefix := range []string{"project:", "path:", "#", "/"} {
		name = strings.TrimPrefix(name, prefix)
	}
	plain := strings.TrimSuffix(name, path.Ext(name)) // of a document
	return slices.Contains([]string{ours.name, name, plain, strings.ToLower(name)}, theirs.name) ||
		strings.HasSuffix(name, "#"+theirs.name) || strings.HasSuffix(theirs.name, "/"+name)
}

// explained reads a list of differences: what it is, a colon, and why. A line that
// begins with # is a remark.
func explained(list string) []string {
	var differences []string
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, why, _ := strings.Cut(line, "|")
		if why != "" {
			differences = append(differences, strings.TrimSpace(what))
		}
	}
	return differences
}
