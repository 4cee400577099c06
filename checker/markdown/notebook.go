package markdown

import (
	"bytes"
	"encoding/json"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// parseNotebook reads the Markdown cells of a Jupyter notebook. Offsets are those
// of the .ipynb file, through the escapes of its JSON strings.
// https://nbformat.readthedocs.io/en/latest/format_description.html
func (p *Parser) parseNotebook(chapter *bookcheck.Chapter) {
	source := chapter.Source
	if len(source) > notebookFactor*p.syntax.MaxBytes {
		chapter.Unread, chapter.Limit = bookcheck.Span{Start: 0, End: len(source)}, size(notebookFactor*p.syntax.MaxBytes)
		return
	}
	cells, err := notebookCells(source)
	if err != nil {
		chapter.Fault = "not a notebook: " + err.Error()
	}
	for _, cell := range cells {
		read, _ := p.bound(cell.text)
		length := 0
		if chapter.Meta == nil {
			chapter.Meta, length = frontMatter(read)
		}
		if n := len(cell.parts); n > 0 {
			chapter.Cells = append(chapter.Cells, bookcheck.Span{Start: cell.parts[0].source, End: cell.end})
		}
		cell.parts = append(cell.parts, linePart{len(cell.text), cell.end})
		p.parseText(chapter, read[length:], func(offset int) int { return cell.at(offset + length) })
	}
}

// Outputs, with their images, make most of a notebook; only its text is parsed.
const notebookFactor = 16

// A notebookCell is the text of a Markdown cell with the way back to the file.
type notebookCell struct {
	lines
	end int // offset of the quote that closes the last string
}

// notebookCells returns the Markdown cells of a notebook, as far as its JSON can
// be read.
func notebookCells(source []byte) ([]notebookCell, error) {
	d := &jsonReader{Decoder: json.NewDecoder(bytes.NewReader(source)), source: source}
	var cells []notebookCell
	err := d.object(func(key string) error {
		if key != "cells" {
			return d.skip()
		}
		return d.array(func() error {
			cell, markdown, err := d.cell()
			if markdown {
				cells = append(cells, cell)
			}
			return err
		})
	})
	return cells, err
}

// A jsonReader reads JSON token by token, so that the place of each is known.
type jsonReader struct {
	*json.Decoder
	source []byte
}

func (d *jsonReader) skip() error {
	var value json.RawMessage
	return d.Decode(&value)
}

// object calls f for each key of an object; f reads the value.
func (d *jsonReader) object(f func(key string) error) error {
	open, err := d.Token()
	if err != nil || open != json.Delim('{') {
		return structureError(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := f(name); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

// array calls f for each element of an array; f reads it.
func (d *jsonReader) array(f func() error) error {
	open, err := d.Token()
	if err != nil || open != json.Delim('[') {
		return structureError(err)
	}
	for d.More() {
		if err := f(); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

type notebookError struct{}

func (notebookError) Error() string { return "no JSON object with cells" }

func structureError(err error) error {
	if err != nil {
		return err
	}
	return notebookError{}
}

func (d *jsonReader) cell() (cell notebookCell, markdown bool, err error) {
	err = d.object(func(key string) error {
		switch key {
		case "cell_type":
			var kind string
			err := d.Decode(&kind)
			markdown = kind == "markdown"
			return err
		case "source":
			return d.cellSource(&cell)
		default:
			return d.skip()
		}
	})
	return cell, markdown, err
}

// cellSource reads a cell's text: a string, or an array of lines.
func (d *jsonReader) cellSource(cell *notebookCell) error {
	depth := 0
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case json.Delim:
			if t == '[' {
				depth++
			} else {
				depth--
			}
		case string:
			end := int(d.InputOffset())
			d.addString(cell, end)
		}
		if depth <= 0 {
			return nil
		}
	}
}

// addString adds the JSON string that ends at end to a cell's text.
func (d *jsonReader) addString(cell *notebookCell, end int) {
	start := openingQuote(d.source, end) + 1
	cell.end = end - 1
	cell.parts = append(cell.parts, linePart{len(cell.text), start})
	for at := start; at < end-1; {
		if d.source[at] != '\\' {
			cell.text = append(cell.text, d.source[at])
			at++
			continue
		}
		decoded, length := unescapeJSON(d.source[at : end-1])
		cell.text = append(cell.text, decoded...)
		at += length
		for i := 1; i < len(decoded); i++ { // the bytes of one character share a place
			cell.parts = append(cell.parts, linePart{len(cell.text) - len(decoded) + i, at - 1})
		}
		cell.parts = append(cell.parts, linePart{len(cell.text), at})
	}
}

// openingQuote returns the offset of the quote that opens the string ending before
// end.
func openingQuote(source []byte, end int) int {
	for at := end - 2; at >= 0; at-- {
		if source[at] == '"' && !escapedAt(source, at) {
			return at
		}
	}
	return 0
}

// unescapeJSON decodes the escape at the start of s.
func unescapeJSON(s []byte) (decoded []byte, length int) {
	if len(s) < 2 {
		return s, len(s)
	}
	switch s[1] {
	case 'n':
		return []byte{'\n'}, 2
	case 't':
		return []byte{'\t'}, 2
	case 'r':
		return []byte{'\r'}, 2
	case 'b':
		return []byte{'\b'}, 2
	case 'f':
		return []byte{'\f'}, 2
	case 'u':
		r, n := hexRune(s)
		if utf16.IsSurrogate(r) && n < len(s) && s[n] == '\\' {
			if low, m := hexRune(s[n:]); m == 6 {
				return utf8.AppendRune(nil, utf16.DecodeRune(r, low)), n + m
			}
		}
		return utf8.AppendRune(nil, r), n
	default:
		return s[1:2], 2
	}
}

// hexRune reads \uXXXX.
func hexRune(s []byte) (rune, int) {
	if len(s) < 6 || s[1] != 'u' {
		return utf8.RuneError, min(2, len(s))
	}
	var r rune
	for _, c := range s[2:6] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if c >= '0' && c <= '9' {
			digit = int(c - '0')
		}
		if digit < 0 {
			return utf8.RuneError, 2
		}
		r = r<<4 | rune(digit)
	}
	return r, 6
}
