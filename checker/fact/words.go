package fact

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A role is what a word can be in a text.
type role uint32

// The roles of words. A word may have several.
const (
	function     role = 1 << iota // a small word or a common verb: neither a noun nor a name
	abbreviation                  // its point ends no sentence
	numbering                     // what follows numbers something: figure, page, version
	numeral                       // seven: value
	multiplier                    // hundred, million: value
	month                         // value
	weekday
	yearLead  // in, since: a number after it that may be a year is one
	period    // early, mid, spring: some part of the year that follows
	operator  // about, least, than: the last word of what bounds the number after it
	currency  // euro, usd: unit
	dollar    // US, Canadian: whose dollars; unit
	measure   // a unit of measure: unit and value, which scales it
	counted   // a thing that has one spelling: unit
	countless // what is counted though it looks like one: people
	joining   // and, to: what may stand between two numbers with one unit
	scoring   // score, accuracy: bare decimals near it are results of tests
	ordinal   // first: nth
	partial   // half, quarter
	multiple  // twice: value
	licensing // begins the name of a license
)

// An entry is what is known about a word.
type entry struct {
	role  role
	value float64
	nth   int // of an ordinal
	unit  string
	op    bookcheck.Op
}

// unknown is the entry of most words.
var unknown entry

// longestWord is the length of the longest word of the vocabulary, in bytes.
const longestWord = 20

// lookUp returns what is known about a word, however it is capitalized.
func lookUp(text string) *entry {
	if len(text) > longestWord {
		return &unknown
	}
	var buffer [longestWord]byte
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buffer[i] = c
	}
	if lengths[buffer[0]]&(1<<len(text)) == 0 {
		return &unknown
	}
	if e := vocabulary[string(buffer[:len(text)])]; e != nil {
		return e
	}
	return &unknown
}

// has tells whether a token is a word with one of some roles.
func (t *token) has(roles role) bool { return t.kind == word && t.entry.role&roles != 0 }

// vocabulary is what is known about words, in lower case.
var vocabulary = func() map[string]*entry {
	all := make(map[string]*entry)
	at := func(text string) *entry {
		if all[text] == nil {
			all[text] = new(entry)
		}
		return all[text]
	}
	for role, words := range roles {
		for text := range strings.FieldsSeq(words) {
			at(text).role |= role
		}
	}
	for value, words := range numerals {
		for text := range strings.FieldsSeq(words) {
			e := at(text)
			e.role, e.value = e.role|numeral, value
		}
	}
	for value, words := range multipliers {
		for text := range strings.FieldsSeq(words) {
			e := at(text)
			e.role, e.value = e.role|multiplier, value
		}
	}
	for value, words := range multiples {
		for text := range strings.FieldsSeq(words) {
			e := at(text)
			e.role, e.value = e.role|multiple, value
		}
	}
	for i, words := range months {
		for text := range strings.FieldsSeq(words) {
			e := at(text)
			e.role, e.value = e.role|month, float64(i+1)
		}
	}
	for i, text := range ordinals {
		e := at(text)
		e.role, e.nth = e.role|ordinal, i+1
	}
	for op, words := range operators {
		for text := range strings.FieldsSeq(words) {
			e := at(text)
			e.role, e.op = e.role|operator, op
		}
	}
	for _, u := range nouns {
		for text := range strings.FieldsSeq(u.words) {
			e := at(text)
			e.role, e.unit, e.value = e.role|u.role, u.unit, u.factor
		}
	}
	return all
}()

// lengths says, by first byte, which lengths some word that begins so has.
var lengths = func() (all [256]uint32) {
	for text := range vocabulary {
		all[text[0]] |= 1 << len(text)
	}
	return all
}()

var roles = map[role]string{
	function: `a an the and or but nor of to in on at by for with from as into onto than then that this these those which who
		whom whose what when where why how if whether while because since until unless although though after before during
		it its he she they we you i his her their our your my me him them us one ones there here is are was were be been being
		am has have had having do does did done will would can could may might must shall should not no never only also just
		even still yet so such very more most less least many much few several some any all both each every either neither
		other another same own too again once often always usually sometimes however therefore thus hence instead rather about
		above below under over between among across through per via without within against along around up down out off
		now new used using use uses based called known see note let make makes made take takes took give gives gave given get gets
		got use include includes including contain contains support supports provide provides allow allows show shows shown
		need needs require requires become becomes became remain remains come comes came goes went mean means meant
		say says said report reports found find finds versus vs plus minus like unlike according upon toward
		towards respectively compared ago later earlier except ie eg etc well back away always perhaps roughly approximately
		ranges refers outperforms achieves performs returns works consists costs exceeds us was thirds quarters fifths tenths halves`,
	abbreviation: `dr mr mrs ms prof al cf approx inc ltd corp st vs etc resp incl fig figs eq eqs sec ch no nos vol ca p pp
		jan feb mar apr jun jul aug sep sept oct nov dec e g i u s`,
	numbering: `fig figs figure figures eq eqs equation sec sect section sections ch chapter chapters no nos table tables listing
		listings step steps part page pages p pp version versions v ver exercise example line lines level phase stage appendix
		volume vol issue issues week day module lesson lecture question problem option item row column port rfc iso pep iec ieee
		id number chap theorem lemma definition algorithm note footnote article rule case release http https error code isbn issn top
		arxiv doi cve ticket pr bug commit room channel type class grade tier rank act scene season episode unit round
		layer slide cell topic task ipv python3 rev revision build`,
	weekday: `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun`,
	yearLead: `in since by until till before after of during from through between early mid late circa around back and to year
		years fy calendar summer spring autumn fall winter throughout around copyright`,
	period:    `early mid late spring summer autumn fall winter`,
	joining:   `and or to of out vs versus from`,
	partial:   `half quarter`,
	licensing: `apache mit isc bsd gpl gplv lgpl lgplv agpl agplv gnu cc creative mpl epl eupl mozilla unlicense`,
	scoring:   `score scores scored scoring accuracy f1 bleu rouge perplexity map elo wer`,
	countless: `people data software staff police children men women`,
}

var numerals = map[float64]string{
	0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
	11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
	19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty fourty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
	90: "ninety",
}

var multipliers = map[float64]string{
	1e2: "hundred hundreds", 12: "dozen dozens", 1e3: "thousand thousands", 1e5: "lakh", 1e6: "million millions mn mln mil", 1e7: "crore",
	1e9: "billion billions bn bln", 1e12: "trillion trillions tn tln", 1e15: "quadrillion",
}

var multiples = map[float64]string{
	2: "twice twofold", 3: "thrice threefold", 4: "fourfold", 5: "fivefold", 6: "sixfold", 8: "eightfold", 10: "tenfold",
	100: "hundredfold", 1000: "thousandfold",
}

var months = [...]string{
	"january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
	"october oct", "november nov", "december dec",
}

var ordinals = [...]string{"first", "second", "third", "fourth"}

// operators are words that bound the number that follows them by themselves. Those
// of two words are read by function bound.
var operators = map[bookcheck.Op]string{
	bookcheck.About:   "about around approximately approx roughly circa ca nearly almost some estimated",
	bookcheck.Over:    "over above exceeds exceeding exceeded exceed beyond surpassing surpasses surpassed",
	bookcheck.Under:   "under below",
	bookcheck.AtMost:  "upto max maximum",
	bookcheck.AtLeast: "min minimum",
	bookcheck.Exactly: "than least most to of as",
}

// unitWords are the words for a unit, and how much of it each one is.
type unitWords struct {
	unit   string
	factor float64
	role   role
	words  string
}

// nouns are the units in words, in one spelling.
// What is not here is counted all the same if it is in the plural.
var nouns = []unitWords{
	{"percent", 1, measure, "percent pct"},
	{"ratio", 1, measure, "times fold"},
	{"seconds", 1e-9, measure, "nanosecond nanoseconds nsec"},
	{"seconds", 1e-6, measure, "microsecond microseconds usec"},
	{"seconds", 1e-3, measure, "millisecond milliseconds msec"},
	{"seconds", 1, measure, "second seconds sec secs"},
	{"seconds", 60, measure, "minute minutes min mins"},
	{"seconds", 3600, measure, "hour hours hr hrs"},
	{"seconds", 86400, measure, "day days"},
	{"seconds", 7 * 86400, measure, "week weeks"},
	{"months", 1, measure, "month months"},
	{"years", 1, measure, "year years yr yrs"},
	{"years", 10, measure, "decade decades"},
	{"years", 100, measure, "century centuries"},
	{"bytes", 1, measure, "byte bytes"},
	{"bytes", 1e3, measure, "kilobyte kilobytes"},
	{"bytes", 1e6, measure, "megabyte megabytes"},
	{"bytes", 1e9, measure, "gigabyte gigabytes gig gigs"},
	{"bytes", 1e12, measure, "terabyte terabytes"},
	{"bytes", 1e15, measure, "petabyte petabytes"},
	{"bytes", 1 << 10, measure, "kibibyte kibibytes"},
	{"bytes", 1 << 20, measure, "mebibyte mebibytes"},
	{"bytes", 1 << 30, measure, "gibibyte gibibytes"},
	{"bits", 1, measure, "bit bits"},
	{"bits", 1e6, measure, "megabit megabits"},
	{"bits", 1e9, measure, "gigabit gigabits"},
	{"watts", 1, measure, "watt watts"},
	{"watts", 1e3, measure, "kilowatt kilowatts"},
	{"watts", 1e6, measure, "megawatt megawatts"},
	{"watts", 1e9, measure, "gigawatt gigawatts"},
	{"hertz", 1, measure, "hertz"},
	{"hertz", 1e6, measure, "megahertz"},
	{"hertz", 1e9, measure, "gigahertz"},
	{"meters", 1, measure, "meter meters metre metres"},
	{"meters", 1e3, measure, "kilometer kilometers kilometre kilometres"},
	{"meters", 1e-2, measure, "centimeter centimeters centimetre centimetres"},
	{"meters", 1e-3, measure, "millimeter millimeters millimetre millimetres"},
	{"grams", 1, measure, "gram grams"},
	{"grams", 1e3, measure, "kilogram kilograms kilo kilos"},
	{"tons", 1, measure, "ton tons tonne tonnes"},
	{"feet", 1, measure, "foot feet"},
	{"inches", 1, measure, "inch inches"},
	{"degrees", 1, measure, "degree degrees"},
	{"pixels", 1, measure, "pixel pixels"},
	{"volts", 1, measure, "volt volts"},
	{"flops", 1, measure, "flop flops"},
	{"flops", 1e6, measure, "mflops megaflops"},
	{"flops", 1e9, measure, "gflop gflops gigaflops"},
	{"flops", 1e12, measure, "tflop tflops teraflop teraflops"},
	{"flops", 1e15, measure, "pflop pflops petaflop petaflops"},
	{"flops", 1e18, measure, "exaflop exaflops"},
	{"parameters", 1, measure, "parameter parameters param params"},
	{"tokens", 1, measure, "token tokens context"},
	{"models", 1, counted, "model models llm llms"},
	{"users", 1, counted, "user users"},
	{"people", 1, counted, "person persons people"},
	{"gpus", 1, counted, "gpu gpus"},
	{"cpus", 1, counted, "cpu cpus"},
	{"tpus", 1, counted, "tpu tpus"},
	{"layers", 1, counted, "layer layers"},
	{"words", 1, counted, "word words"},
	{"images", 1, counted, "image images"},
	{"languages", 1, counted, "language languages"},
	{"examples", 1, counted, "example examples"},
	{"points", 1, counted, "point points"},
	{"requests", 1, counted, "request requests"},
	{"operations", 1, counted, "operation operations"},
	{"usd", 1, dollar, "us usd"},
	{"cad", 1, dollar, "c ca cad canadian"},
	{"aud", 1, dollar, "a au aud australian"},
	{"usd", 1, currency, "usd dollar dollars"},
	{"usd", 1e-2, currency, "cent cents"},
	{"eur", 1, currency, "eur euro euros"},
	{"gbp", 1, currency, "gbp pound pounds"},
	{"gbp", 1e-2, currency, "penny pence"},
	{"jpy", 1, currency, "jpy yen"},
	{"cny", 1, currency, "cny rmb yuan renminbi"},
	{"inr", 1, currency, "inr rupee rupees"},
	{"chf", 1, currency, "chf"},
	{"cad", 1, currency, "cad"},
	{"aud", 1, currency, "aud"},
	{"krw", 1, currency, "krw"},
	{"sek", 1, currency, "sek"},
	{"btc", 1, currency, "btc bitcoin bitcoins"},
}

// signs are the currencies that have one.
var signs = map[rune]string{'$': "usd", '€': "eur", '£': "gbp", '¥': "jpy", '₹': "inr", '₩': "krw", '₿': "btc", '₽': "rub"}

// A symbol is a unit that is written onto a number or behind it, in which capitals
// count.
type symbol struct {
	unit   string
	factor float64
}

// symbols are the units whose case matters.
var symbols = map[string]symbol{
	"x": {"ratio", 1}, "X": {"ratio", 1},
	"ns": {"seconds", 1e-9}, "us": {"seconds", 1e-6}, "µs": {"seconds", 1e-6}, "μs": {"seconds", 1e-6}, "ms": {"seconds", 1e-3},
	"s": {"seconds", 1}, "h": {"seconds", 3600},
	"B": {"bytes", 1}, "kB": {"bytes", 1e3}, "KB": {"bytes", 1e3}, "MB": {"bytes", 1e6}, "GB": {"bytes", 1e9}, "TB": {"bytes", 1e12}, "PB": {"bytes", 1e15}, "EB": {"bytes", 1e18},
	"gb": {"bytes", 1e9}, "Gb": {"bits", 1e9}, "tb": {"bytes", 1e12}, "mb": {"bytes", 1e6}, "kb": {"bytes", 1e3}, "Mb": {"bits", 1e6}, "Tb": {"bits", 1e12}, "Kb": {"bits", 1e3},
	"KiB": {"bytes", 1 << 10}, "kiB": {"bytes", 1 << 10}, "MiB": {"bytes", 1 << 20}, "GiB": {"bytes", 1 << 30}, "TiB": {"bytes", 1 << 40}, "PiB": {"bytes", 1 << 50},
	"Kbps": {"bits/s", 1e3}, "kbps": {"bits/s", 1e3}, "Mbps": {"bits/s", 1e6}, "Gbps": {"bits/s", 1e9}, "Tbps": {"bits/s", 1e12},
	"GBps": {"bytes/s", 1e9}, "MBps": {"bytes/s", 1e6}, "TBps": {"bytes/s", 1e12},
	"Hz": {"hertz", 1}, "kHz": {"hertz", 1e3}, "KHz": {"hertz", 1e3}, "MHz": {"hertz", 1e6}, "GHz": {"hertz", 1e9}, "THz": {"hertz", 1e12},
	"mW": {"watts", 1e-3}, "W": {"watts", 1}, "kW": {"watts", 1e3}, "KW": {"watts", 1e3}, "MW": {"watts", 1e6}, "GW": {"watts", 1e9}, "TW": {"watts", 1e12},
	"Wh": {"watt-hours", 1}, "kWh": {"watt-hours", 1e3}, "KWh": {"watt-hours", 1e3}, "MWh": {"watt-hours", 1e6}, "GWh": {"watt-hours", 1e9}, "TWh": {"watt-hours", 1e12},
	"nm": {"meters", 1e-9}, "µm": {"meters", 1e-6}, "μm": {"meters", 1e-6}, "mm": {"meters", 1e-3}, "cm": {"meters", 1e-2}, "km": {"meters", 1e3},
	"mg": {"grams", 1e-3}, "kg": {"grams", 1e3},
	"px": {"pixels", 1}, "ft": {"feet", 1}, "mph": {"mph", 1}, "dB": {"decibels", 1}, "fps": {"frames/s", 1}, "FPS": {"frames/s", 1}, "rpm": {"rpm", 1},
	"MP":   {"pixels", 1e6},
	"FLOP": {"flops", 1}, "FLOPs": {"flops", 1}, "FLOPS": {"flops", 1}, "TOPS": {"operations/s", 1e12},
	"bps": {"bits/s", 1},
}

// scales are the letters that multiply a number. In lower case, m, b and t do so
// for money alone: elsewhere they are meters, bits and tons.
var scales = map[string]float64{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "MM": 1e6, "bn": 1e9, "Bn": 1e9, "BN": 1e9, "mn": 1e6, "mln": 1e6, "tn": 1e12, "bln": 1e9}

// moneyScales are those of money alone.
var moneyScales = map[string]float64{"m": 1e6, "b": 1e9, "t": 1e12, "mil": 1e6}
