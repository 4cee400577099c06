package markdown

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// A label is a sentence of a real book, judged by a person.
type label struct {
	ID      string
	Text    string
	Source  string
	Stale   bool `json:"stale_prone"`
	Kind    string
	Trigger string
	Heading string
	Context bool `json:"needs_context"`
	Worth   bool `json:"checkworthy"`

	Quantities []quantity
}

// A quantity is a value in a labeled sentence: a number, a date or a license.
type quantity struct {
	Raw, Op, Unit string
	Value, Value2 any
}

// judged are the kinds that a reader is warned of by default; the others are
// notes that have to be asked for.
var judged = []bookcheck.CueKind{
	bookcheck.DatedAsOf, bookcheck.CurrentState, bookcheck.NotYet, bookcheck.Promise,
	bookcheck.DatedFuture, bookcheck.RelativeDate, bookcheck.YearlessDate, bookcheck.LatestVersion,
}

// labelsFile can name any file of labels: go test -run StaleLabels -v -labels FILE.
var labelsFile = flag.String("labels", "../../../shared/data/stale-dev.jsonl", "labeled sentences, as JSON Lines")

// The labels are not part of the repository; without them the test is skipped. The
// floors are what was reached; a change that falls below them made something worse.
func TestStaleLabels(t *testing.T) {
	var s scores
	for _, l := range labels(t, *labelsFile) {
		kind := bookcheck.CueKind(l.Kind)
		if !l.Stale {
			kind = ""
		}
		s.judge(t, l.ID, l.Text, kind, cuesOfLabel(l))
	}
	s.check(t, .95, .90)
}

// Sentences written down and judged before the detector saw any of them, each file
// after its rules had learned from those before.
func TestStaleSentences(t *testing.T) {
	paths, err := filepath.Glob("testdata/stale/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no sentences: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var s scores
			for _, l := range sentenceLabels(t, path) {
				s.judge(t, "", l.Text, bookcheck.CueKind(l.Kind), cuesOfLabel(l))
			}
			s.check(t, .95, .90)
		})
	}
}

// sentenceLabels reads lines of a kind, or "-" for none, and a sentence.
func sentenceLabels(t *testing.T, path string) []label {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []label
	for line := range strings.Lines(string(source)) {
		kind, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && kind[0] != '#' {
			all = append(all, label{Text: text, Kind: strings.TrimPrefix(kind, "-"), Stale: kind != "-"})
		}
	}
	return all
}

// A score counts sentences.
type score struct{ right, wrong, missed int }

func (s *score) add(found, wanted bool) {
	switch {
	case found && wanted:
		s.right++
	case found:
		s.wrong++
	case wanted:
		s.missed++
	}
}

func (s *score) precision() float64 { return float64(s.right) / float64(max(1, s.right+s.wrong)) }
func (s *score) recall() float64    { return float64(s.right) / float64(max(1, s.right+s.missed)) }

func (s *score) String() string {
	return fmt.Sprintf("precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", s.precision(), s.recall(), s.right, s.wrong, s.missed)
}

// scores are those of the detector, of its warnings alone, of a word list, and of
// each kind.
type scores struct {
	all, warned, list score
	kinds             map[bookcheck.CueKind]*score
}

// wordList is what a simple linter looks for.
var wordList = regexp.MustCompile(`(?i)\b(currently|latest|soon|now|new|recently)\b`)

// judge counts one sentence, which is of a kind, or "" if it cannot become untrue.
func (s *scores) judge(t *testing.T, id, text string, kind bookcheck.CueKind, cues []bookcheck.Cue) {
	t.Helper()
	cues = slices.DeleteFunc(cues, func(c bookcheck.Cue) bool {
		return c.Kind == bookcheck.Measure || c.Kind == bookcheck.DateEvent
	})
	stale := kind != ""
	s.all.add(len(cues) > 0, stale)
	s.list.add(wordList.MatchString(text), stale)
	warned := slices.ContainsFunc(cues, func(c bookcheck.Cue) bool { return slices.Contains(judged, c.Kind) })
	if warned || slices.Contains(judged, kind) {
		s.warned.add(warned || stale && len(cues) > 0, stale)
	}
	switch {
	case stale && len(cues) == 0:
		t.Logf("missed %s %s: %s", id, kind, text)
	case !stale && len(cues) > 0:
		t.Logf("false alarm %s %s: %s", id, show(cues), text)
	}
	for _, c := range cues {
		s.kind(c.Kind).add(true, stale)
	}
	if stale && len(cues) == 0 {
		s.kind(kind).missed++
	}
}

func (s *scores) kind(kind bookcheck.CueKind) *score {
	if s.kinds == nil {
		s.kinds = make(map[bookcheck.CueKind]*score)
	}
	if s.kinds[kind] == nil {
		s.kinds[kind] = new(score)
	}
	return s.kinds[kind]
}

// check prints the scores, and compares them with what they should be.
func (s *scores) check(t *testing.T, precision, recall float64) {
	t.Helper()
	for _, kind := range slices.Sorted(maps.Keys(s.kinds)) {
		t.Logf("%-16s %s", kind, s.kinds[kind])
	}
	t.Logf("%-16s %s", "warnings", &s.warned)
	t.Logf("%-16s %s", "all", &s.all)
	t.Logf("%-16s %s", "a word list", &s.list)
	if s.all.precision() < precision || s.all.recall() < recall {
		t.Errorf("%s; want at least %.3f, %.3f", &s.all, precision, recall)
	}
}

// claimsFile can name any file of such labels: go test -run ClaimLabels -v -claims FILE.
var claimsFile = flag.String("claims", "../../../shared/data/claim-dev.jsonl", "sentences labeled for what can be checked in them, as JSON Lines")

// Whether a sentence is worth checking, as people judged it.
func TestClaimLabels(t *testing.T) {
	var worth score
	for _, l := range labels(t, *claimsFile) {
		claims := New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte(l.Text)).Claims
		why := worthOfAll(claims)
		worth.add(why != "", l.Worth)
		if (why != "") != l.Worth {
			t.Logf("%s: got worth %q, labeled %t %s: %s", l.ID, why, l.Worth, l.Kind, l.Text)
		}
	}
	t.Logf("worth checking: %s", &worth)
	if worth.precision() < .9 || worth.recall() < .85 {
		t.Errorf("%s; want at least .9, .85", &worth)
	}
}

// The quantities of the sentences that people judged worth checking.
func TestQuantityLabels(t *testing.T) {
	var s score
	for _, l := range labels(t, *claimsFile) {
		if !l.Worth {
			continue
		}
		var got []quantity
		for _, claim := range New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte(l.Text)).Claims {
			for _, f := range claim.Facts {
				if q, ok := quantityOf(f); ok {
					got = append(got, q)
				}
			}
		}
		for _, q := range l.Quantities {
			if at := slices.IndexFunc(got, q.equals); at >= 0 {
				got = slices.Delete(got, at, at+1)
				s.right++
			} else {
				s.missed++
				t.Logf("%s: missed %s %v %v %s: %s", l.ID, q.Op, q.Value, q.Value2, q.Unit, l.Text)
			}
		}
		for _, q := range got {
			s.wrong++
			t.Logf("%s: not labeled: %q %s %v %v %s", l.ID, q.Raw, q.Op, q.Value, q.Value2, q.Unit)
		}
	}
	t.Logf("quantities: %s", &s)
	if s.recall() < .97 || s.precision() < .9 {
		t.Errorf("%s; want at least .9, .97", &s)
	}
}

// equals tells whether two quantities are bounded alike and have the same value.
func (q quantity) equals(other quantity) bool {
	return q.Op == other.Op && q.Unit == other.Unit && isNear(q.Value, other.Value) && isNear(q.Value2, other.Value2)
}

// isNear tells whether two values are the same but for the last digit.
func isNear(a, b any) bool {
	x, isNumber := a.(float64)
	y, isNumberToo := b.(float64)
	if isNumber && isNumberToo {
		return math.Abs(x-y) <= 1e-9*math.Abs(x)
	}
	return a == b
}

// quantityOf returns a fact as the labels write it, and whether they do.
func quantityOf(f bookcheck.Fact) (quantity, bool) {
	q := quantity{Raw: f.Text, Op: "=", Unit: f.Unit}
	switch f.Kind {
	case bookcheck.Amount:
		q.Op, q.Value = string(f.Op), f.Low
		if f.Op == bookcheck.Between {
			q.Value2 = f.High
		}
		return q, f.Unit != ""
	case bookcheck.License:
		q.Value, q.Unit = f.Key, "licence" //nolint:misspell // the word of the labels
		return q, true
	case bookcheck.Day:
	default:
		return q, false
	}
	switch days := f.To.Sub(f.From).Hours() / 24; {
	case days == 0:
		q.Value, q.Unit = f.From.Format("2006-01-02"), "date"
	case days < 31:
		q.Value, q.Unit = f.From.Format("2006-01"), "date"
	default:
		q.Value, q.Unit = float64(f.From.Year()), "year"
		if f.To.Year() > f.From.Year() {
			q.Op, q.Value2 = "range", float64(f.To.Year())
		}
	}
	return q, true
}

// Sentences with the reason why a reader would look them up, or - for none.
func TestWorth(t *testing.T) {
	for _, l := range sentenceLabels(t, "testdata/worth/sentences.txt") {
		got := worthOfAll(New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte(l.Text)).Claims)
		if string(got) != l.Kind {
			t.Errorf("%q is worth checking for %q, want %q", l.Text, got, l.Kind)
		}
	}
}

// Whether sentences are worth checking that were written down and judged before the
// detector saw any of them.
func TestWorthOfOthers(t *testing.T) {
	for _, name := range []string{"first.txt", "second.txt"} {
		t.Run(name, func(t *testing.T) {
			var worth score
			for _, l := range sentenceLabels(t, "testdata/worth/"+name) {
				why := worthOfAll(New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte(l.Text)).Claims)
				worth.add(why != "", l.Kind != "")
				if (why != "") != (l.Kind != "") {
					t.Logf("got worth %q, judged %q: %s", why, l.Kind, l.Text)
				}
			}
			t.Log(&worth)
			if worth.precision() < .95 || worth.recall() < .88 {
				t.Errorf("%s; want at least .95, .88", &worth)
			}
		})
	}
}

// What stands under a heading for exercises is none of the world's.
func TestWorthOfExercises(t *testing.T) {
	const statement = "The corpus has 1.4 trillion tokens.\n"
	for heading, want := range map[string]bookcheck.Worth{"Corpora": bookcheck.WorthQuantity, "Exercises": "", "Practice problems": ""} {
		chapter := New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte("# Book\n\n## "+heading+"\n\n"+statement))
		if got := worthOfAll(chapter.Claims); got != want {
			t.Errorf("under %q it is worth %q, want %q", heading, got, want)
		}
	}
}

// worthOfAll returns why the first of the claims that is worth checking is.
func worthOfAll(claims []*bookcheck.Claim) bookcheck.Worth {
	for _, c := range claims {
		if c.Worth != "" {
			return c.Worth
		}
	}
	return ""
}

func show(cues []bookcheck.Cue) string {
	var b strings.Builder
	for _, c := range cues {
		fmt.Fprintf(&b, "[%s %q] ", c.Kind, c.Text)
	}
	return b.String()
}

// cuesOfLabel returns the cues of a labeled sentence, read where it stood.
func cuesOfLabel(l label) []bookcheck.Cue {
	_, path, _ := strings.Cut(l.Source, ":")
	path, _, _ = strings.Cut(path, "#L")
	if !l.Context {
		path = "chapter.md" // the sentence was judged alone
	}
	chapter := New(Syntax{Dialect: "myst"}).Parse(path, []byte(l.Text))
	var cues []bookcheck.Cue
	for _, claim := range chapter.Claims {
		if !claim.Dated {
			cues = append(cues, claim.Cues...)
		}
	}
	return cues
}

func labels(t *testing.T, name string) []label {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Skipf("the labels are not here: %v", err)
	}
	defer file.Close()
	var all []label
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}
