package fact

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// A recognition is one of the cases of Microsoft's Recognizers-Text, which are not part
// of the repository; without them the tests are skipped.
type recognition struct {
	Input   string
	Results []struct {
		Text       string
		Resolution struct{ Value, Unit string }
	}
}

// Numbers, without what they count.
func TestNumberRecognizers(t *testing.T) {
	compare(t, "NumberModel.json", "numbers.tsv", 89, func(c recognition) bool {
		var want []float64
		for _, result := range c.Results {
			value, err := strconv.ParseFloat(result.Resolution.Value, 64)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, value)
		}
		return slices.EqualFunc(figures(c.Input), want, isClose)
	})
}

// Money: each amount, and nothing else that is one.
func TestCurrencyRecognizers(t *testing.T) {
	compare(t, "CurrencyModel.json", "money.tsv", 132, func(c recognition) bool {
		var got []bookcheck.Fact
		for _, f := range Read(c.Input) {
			if f.Kind == bookcheck.Amount && isMoney(f.Unit) {
				got = append(got, f)
			}
		}
		for _, result := range c.Results {
			value, err := strconv.ParseFloat(result.Resolution.Value, 64)
			if err != nil {
				continue // a currency alone
			}
			unit, factor := coin(result.Resolution.Unit)
			at := slices.IndexFunc(got, func(f bookcheck.Fact) bool { return f.Unit == unit && isClose(f.Low, value*factor) })
			if at < 0 {
				return false
			}
			got = slices.Delete(got, at, at+1)
		}
		return len(got) == 0
	})
}

func isClose(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }

// figures returns the numbers in a text.
func figures(text string) []float64 {
	var found []float64
	r := Reader{text: text}
	for start := 0; start < len(text); {
		start = r.scan(start)
		for at := 0; at < len(r.tokens); {
			f, ok := r.figure(at, false)
			if !ok || r.isInWord(at, &amount{figure: f}) {
				at++
				continue
			}
			found = append(found, f.value)
			at = f.end
		}
	}
	return found
}

func isMoney(unit string) bool {
	for _, e := range vocabulary {
		if e.role&currency != 0 && e.unit == unit {
			return true
		}
	}
	return false
}

// coin returns the currency of a coin or note, and how much of it that is.
func coin(name string) (unit string, factor float64) {
	words := strings.Fields(strings.ToLower(name))
	e := lookUp(words[len(words)-1])
	if dollars := lookUp(words[0]); len(words) > 1 && dollars.role&dollar != 0 {
		return dollars.unit, 1
	}
	return e.unit, e.value
}

// compare counts the cases that agree. Of the others each must be of a kind that the
// table in testdata decides not to follow.
func compare(t *testing.T, name, table string, least int, agrees func(recognition) bool) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "recognizers", name))
	if err != nil {
		t.Skipf("the cases are not here: %v", err)
	}
	var cases []recognition
	if err := json.Unmarshal(bytes.TrimPrefix(source, []byte("\xef\xbb\xbf")), &cases); err != nil {
		t.Fatal(err)
	}
	refused := refusals(t, filepath.Join("testdata", "recognizers", table))
	agreed := 0
	for _, c := range cases {
		if agrees(c) {
			agreed++
			continue
		}
		at := slices.IndexFunc(refused, func(r refusal) bool { return r.form.MatchString(c.Input) })
		if at < 0 {
			t.Errorf("neither followed nor refused: %q", c.Input)
			continue
		}
		refused[at].inputs = append(refused[at].inputs, c.Input)
	}
	for _, r := range refused {
		t.Logf("%3d not followed, %s: %.300q", len(r.inputs), r.why, r.inputs)
	}
	t.Logf("%3d of %d agree", agreed, len(cases))
	if agreed < least {
		t.Errorf("%d agree, want at least %d", agreed, least)
	}
}

// A refusal is a kind of case that is not followed.
type refusal struct {
	why    string
	form   *regexp.Regexp
	inputs []string
}

// refusals reads lines of a form and why it is not followed.
func refusals(t *testing.T, path string) []refusal {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []refusal
	for line := range strings.Lines(string(source)) {
		form, why, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && form[0] != '#' {
			all = append(all, refusal{why: why, form: regexp.MustCompile("(?i)" + form)})
		}
	}
	return all
}
