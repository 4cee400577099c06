// Package pdf reads the text of PDF files, for looking something up in it.
//
// It is made for files that a stranger serves: no file takes more than the work and
// the memory that its bounds allow, and one that is cut off or damaged is read as far
// as it goes. To that end it does not trust the file's own index, but looks for the
// objects themselves. What is encrypted is not read.
package pdf

import (
	"errors"
	"strings"
	"time"
	"unicode/utf16"
)

// Bounds on what is read of a file.
const (
	textLimit    = 2 << 20   // bytes of text
	unpackLimit  = 192 << 20 // bytes of all streams, unpacked
	streamLimit  = 24 << 20  // bytes of one
	stepLimit    = 20 << 20  // of drawing, in all
	mostSheets   = 5000
	mostObjects  = 1 << 20
	deepest      = 64 // nesting of values
	formsDeepest = 8  // nesting of drawings in drawings
)

// The reasons for which a file has no text.
var (
	ErrEncrypted  = errors.New("is an encrypted PDF")
	ErrDamaged    = errors.New("is a damaged PDF")
	ErrUnreadable = errors.New("is a PDF without readable text, such as one of scanned pages")
)

// A Document is what a file says.
type Document struct {
	Text    string // a paragraph or a row of a table a line, in the order in which it was drawn
	Partial bool   // there is more text, that was not read
	Sheets  int    // how many pages there are

	// What the file says of itself.
	Title   string
	Author  string
	Created time.Time // the day, in UTC; zero: not said
}

// Read reads a file. It asks now and then whether it is late, and if so returns what
// it has read.
func Read(src []byte, late func() bool) (*Document, error) {
	f := index(src)
	f.late = late
	if f.encrypted() {
		return nil, ErrEncrypted
	}
	sheets := f.sheets()
	if len(sheets) == 0 {
		return nil, ErrDamaged
	}
	d := &Document{Sheets: len(sheets)}
	d.describe(f)
	var b strings.Builder
	drawn, unreadable := 0, 0
	for _, sheet := range sheets {
		f.asked = 0 // a page may take long
		if d.Partial = f.spent() || b.Len() > textLimit; d.Partial {
			break
		}
		drawn++
		c := canvas{file: f}
		c.draw(sheet)
		unreadable += c.unreadable
		b.WriteString(join(c.lines))
	}
	d.Partial = d.Partial || f.spent() || f.cut
	d.Text = strings.TrimSpace(b.String())
	const scarce = 16 // bytes a page: the text of a scanned page that was stamped
	switch letters := len(d.Text); {
	case letters < scarce*min(drawn, scarce) || letters == 0, unreadable*4 > letters:
		return nil, ErrUnreadable
	case unreadable*50 > letters:
		d.Partial = true // a font that nobody can look anything up in
	}
	return d, nil
}

// describe reads what the file says of itself.
func (d *Document) describe(f *file) {
	info := f.dict(f.trailer["Info"])
	d.Title = textString(f.resolve(info["Title"]))
	d.Author = textString(f.resolve(info["Author"]))
	if date, found := strings.CutPrefix(textString(f.resolve(info["CreationDate"])), "D:"); found && len(date) >= 8 {
		d.Created, _ = time.Parse("20060102", date[:8]) // zero where it is no date
	}
}

// textString decodes a string that is for people: in UTF-16 or UTF-8 if it says so,
// else in an encoding that is nearly Latin-1.
func textString(o object) string {
	s, _ := o.(literal)
	switch {
	case strings.HasPrefix(string(s), "\xfe\xff"):
		return fromUTF16(string(s[2:]))
	case strings.HasPrefix(string(s), "\xef\xbb\xbf"):
		return strings.ToValidUTF8(string(s[3:]), "\uFFFD")
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(winAnsi[s[i]])
	}
	return b.String()
}

// fromUTF16 decodes big-endian UTF-16.
func fromUTF16(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}
