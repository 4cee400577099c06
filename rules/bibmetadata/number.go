package bibmetadata

import (
	"regexp"
	"strings"
)

var (
	// bookNumber is what looks like an ISBN: digits in a row, in groups or not.
	bookNumber = regexp.MustCompile(`\d(?:[ \-–‐‑]?[0-9Xx])+`)
	// serialNumber is what looks like an ISSN.
	serialNumber = regexp.MustCompile(`\b(\d{4})[-–‐‑ ]?(\d{3}[0-9Xx])\b`)
)

// numbers looks for an ISBN or ISSN whose check digit is wrong.
func (c check) numbers() {
	if field := c.field("isbn"); field != nil {
		for _, written := range bookNumber.FindAllString(field.Text, -1) {
			switch digits := digitsOf(written); {
			case len(digits) == 10 && !isISBN10(digits), len(digits) == 13 && !isISBN13(digits):
				c.flaw(field, "the ISBN %s cannot be right: its check digit does not fit", written)
			case len(digits) == 11 || len(digits) == 12 || len(digits) == 14:
				c.flaw(field, "the ISBN %s has %d digits, and not 10 or 13", written, len(digits))
			}
		}
	}
	if field := c.field("issn"); field != nil {
		for _, m := range serialNumber.FindAllStringSubmatch(field.Text, -1) {
			if !isISSN(m[1] + m[2]) {
				c.flaw(field, "the ISSN %s cannot be right: its check digit does not fit", m[0])
			}
		}
	}
}

// digitsOf returns the digits of a number, an X for ten among them.
func digitsOf(written string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == 'X':
			return r
		case r == 'x':
			return 'X'
		default:
			return -1
		}
	}, written)
}

// isISBN10 tells whether ten digits, weighted from ten down to one, add up to a
// multiple of eleven.
func isISBN10(digits string) bool { return weighted(digits, 10)%11 == 0 }

func isISSN(digits string) bool { return weighted(strings.ToUpper(digits), 8)%11 == 0 }

func weighted(digits string, weight int) int {
	sum := 0
	for i := range len(digits) {
		value := int(digits[i] - '0')
		if digits[i] == 'X' {
			if value = 10; i < len(digits)-1 {
				return 1 // ten is for the last digit alone
			}
		}
		sum += value * (weight - i)
	}
	return sum
}

// isISBN13 tells whether thirteen digits, every second one thrice, add up to a
// multiple of ten.
func isISBN13(digits string) bool {
	sum := 0
	for i := range len(digits) {
		if digits[i] == 'X' {
			return false
		}
		sum += int(digits[i]-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0
}
