package markdown

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// A language file with a fault says where it is.
func TestParseLanguageFaults(t *testing.T) {
	for source, want := range map[string]string{
		"word a":                              `line 1: "word" begins no line`,
		"\n\nclass a":                         "line 3: a class has a name and words",
		"class a " + strings.Repeat("b", 25):  "a word has 1 to 24 bytes",
		"find a":                              "find stands before any cue",
		"not a":                               "a guard belongs to a cue",
		"cue":                                 "a cue has a kind",
		"cue today\nfind":                     "line 2: a pattern has elements",
		"cue today\nfind ..3 a":               "a cue begins with a word or a number",
		"cue today\nfind a? b":                "a cue begins with a word or a number",
		"cue today\nfind *ing":                "a cue begins with a word or a number",
		"cue today\nfind a ..x":               "invalid syntax",
		"cue today\nfind {a}":                 "no class {a} stands above",
		"cue today\nnot @":                    "a pattern has elements",
		"cue today\nnot a||b":                 `"a||b" is no element`,
		"# nothing\nclass a b # c\ncue today": "",
	} {
		_, err := parseLanguage("xx", source)
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", source, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: got %v, want %s", source, err, want)
		}
	}
}

// Every word of a vocabulary is found, in capitals and with a curly apostrophe.
func TestWord(t *testing.T) {
	for _, l := range languages {
		for spelling, want := range l.vocabulary {
			for _, text := range []string{spelling, strings.ToUpper(spelling), strings.ReplaceAll(spelling, "'", curly), spelling + " and more"} {
				n := len(text) - strings.Count(text, " and more")*len(" and more")
				if n > longestWord {
					continue
				}
				if got := l.word([]byte(text), 0, n); got != want {
					t.Errorf("%s: %q is word %d, want %d", l.name, text[:n], got, want)
				}
			}
		}
		for _, text := range []string{"qqq", "currentlx", "é", "thisisalongerwordthananyother"} {
			if got := l.word([]byte(text), 0, len(text)); got != 0 {
				t.Errorf("%s: %q is word %d", l.name, text, got)
			}
		}
	}
}

// The kinds in the files are those of the vocabulary.
func TestCueKinds(t *testing.T) {
	known := []bookcheck.CueKind{
		bookcheck.DatedAsOf, bookcheck.CurrentState, bookcheck.NotYet, bookcheck.Promise, bookcheck.DatedFuture,
		bookcheck.RelativeDate, bookcheck.YearlessDate, bookcheck.LatestVersion, bookcheck.RecentChange,
		bookcheck.Superlative, bookcheck.Today, bookcheck.Trend, bookcheck.Maturity, bookcheck.Count,
		bookcheck.Price, bookcheck.RoleHolder,
	}
	for _, l := range languages {
		seen := make(map[bookcheck.CueKind]bool)
		for _, c := range l.cues {
			if c.worth == "" {
				seen[c.kind] = true
			}
		}
		for _, kind := range known {
			if !seen[kind] {
				t.Errorf("%s has no cue %s", l.name, kind)
			}
			delete(seen, kind)
		}
		for kind := range seen {
			t.Errorf("%s has a cue of the unknown kind %s", l.name, kind)
		}
	}
}

func TestSentenceEnds(t *testing.T) {
	for _, want := range []string{
		"One.|Two.",
		"See Fig. 3 for it.|It is e.g. GPT-4.|Then Dr. Who came.",
		"The answer is no.|Then we went.",
		"Use approx. 5B tokens.|Done?|Yes!",
		"It ran.|" + string(maskCode) + " is small.",
		"It ran." + string(maskCite) + "|Then it fell.",
		"No end",
		"pandas.DataFrame is one. e.g. this too.|Another.", // nothing ends before a small letter
	} {
		text := strings.ReplaceAll(want, "|", " ")
		var got []string
		last := 0
		for _, end := range languages[0].sentenceEnds([]byte(text), nil) {
			got = append(got, strings.TrimSpace(text[last:end]))
			last = end
		}
		if strings.Join(got, "|") != want {
			t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
		}
	}
}
