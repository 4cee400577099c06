package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/bookcheck/bookcheck"
)

// written returns a result as a reader of SARIF sees it.
func written(t *testing.T, r *bookcheck.Result, style Style) sarifRun {
	t.Helper()
	var out bytes.Buffer
	if err := SARIF(&out, r, style); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

// Regions count UTF-16 code units: cut out of the source, they are the snippet.
func TestRegionsAreSnippets(t *testing.T) {
	r := book()
	sources := make(map[string][]byte)
	for _, c := range r.Book.Chapters {
		sources[escapePath(c.Path)] = bytes.TrimPrefix(c.Source, []byte("\ufeff"))
	}
	for _, result := range written(t, r, Style{}).Results {
		place := result.Locations[0].Physical
		lines := strings.SplitAfter(string(sources[place.Artifact.URI]), "\n")
		region := place.Region
		rest := lines[region.StartLine-1 : region.EndLine]
		tail := len(unitsOf(rest[len(rest)-1])) - (region.EndColumn - 1)
		units := unitsOf(strings.Join(rest, ""))
		got := string(utf16.Decode(units[region.StartColumn-1 : len(units)-tail]))
		if got != region.Snippet.Text {
			t.Errorf("%s: the region is %q, the snippet %q", place.Artifact.URI, got, region.Snippet.Text)
		}
	}
}

func unitsOf(text string) []uint16 { return utf16.Encode([]rune(text)) }

// GitHub takes 5,000 results; the ones that matter least are left out, and a
// notification says so.
func TestManyResults(t *testing.T) {
	run := written(t, many(6000), Style{})
	if len(run.Results) != manyResults {
		t.Fatalf("got %d results, want %d", len(run.Results), manyResults)
	}
	errors := 0
	for i, result := range run.Results {
		if result.Level == "error" {
			errors++
		}
		if i > 0 && line(result) < line(run.Results[i-1]) {
			t.Fatalf("result %d stands before the one in front of it", i)
		}
	}
	if errors != 60 {
		t.Errorf("got %d errors, want all 60", errors)
	}
	notes := run.Invocations[0].Notifications
	if len(notes) != 1 || notes[0].Descriptor.ID != "results-left-out" || !strings.HasPrefix(notes[0].Message.Text, "1000 findings are left out") {
		t.Errorf("got the notifications %+v, want one about 1000 findings", notes)
	}
}

func line(result sarifResult) int { return result.Locations[0].Physical.Region.StartLine }

// A clean run still has results and an index for each rule: readers fail without.
func TestNothingIsOmitted(t *testing.T) {
	var out bytes.Buffer
	if err := SARIF(&out, clean47(), Style{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"results": []`) || !strings.Contains(out.String(), `"executionSuccessful": true`) {
		t.Errorf("no results or no success:\n%s", &out)
	}
	out.Reset()
	if err := SARIF(&out, book(), Style{}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Count(out.String(), `"ruleIndex": `), len(live(book())); got != want {
		t.Errorf("got %d rule indexes for %d findings", got, want)
	}
}

// The driver reports under names of its own, which need not be rules that ran.
func TestRuleThatDidNotRun(t *testing.T) {
	r := many(1)
	r.Rules = nil
	run := written(t, r, Style{})
	if result := run.Results[0]; run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID {
		t.Errorf("the rule of index %d is not %s", result.RuleIndex, result.RuleID)
	}
}

// A finding without a place is about the file, and shown at its first line.
func TestFindingAboutAFile(t *testing.T) {
	r := many(1)
	r.Diagnostics[0].Span = bookcheck.Span{}
	region := written(t, r, Style{}).Results[0].Locations[0].Physical.Region
	if region.StartLine != 1 || region.StartColumn != 1 || region.EndLine != 1 || region.EndColumn < 10 {
		t.Errorf("got the region %+v, want the first line", region)
	}
}

func TestMessage(t *testing.T) {
	tests := []struct {
		in   []string
		want string
	}{
		{[]string{"dead link"}, "dead link."},
		{[]string{"dead link."}, "dead link."},
		{[]string{"did you mean `b`?"}, "did you mean `b`."},
		{[]string{"dead link", "last seen alive in May", "https://a.test is a copy"}, "dead link. Last seen alive in May. https://a.test is a copy."},
		{[]string{"no {{ wip }}"}, "no {{{{ wip }}}}."},
		{[]string{"see [x](1)"}, "see [x] (1)."},
		{[]string{"two\nlines\x1b[0m"}, "two lines�[0m."},
		{[]string{""}, "Nothing is said about it."},
	}
	for _, test := range tests {
		if got := message(test.in); got != test.want {
			t.Errorf("message(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestEscapePath(t *testing.T) {
	for path, want := range map[string]string{
		"content/a b é#?%.md": "content/a%20b%20%C3%A9%23%3F%25.md",
		"a:b.md":              "a%3Ab.md",
		"a\xff.md":            "a%FF.md",
	} {
		if got := escapePath(path); got != want {
			t.Errorf("escapePath(%q) = %q, want %q", path, got, want)
		}
	}
}

// What a reader of a report sees of a rule's page has no tests and no HTML in it,
// but all of its code.
func TestDocumentBody(t *testing.T) {
	rule := &bookcheck.Rule{Name: "a-rule", Doc: "# a-rule: summary\n\n<div align=\"center\">First</div> `<b>`, <https://a.test/> and a < b.\nSecond line.\n\n" +
		"````markdown\n```\n<b> <!-- want \"x\" at \"y\" -->\n```\n````\n<br/>Last.\n"}
	body := documentBody(rule)
	want := "First `<b>`, <https://a.test/> and a < b.\nSecond line.\n\n````markdown\n```\n<b>\n```\n````\nLast.\n"
	if !strings.HasPrefix(body, want) {
		t.Errorf("got %q, want it to begin with %q", body, want)
	}
	if !strings.Contains(body, "<!-- bookcheck:allow a-rule: the reason -->") {
		t.Errorf("it does not say how to accept a finding: %q", body)
	}
	if got, want := ruleDescriptor(rule).FullDescription.Text, "First <b>, <https://a.test/> and a < b. Second line."; got != want {
		t.Errorf("got the description %q, want %q", got, want)
	}
	if got, want := plain(body), "First <b>, <https://a.test/> and a < b.\nSecond line.\n\n    ```\n    <b>\n    ```\nLast."; !strings.HasPrefix(got, want) {
		t.Errorf("got the text %q, want it to begin with %q", got, want)
	}
	if got, want := inlineText("a **b** `[c](d)` ``e ` f`` [g](h) ![i](j) 2 * 3"), "a b [c](d) e ` f g i 2 * 3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if long := description(strings.Repeat("é", 3000)); len([]rune(long)) > 1024 || !strings.HasSuffix(long, "….") {
		t.Errorf("a long description has %d characters", len([]rune(long)))
	}
}

func TestSuppressed(t *testing.T) {
	with := written(t, book(), Style{Suppressed: true})
	without := written(t, book(), Style{})
	if len(with.Results) != len(without.Results)+1 {
		t.Errorf("got %d results with the allowed one, %d without", len(with.Results), len(without.Results))
	}
	for _, result := range with.Results {
		if result.Suppressions == nil {
			t.Errorf("%s has no suppressions, not even an empty list", result.RuleID)
		}
	}
	prints := func(run sarifRun) (all []string) {
		for _, result := range run.Results {
			if result.Suppressions == nil || len(*result.Suppressions) == 0 {
				all = append(all, result.PartialFingerprints["primaryLocationLineHash"])
			}
		}
		return all
	}
	if a, b := prints(with), prints(without); !slices.Equal(a, b) {
		t.Errorf("fingerprints depend on what is written: %q, %q", a, b)
	}
}

// Every rule's page gives a description that readers of SARIF accept.
func TestPagesOfTheRules(t *testing.T) {
	pages, err := filepath.Glob("../rules/*/doc.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages of rules: %v", err)
	}
	ids := make(map[string]bool)
	for _, page := range pages {
		doc, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(doc), "# "), ":")
		d := ruleDescriptor(&bookcheck.Rule{Name: name, Doc: string(doc)})
		if ids[strings.ToLower(d.Name)] || strings.EqualFold(d.ID, d.Name) {
			t.Errorf("%s: the name %s is taken", page, d.Name)
		}
		ids[strings.ToLower(d.Name)] = true
		for _, text := range []string{d.ShortDescription.Text, d.FullDescription.Text} {
			if len([]rune(text)) > 1024 || !strings.HasSuffix(text, ".") || strings.HasPrefix(text, "A rule without") {
				t.Errorf("%s: got the description %q", page, text)
			}
		}
		if strings.Contains(d.Help.Markdown, "<!-- want") || strings.Contains(d.Help.Text, "\n```") {
			t.Errorf("%s: tests or fences in\n%s\n%s", page, d.Help.Markdown, d.Help.Text)
		}
		if want := "/" + filepath.Base(filepath.Dir(page)) + "/doc.md"; !strings.HasSuffix(d.HelpURI, want) {
			t.Errorf("got the address %s, want it to end with %s", d.HelpURI, want)
		}
	}
}
