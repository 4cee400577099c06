package weigh

import (
	"maps"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A measure is a unit as a multiple of one that stands for all of its kind.
type measure struct {
	kind   string
	factor float64
}

// measures are the units that can be turned into another. A unit that is missing is
// a kind of its own.
var measures = map[string]measure{
	"seconds": {"time", 1}, "months": {"time", 2629800}, "years": {"time", 31557600},
	"meters": {"length", 1}, "feet": {"length", .3048}, "inches": {"length", .0254}, "miles": {"length", 1609.344}, "yards": {"length", .9144},
	"grams": {"mass", 1}, "tons": {"mass", 1e6}, "ounces": {"mass", 28.3495},
	"square meters": {"area", 1}, "square feet": {"area", .09290304}, "square miles": {"area", 2589988.11}, "square inches": {"area", .00064516},
	"hectares": {"area", 1e4}, "acres": {"area", 4046.856},
	"cubic meters": {"volume", 1}, "cubic feet": {"volume", .028316847}, "cubic inches": {"volume", 1.6387064e-5}, "liters": {"volume", 1e-3}, "milliliters": {"volume", 1e-6}, "gallons": {"volume", 3.785412e-3},
	"pascals": {"pressure", 1}, "psi": {"pressure", 6894.757},
	"score":   {"", 1},
	"percent": {"percent", 1}, "usd": {"usd", 1}, "bytes": {"byte", 1}, "tokens": {"token", 1}, "parameters": {"parameter", 1}, "ratio": {"ratio", 1},
}

// measureOf returns what a unit measures.
func measureOf(unit string) measure {
	if m, known := measures[unit]; known {
		return m
	}
	if unit == "" || strings.Contains(unit, "/") {
		return measure{unit, 1}
	}
	return measure{stem(unit), 1}
}

// kindOf returns by what facts can be compared: only those of one kind can.
func kindOf(f *bookcheck.Fact) string {
	switch f.Kind {
	case bookcheck.Amount:
		return measureOf(f.Unit).kind
	case bookcheck.Day:
		return days
	case bookcheck.License:
		return licenses
	default:
		return words
	}
}

// The kinds that are no unit.
const (
	days     = "#day"
	licenses = "#license"
	words    = "#words"
)

// sameKind tells whether two facts can be compared.
func sameKind(a, b *bookcheck.Fact) bool {
	return a.Kind == b.Kind && (a.Kind != bookcheck.Amount || a.Unit == b.Unit || kindOf(a) == kindOf(b))
}

// people are kinds of people, by stem: who counts them may call them people.
var people = stems(`person user developer researcher employee author contributor student patient worker voter reader player customer
	engineer adult member child volunteer inhabitant resident citizen taker teacher scientist subscriber`)

var kindsOfPeople = func() []string {
	all := slices.Sorted(maps.Keys(people))
	return slices.DeleteFunc(all, func(kind string) bool { return kind == "person" })
}()

func stems(words string) map[string]bool {
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		all[stem(word)] = true
	}
	return all
}

// isHard tells whether a kind is a measure, so that its values are comparable
// whatever else the sentences say.
func isHard(kind string) bool {
	switch kind {
	case "time", "length", "mass", "byte", "percent", "usd", "eur", "gbp", "watt", "watt-hour", "volt", "ampere", "ampere-hour", "area", "volume", "pressure", "meters/s", "degree", "hertz", "parameter", "token":
		return true
	}
	return false
}
