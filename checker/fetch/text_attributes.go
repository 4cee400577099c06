package fetch

import "strings"

// shownAttributes are the attributes that decide what is shown, and what a page says
// of itself.
type shownAttributes struct {
	alt, encoding, classes string
	hides                  bool

	name, property, content, kind, datetime string
}

func (a *shownAttributes) class(name string) bool { return strings.Contains(a.classes, name) }

func (a *shownAttributes) set(key, value []byte) {
	var field *string
	switch string(key) {
	case "alt", "alttext":
		field = &a.alt
	case "class":
		field = &a.classes
	case "encoding":
		field = &a.encoding
	case "hidden":
		a.hides = true
		return
	case "style":
		style := strings.ToLower(strings.ReplaceAll(string(value), " ", ""))
		a.hides = a.hides || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		return
	case "name":
		field = &a.name
	case "property", "itemprop":
		field = &a.property
	case "content":
		field = &a.content
	case "type":
		field = &a.kind
	case "datetime":
		field = &a.datetime
	default:
		return
	}
	if *field == "" {
		*field = string(value)
	}
}
