package weigh

import (
	"math"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// closeness is how far apart two values may be that are only said to be about the
// same.
const closeness = .03

// A bound widens: "more than 1,000" is true of 1,100, and misleading of 3,000. Where the
// sentence is surely the right one, it may be wider.
const (
	generosity = 1.15
	farthest   = 1.5
)

// isWithin tells whether a value is within a bound, and not too far.
func isWithin(c, p *bookcheck.Fact) bool {
	if c.Kind != bookcheck.Amount || p.Op != bookcheck.Exactly && p.Op != bookcheck.About {
		return false
	}
	a, b := c.Low*measureOf(c.Unit).factor, p.Low*measureOf(p.Unit).factor
	switch c.Op {
	case bookcheck.Over, bookcheck.AtLeast:
		return a <= b && b <= a*farthest
	case bookcheck.Under, bookcheck.AtMost:
		return b <= a && a <= b*farthest
	default:
		return false
	}
}

// agree tells whether a page that says p bears out a claim that says c. Both are of
// one kind.
func agree(c, p *bookcheck.Fact) bool {
	m, n := measureOf(c.Unit), measureOf(p.Unit)
	a, b := interval{c.Low * m.factor, c.High * m.factor}, interval{p.Low * n.factor, p.High * n.factor}
	if isFar(a, b) {
		return isUnscaled(c, p) || isUnscaled(p, c)
	}
	tolerance := 0.
	if c.Unit != p.Unit && m.factor != n.factor || c.Op == bookcheck.About || p.Op == bookcheck.About {
		tolerance = closeness
		if c.Unit == "percent" {
			tolerance = min(closeness, closeness*math.Abs(100-b.low)/max(b.low, 1)) // about 99 % is not 97 %
		}
	}
	cs, ps := slack(c, m.factor), slack(p, n.factor)
	if c.Unit == "percent" && max(a.low, b.low) == 100 {
		cs, ps = 0, 0 // what is nearly all is not all
	}
	switch {
	case c.Op == bookcheck.Between && p.Op == bookcheck.Between:
		return near(a.low, b.low, tolerance, cs, ps) && near(a.high, b.high, tolerance, cs, ps)
	case c.Op == bookcheck.Between, p.Op == bookcheck.Between:
		return a.low <= b.high*(1+closeness) && b.low <= a.high*(1+closeness)
	case near(a.low, b.low, tolerance, cs, ps), isBinary(c, p) && near(a.low*1.024, b.low, tolerance, cs, ps),
		isBinary(p, c) && near(a.low, b.low*1.024, tolerance, cs, ps), isUnscaled(c, p), isUnscaled(p, c):
		return true
	case c.Op == bookcheck.Over || c.Op == bookcheck.AtLeast:
		return a.low <= b.low && b.low <= a.low*generosity
	case c.Op == bookcheck.Under || c.Op == bookcheck.AtMost:
		return a.low/generosity <= b.low && b.low <= a.low
	case p.Op == bookcheck.Over || p.Op == bookcheck.AtLeast:
		return b.low <= a.low && a.low <= b.low*generosity && c.Op == bookcheck.About
	}
	return false
}

// isFar tells whether two intervals are so far apart that no rounding and no bound
// brings them together.
func isFar(a, b interval) bool {
	return a.low > 0 && b.low > 0 && (a.high*farthest < b.low || b.high*farthest < a.low)
}

// An interval is a range of values.
type interval struct{ low, high float64 }

// near tells whether two values are the same but for rounding: each was perhaps
// rounded or cut to what a reader is shown of it.
func near(a, b, tolerance, as, bs float64) bool {
	distance := math.Abs(a - b)
	largest := max(math.Abs(a), math.Abs(b))
	if distance <= largest*max(tolerance, 1e-9) {
		return true
	}
	slack := 0.
	if s := as; b-a < s && a-b <= s/2*(1+1e-9) { // a is b, rounded or cut
		slack = s
	}
	if s := bs; a-b < s && b-a <= s/2*(1+1e-9) {
		slack = max(slack, s)
	}
	return slack > 0 && distance <= largest*.12
}

// slack returns how much the last digit of a number that counts is worth: .1 of 2.3,
// 1e5 of 1.3 million, 100 of 4,500. Of zeros at the end of a whole number one counts,
// and none in what is only about so much. A small whole number has none: 8 GPUs are
// not 7.9.
func slack(f *bookcheck.Fact, factor float64) float64 {
	digits := firstNumber(f.Text)
	if digits == "" {
		digits = firstNumeral(f.Text)
	}
	value, ok := parseNumber(digits)
	if !ok || value == 0 {
		return 0
	}
	scale := f.Low / value * factor
	if _, decimals, found := strings.Cut(digits, "."); found {
		return scale * math.Pow10(-len(decimals))
	}
	digits = strings.ReplaceAll(digits, ",", "")
	whole := strings.TrimRight(digits, "0")
	zeros := len(digits) - len(whole)
	switch {
	case f.Op == bookcheck.About:
	case f.Unit == "" && scale == factor:
		return 0 // a number of something: a port, a year
	case len(whole) == 1 && (value >= 1000 || zeros > 0 && scale != factor):
		zeros--
	case value >= 1000:
	case measureOf(f.Unit).kind == stem(f.Unit) && scale == factor && f.Unit != "percent":
		return 0 // things that are counted
	case zeros > 0:
		zeros = 0
	}
	return scale * math.Pow10(zeros)
}

// firstNumber returns the first run of digits in a text, with its points and commas.
func firstNumber(text string) string {
	start := strings.IndexAny(text, "0123456789")
	if start < 0 {
		return ""
	}
	return text[start:numberEnd(text, start)]
}

// firstNumeral returns the first number in words of a text, in digits. Those that other
// words make larger are not needed.
func firstNumeral(text string) string {
	for word := range strings.FieldsSeq(text) {
		for n, numeral := range numerals {
			if strings.EqualFold(word, numeral) {
				return strconv.Itoa(n + 1)
			}
		}
	}
	return ""
}

var numerals = strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")

// parseNumber reads a number in digits, with commas between thousands.
func parseNumber(digits string) (float64, bool) {
	if strings.IndexByte(digits, ',') >= 0 {
		digits = strings.ReplaceAll(digits, ",", "")
	}
	value, err := strconv.ParseFloat(digits, 64)
	return value, err == nil
}

// isBinary tells whether a k may stand for 1,024: 32k tokens are 32,768.
func isBinary(f, other *bookcheck.Fact) bool {
	digits := firstNumber(f.Text)
	_, after, _ := strings.Cut(f.Text, digits)
	return digits != "" && strings.HasPrefix(strings.ToLower(after), "k") && math.Mod(other.Low, 256) == 0 &&
		(f.Unit == "tokens" || f.Unit == "" || f.Unit == "words" || f.Unit == "parameters")
}

// isUnscaled tells whether a number is written without the million that another one
// behind it has for both: 8 and 70 billion.
func isUnscaled(f, scaled *bookcheck.Fact) bool {
	if f.Low <= 0 || f.Low >= 1000 || f.Text != firstNumber(f.Text) {
		return false
	}
	ratio := scaled.Low / f.Low
	return ratio == 1e3 || ratio == 1e6 || ratio == 1e9 || ratio == 1e12
}

// isByteMixUp tells whether two sizes differ by no more than a decimal prefix taken
// for a binary one. They are not the same, and not a contradiction either.
func isByteMixUp(c, p *bookcheck.Fact) bool {
	if c.Unit != "bytes" || p.Unit != "bytes" || c.Low == 0 || p.Low == 0 {
		return false
	}
	ratio := max(c.Low, p.Low) / min(c.Low, p.Low)
	for power := 1.024; power < 1.13; power *= 1.024 {
		if math.Abs(ratio-power) < .002 {
			return true
		}
	}
	return false
}

// isRare tells whether a number is unlikely to be met by chance: it has three digits
// that count.
func isRare(f *bookcheck.Fact) bool {
	digits := strings.Trim(strings.NewReplacer(",", "", ".", "").Replace(firstNumber(f.Text)), "0")
	return len(digits) >= 3
}
