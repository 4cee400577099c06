package fact

import (
	_ "embed"
	"fmt"
	"strconv"
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
	licensed  // says that a name is that of a license
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

//go:embed words.txt
var words string

// vocabulary is what is known about words, in lower case. A fault in it is our own.
var vocabulary = func() map[string]*entry {
	all := make(map[string]*entry)
	for line := range strings.Lines(words) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		for _, text := range fields[1:] {
			if all[text] == nil {
				all[text] = new(entry)
			}
			if err := all[text].learn(fields[0]); err != nil {
				panic(fmt.Errorf("words.txt: %q: %w", text, err))
			}
		}
	}
	return all
}()

// learn adds what the head of a line says: numeral=7, measure:seconds=60, operator:over.
func (e *entry) learn(head string) error {
	head, number, valued := strings.Cut(head, "=")
	name, unit, _ := strings.Cut(head, ":")
	r, ok := roles[name]
	if !ok {
		return fmt.Errorf("%q is no role", name)
	}
	e.role |= r
	if r == operator {
		e.op = operators[unit]
	} else if unit != "" {
		e.unit = unit
	}
	if !valued {
		return nil
	}
	value, err := strconv.ParseFloat(number, 64)
	if r == ordinal {
		e.nth = int(value)
	} else {
		e.value = value
	}
	return err
}

// lengths says, by first byte, which lengths some word that begins so has.
var lengths = func() (all [256]uint32) {
	for text := range vocabulary {
		all[text[0]] |= 1 << len(text)
	}
	return all
}()

// roles are the roles as words.txt names them.
var roles = map[string]role{
	"function": function, "abbreviation": abbreviation, "numbering": numbering, "numeral": numeral, "multiplier": multiplier,
	"month": month, "weekday": weekday, "year-lead": yearLead, "period": period, "operator": operator, "currency": currency,
	"dollar": dollar, "measure": measure, "counted": counted, "countless": countless, "joining": joining, "scoring": scoring,
	"ordinal": ordinal, "partial": partial, "multiple": multiple, "licensing": licensing, "licensed": licensed,
}

// operators are what bounds a number, as words.txt names it. Of some words only the one
// before them tells what.
var operators = map[string]bookcheck.Op{
	"about": bookcheck.About, "over": bookcheck.Over, "under": bookcheck.Under, "at-most": bookcheck.AtMost,
	"at-least": bookcheck.AtLeast, "told-before": bookcheck.Exactly,
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
	"px": {"pixels", 1}, "ft": {"feet", 1}, "mph": {"meters/s", metersInMile / 3600}, "dB": {"decibels", 1}, "fps": {"frames/s", 1}, "FPS": {"frames/s", 1}, "rpm": {"rpm", 1},
	"MP":   {"pixels", 1e6},
	"FLOP": {"flops", 1}, "FLOPs": {"flops", 1}, "FLOPS": {"flops", 1}, "TOPS": {"operations/s", 1e12},
	"bps": {"bits/s", 1},
	"mV":  {"volts", 1e-3}, "V": {"volts", 1}, "kV": {"volts", 1e3},
	"µA": {"amperes", 1e-6}, "μA": {"amperes", 1e-6}, "mA": {"amperes", 1e-3}, "kA": {"amperes", 1e3}, "mAh": {"ampere-hours", 1e-3}, "Ah": {"ampere-hours", 1},
	"Ω": {"ohms", 1}, "kΩ": {"ohms", 1e3}, "MΩ": {"ohms", 1e6}, "µF": {"farads", 1e-6}, "μF": {"farads", 1e-6}, "nF": {"farads", 1e-9}, "pF": {"farads", 1e-12},
	"Pa": {"pascals", 1}, "hPa": {"pascals", 1e2}, "kPa": {"pascals", 1e3}, "MPa": {"pascals", 1e6}, "GPa": {"pascals", 1e9}, "psi": {"psi", 1},
	"mL": {"milliliters", 1}, "ml": {"milliliters", 1}, "cl": {"liters", 1e-2}, "ha": {"hectares", 1}, "µg": {"grams", 1e-6}, "μg": {"grams", 1e-6},
	"lm": {"lumens", 1}, "kN": {"newtons", 1e3}, "Nm": {"newton-meters", 1}, "kJ": {"joules", 1e3}, "MJ": {"joules", 1e6}, "kcal": {"calories", 1e3},
	"eV": {"electronvolts", 1}, "keV": {"electronvolts", 1e3}, "MeV": {"electronvolts", 1e6}, "GeV": {"electronvolts", 1e9}, "TeV": {"electronvolts", 1e12},
	"Bq": {"becquerels", 1}, "mSv": {"sieverts", 1e-3}, "µSv": {"sieverts", 1e-6}, "μSv": {"sieverts", 1e-6}, "Sv": {"sieverts", 1},
	"dpi": {"dpi", 1}, "DPI": {"dpi", 1}, "ppi": {"ppi", 1}, "bpm": {"bpm", 1}, "ppm": {"ppm", 1}, "ppb": {"ppm", 1e-3}, "mmol": {"moles", 1e-3},
}

// scales are the letters that multiply a number. In lower case, m, b and t do so
// for money alone: elsewhere they are meters, bits and tons.
var scales = map[string]float64{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "MM": 1e6, "bn": 1e9, "Bn": 1e9, "BN": 1e9, "mn": 1e6, "mln": 1e6, "tn": 1e12, "bln": 1e9}

// moneyScales are those of money alone.
var moneyScales = map[string]float64{"m": 1e6, "b": 1e9, "t": 1e12, "mil": 1e6}
