package badarithmetic

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/markdown"
)

// findings returns what the rule says of a text.
func findings(t testing.TB, text string) []bookcheck.Diagnostic {
	t.Helper()
	chapter := markdown.Parse("a.md", []byte(text))
	var found []bookcheck.Diagnostic
	pass := &bookcheck.Pass{Chapter: chapter, Report: func(d bookcheck.Diagnostic) { found = append(found, d) }}
	if err := run(pass); err != nil {
		t.Fatal(err)
	}
	return found
}

// choice is {right|wrong}.
var choice = regexp.MustCompile(`\{([^|]*)\|([^}]*)\}`)

// Sentences whose numbers agree are left alone, and of those in which one of them was
// changed nine in ten are found.
func TestSentences(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	missed := 0
	for _, line := range lines {
		if right := choice.ReplaceAllString(line, "$1"); len(findings(t, right)) > 0 {
			t.Errorf("%s\n\tis right, but: %s", right, findings(t, right)[0].Message)
		}
		if wrong := choice.ReplaceAllString(line, "$2"); len(findings(t, wrong)) == 0 {
			t.Logf("missed: %s", wrong)
			missed++
		}
	}
	if found := len(lines) - missed; 10*found < 9*len(lines) {
		t.Errorf("found %d of %d, want nine in ten", found, len(lines))
	}
}

// Nothing is found in sentences that only look as if they were about the same thing.
func TestSilence(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"Bloody Sunday was Sunday, 9 January 1905, in the old calendar.",
		"It happened between Friday and Sunday, 29 December 2016.",
		"The band Ruby Tuesday, 29 December 2016, played here.",
		"Friday. 29 December 2016 was cold.",
		"The list is sorted from 2021 to 2019.",
		"Version 2019–2017 of the standard ISO 2030-2011 is gone.",
		"Call 2019–2017 or 555-0100.",
		"Alexander reigned from 336 to 323 BC.",
		"It fell from 2020 to 2019 members.",
		"The fiscal period from 2015 to 2020 (six fiscal years) was good.",
		"He waited more than nine years, from 2015 to 2020.",
		"In 1990, five years after his book about 1066, he died.",
		"2 + 2 = 5, 1 + 1 = 10 and 7 + 8 = 3 (mod 12).",
		"In binary, 12 + 30 = 101010.",
		"With x = 3, y = 12 + 30 = z.",
		"A 200-page book (12 chapters, 30 figures) is thick.",
		"The 8 cards (80 GB each, 400 W) are hot.",
		"Of 120 models, 70 (58 %) are open and 60 (50 %) are small.",
		"12 people, including 7 students and 8 women, came.",
		"We hired 5 cooks and 3 waiters, bringing the total to 40.",
		"In the survey 70 % read and 60 % write.",
		"It is 25 % faster and 85 % smaller.",
		"Accuracy rose from 80 % to 90 %, a 10 % increase.",
		"It grew from 2 million to 3 million, an increase of 45 %.",
		"The model with 16k tokens is four times faster than that with 8k tokens.",
		"It has 96 layers and 175B parameters, 100 times those of the one with 1.5B parameters.",
		"The pool is about 50 meters long, three times the 25 meters of ours.",
		"The dimension of each head is 256, which is twice larger than that of GPT-3.",
		"LLaMA-13B outperforms GPT-3 (175B) while being more than 10x smaller.",
		"Step 3 of 12 (30 %) is long.",
		"The price of 12 tents at $150 each is $1,620 with the discount.",
		"On 10:30, 3/4 of 1.2.3 and 4x4 = 16x.",
		"Six: Python 2 and 3 Compatibility Library",
		"Mozart (1756–1791) lived before Haydn died in 1809 aged 77.",
		"In 1990 he wrote of the war of 1914, which ended four years later.",
		"Born in 1950, she lived in Rome for 10 years and died in 2000 at the age of 49.",
		"Of 250 bugs, 200 were fixed, 50 of them (25 %) by hand.",
		"There were 12 talks and 3 posters, a total of 9 hours.",
		"The chapter has 30 pages: 12 figures and 20 tables.",
		"It doubled from 2 million to 5 million, more or less.",
		"A 30-day guarantee, from 2015 on, became a 60-day one in 2020.",
		"It takes 5–10 minutes, and 20 to 15 = 5.",
	} {
		for _, d := range findings(t, line) {
			t.Errorf("%s\n\tgot %q", line, d.Message)
		}
	}
}

// FuzzRun checks that no text is too odd, and that what is reported stands in it.
func FuzzRun(f *testing.F) {
	text, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f.Add(choice.ReplaceAllString(line, "$2"))
	}
	f.Add("1-1-1-1-1 = 1\u202f000 \\$5 &nbsp; 5 % (of **3**) 9999999999999999999.5")
	f.Add(strings.Repeat("(1 of 2, ", 500))
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range findings(t, text) {
			if d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Len() <= 0 {
				t.Errorf("%v is not in a text of %d bytes", d.Span, len(text))
			}
		}
	})
}

func BenchmarkRun(b *testing.B) {
	source, err := os.ReadFile("../../testdata/bench.md")
	if err != nil {
		b.Fatal(err)
	}
	pass := &bookcheck.Pass{Chapter: markdown.Parse("bench.md", source), Report: func(bookcheck.Diagnostic) {}}
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if err := run(pass); err != nil {
			b.Fatal(err)
		}
	}
}
