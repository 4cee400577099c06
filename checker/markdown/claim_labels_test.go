package markdown

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sort"
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

	Quantities []struct {
		Raw   string
		Value any
		Unit  string
	}
}

// judged are the kinds that a reader is warned of by default; the others are
// notes that have to be asked for.
var judged = []bookcheck.CueKind{
	bookcheck.DatedAsOf, bookcheck.CurrentState, bookcheck.NotYet, bookcheck.Promise,
	bookcheck.DatedFuture, bookcheck.RelativeDate, bookcheck.YearlessDate, bookcheck.LatestVersion,
}

// The labels are a part of the workplace, not of the project. The floors are what
// was reached; a change that falls below them made something worse.
func TestStaleLabels(t *testing.T) {
	type score struct{ right, wrong, missed int }
	scores := make(map[string]*score)
	at := func(kind string) *score {
		if scores[kind] == nil {
			scores[kind] = new(score)
		}
		return scores[kind]
	}
	var all, list score
	words := regexp.MustCompile(`(?i)\b(currently|latest|soon|as of|recently|not yet|at present|now|future|today|last year)\b`)
	for _, l := range labels(t, "stale-dev.jsonl") {
		cues := cuesOfLabel(l)
		found := slices.ContainsFunc(cues, func(c bookcheck.Cue) bool { return slices.Contains(judged, c.Kind) })
		wanted := slices.Contains(judged, bookcheck.CueKind(l.Kind))
		switch {
		case found && l.Stale:
			all.right++
		case found:
			all.wrong++
			t.Logf("false alarm %s %s: %s: %s", l.ID, l.Kind, show(cues), l.Text)
		case wanted:
			all.missed++
			t.Logf("missed %s %s %q: %s: %s", l.ID, l.Kind, l.Trigger, show(cues), l.Text)
		}
		if hit := words.MatchString(l.Text); hit && l.Stale {
			list.right++
		} else if hit {
			list.wrong++
		} else if wanted {
			list.missed++
		}
		for _, c := range cues {
			if l.Stale {
				at(string(c.Kind)).right++
			} else {
				at(string(c.Kind)).wrong++
			}
		}
		if l.Stale && !slices.ContainsFunc(cues, func(c bookcheck.Cue) bool { return string(c.Kind) == l.Kind }) {
			at(l.Kind).missed++
		}
	}
	kinds := make([]string, 0, len(scores))
	for kind := range scores {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	for _, kind := range kinds {
		s := scores[kind]
		t.Logf("%-16s in stale %3d, in others %3d, missed %3d", kind, s.right, s.wrong, s.missed)
	}
	precision := float64(all.right) / float64(all.right+all.wrong)
	recall := float64(all.right) / float64(all.right+all.missed)
	t.Logf("precision %.3f, recall %.3f; a word list: %.2f, %.2f", precision, recall,
		float64(list.right)/float64(list.right+list.wrong), float64(list.right)/float64(list.right+list.missed))
	if precision < .95 || recall < .90 {
		t.Errorf("precision %.3f, recall %.3f; want at least .95, .90", precision, recall)
	}
}

// A first version of quantities: their values, without times and counts in words.
func TestQuantityLabels(t *testing.T) {
	wanted, found := 0, 0
	for _, l := range labels(t, "claim-dev.jsonl") {
		values := make(map[float64]bool)
		for _, claim := range New(Syntax{Dialect: "myst"}).Parse("chapter.md", []byte(l.Text)).Claims {
			for _, q := range claim.Quantities {
				values[q.Value] = true
			}
		}
		for _, q := range l.Quantities {
			value, isNumber := q.Value.(float64)
			if !isNumber || q.Unit == "year" || q.Unit == "seconds" {
				continue
			}
			wanted++
			if values[value] {
				found++
			} else {
				t.Logf("missed %s: %q, %g: %s", l.ID, q.Raw, value, l.Text)
			}
		}
	}
	recall := float64(found) / float64(wanted)
	t.Logf("%d of %d quantities, recall %.3f", found, wanted, recall)
	if recall < .85 {
		t.Errorf("recall %.3f, want at least .85", recall)
	}
}

func show(cues []bookcheck.Cue) string {
	var b strings.Builder
	for _, c := range cues {
		fmt.Fprintf(&b, "[%s %q] ", c.Kind, c.Text)
	}
	return b.String()
}

// cuesOfLabel returns the cues of a labelled sentence, read where it stood.
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
	file, err := os.Open("../../../shared/data/" + name)
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
