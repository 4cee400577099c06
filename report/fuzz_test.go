package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// strange returns a result made of any bytes, with a finding from one place to
// another.
func strange(path, source, words string, start, end int) *bookcheck.Result {
	c := bookcheck.NewChapter(path, []byte(source))
	start = min(max(start, 0), len(source))
	span := bookcheck.Span{Start: start, End: min(max(end, start), len(source))}
	d := bookcheck.Diagnostic{
		Rule: deadURL, Chapter: c, Severity: bookcheck.Error, Span: span, Message: words, Subject: "https://" + words,
		Evidence: []string{words}, Related: []bookcheck.Related{{Span: span, Message: words}},
		Fixes: []bookcheck.Fix{{Title: words, Edits: []bookcheck.Edit{{Span: span, New: words}}}},
	}
	other := d
	other.Allowed = &bookcheck.Allow{Span: span, Rule: words, Reason: words}
	return &bookcheck.Result{
		Rules: []*bookcheck.Rule{deadURL}, Reason: words, Diagnostics: []bookcheck.Diagnostic{d, d, other},
		Pages:    map[string]*bookcheck.Page{words: {URL: words, Reason: words, Doubt: bookcheck.Doubt(words), MovedTo: words}},
		Faults:   []bookcheck.Fault{{Path: path, Message: words, Excerpt: words}},
		Reported: []*bookcheck.Chapter{c, bookcheck.NewChapter(words, nil)},
	}
}

// checks are what each format must satisfy beside being shown without harm.
var checks = map[string]func(*testing.T, []byte){
	"json":   isFindings,
	"sarif":  isSARIF,
	"html":   isPage,
	"github": isCommands,
	"gitlab": isCodeQuality,
	"junit":  isJUnit,
	"rdjson": isRDJSON,
}

// Whatever a book or a page on the web says, each format stays what it is, and
// text holds nothing that a terminal obeys.
func FuzzFormats(f *testing.F) {
	f.Add("a.md", "one two\n", "dead link", 4, 7)
	f.Add("a\nb\x1b.md", "\ufeff\x1b]8;;http://evil\x07日本\u202e語👩‍🔬\r\n\xff\x00", "\x1b[2J\u2028{0}[x](1)\u0085", 5, 30)
	f.Add("../c:d#?.md", "\r\r\n\n", "<!-- --> &amp; \"", 1, 3)
	f.Add("", "", "", 0, 0)
	f.Fuzz(func(t *testing.T, path, source, words string, start, end int) {
		r := strange(path, source, words, start, end)
		for name, format := range Formats {
			style := Style{Suppressed: true}
			var out bytes.Buffer
			if err := format(&out, r, style); err != nil {
				t.Fatal(err)
			}
			if check := checks[name]; check != nil {
				check(t, out.Bytes())
			}
			if !slices.Contains([]string{"json", "sarif", "gitlab", "rdjson"}, name) { // JSON escapes
				harmless(t, name, out.String())
			}
		}
		var out strings.Builder
		if err := Full(&out, r, Style{Links: true, Top: path, Dir: words}); err != nil {
			t.Fatal(err)
		}
		harmless(t, "full with links", withoutLinks(out.String()))
	})
}

// harmless fails if a terminal would do anything with text but show it.
func harmless(t *testing.T, name, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s: not UTF-8: %q", name, text)
	}
	for _, r := range text {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) && r != '\u200e' && r != '\u200f' && r != '\u061c') {
			t.Errorf("%s: %U in %q", name, r, text)
		}
	}
}

// withoutLinks takes the hyperlinks out of text. What a book put into an address
// cannot end it, or an escape character would be left over.
func withoutLinks(text string) string {
	for {
		before, rest, found := strings.Cut(text, "\x1b]8;;")
		if !found {
			return text
		}
		_, after, _ := strings.Cut(rest, "\x1b\\")
		text = before + after
	}
}

func BenchmarkFormats(b *testing.B) {
	r := many(10_000)
	for name := range Formats {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var out bytes.Buffer
				if err := Formats[name](&out, r, Style{}); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(out.Len()))
			}
		})
	}
}

func BenchmarkLineHashes(b *testing.B) {
	source := many(5000).Diagnostics[0].Chapter.Source
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		lineHashes(source, map[int]bool{1: true})
	}
}
