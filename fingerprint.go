package bookcheck

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Fingerprint names the finding by its rule, by what it is about and by the
// sentence it stands in, so that it is known again when the file moves or other
// lines change. Two equal flaws in equal sentences have the same one.
func (d *Diagnostic) Fingerprint() string {
	sum := sha256.Sum256([]byte(d.Rule.Name + "\x00" + d.Subject + "\x00" + d.Chapter.sentence(d.Span)))
	return hex.EncodeToString(sum[:16])
}

// longSentence bounds the text around a finding that identifies it, in bytes on
// each side.
const longSentence = 400

// sentence returns the words around a span, up to the ends of their sentence or
// of the line.
func (c *Chapter) sentence(span Span) string {
	start := max(c.Line(c.Position(span.Start).Line).Start, span.Start-longSentence)
	before := string(c.Source[start:span.Start])
	for _, stop := range stops {
		if i := strings.LastIndex(before, stop); i >= 0 {
			before = before[i+len(stop):]
		}
	}
	end := min(max(c.Line(c.Position(span.End).Line).End, span.End), span.End+longSentence)
	after := string(c.Source[span.End:end])
	for _, stop := range stops {
		if i := strings.Index(after, stop); i >= 0 {
			after = after[:i]
		}
	}
	text := before + c.Text(Span{span.Start, min(span.End, span.Start+longSentence)}) + after
	return strings.Join(strings.Fields(text), " ")
}

var stops = []string{". ", "! ", "? ", "。", "！", "？"}
