package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
	"slices"
)

// A file is where the objects of a PDF are.
type file struct {
	src     []byte
	places  map[int]place
	known   map[int]object // those that were read
	reading map[int]bool   // those that are being read
	trailer dict

	late     func() bool
	isLate   bool
	asked    int // how often somebody wanted to know
	steps    int // of drawing
	unpacked int // bytes
	cut      bool
	fonts    map[reference]*font
}

// How many bytes of a file make a step.
const (
	lexed    = 8
	searched = 64
)

// longValue is how many bytes of a value take so long that the clock is looked at again.
const longValue = 64 << 10

// A place is where an object begins.
type place struct {
	src   []byte // the file, or an unpacked stream of objects
	at    int
	since int // where in the file that was said: the last counts
}

// index finds the objects of a file.
func index(src []byte) *file {
	f := &file{src: src, places: make(map[int]place), known: make(map[int]object), reading: make(map[int]bool), trailer: make(dict), fonts: make(map[reference]*font)}
	for at := 0; len(f.places) < mostObjects; {
		i := bytes.Index(src[at:], []byte("obj"))
		if i < 0 {
			break
		}
		at += i
		if id, ok := objectNumber(src[:at]); ok {
			f.places[id] = place{src: src, at: at + 3, since: at}
		}
		at += 3
	}
	f.trailers()
	f.openPacks()
	return f
}

// objectNumber reads the "12 0 " that stands before an obj.
func objectNumber(before []byte) (id int, ok bool) {
	rest := bytes.TrimRight(before[max(0, len(before)-24):], " \t\r\n")
	generation := bytes.TrimRight(rest, "0123456789")
	rest = bytes.TrimRight(generation, " \t\r\n")
	if len(generation) == len(rest) {
		return 0, false // also where no digit stood before obj
	}
	digits := rest[len(bytes.TrimRight(rest, "0123456789")):]
	if len(digits) == 0 || len(digits) > 7 {
		return 0, false
	}
	n, _ := number(digits).(float64)
	return int(n), true
}

// trailers gathers what the file says of the whole, the last word counting.
func (f *file) trailers() {
	const (
		most    = 100
		longest = 1 << 16
	)
	at := 0
	for range most {
		i := bytes.Index(f.src[at:], []byte("trailer"))
		if i < 0 {
			break
		}
		at += i + len("trailer")
		l := lexer{src: f.src[at:min(len(f.src), at+longest)]}
		if value, ok := l.next(0); ok {
			f.conclude(value)
		}
	}
	for _, id := range f.holding("/XRef") {
		f.conclude(f.resolve(reference(id)))
	}
}

func (f *file) conclude(value object) {
	d := f.dict(value)
	for _, key := range []name{"Root", "Info", "Encrypt"} {
		if d[key] != nil {
			f.trailer[key] = d[key]
		}
	}
}

// holding returns the numbers of the objects in the file that contain a word, in the
// order in which they stand there.
func (f *file) holding(word string) []int {
	var places []int
	byPlace := make(map[int]int)
	for id, p := range f.places {
		places = append(places, p.since)
		byPlace[p.since] = id
	}
	slices.Sort(places)
	var ids []int
	for at := 0; ; {
		i := bytes.Index(f.src[at:], []byte(word))
		if i < 0 {
			return ids
		}
		at += i + len(word)
		n, _ := slices.BinarySearch(places, at)
		if n > 0 && (len(ids) == 0 || ids[len(ids)-1] != byPlace[places[n-1]]) {
			ids = append(ids, byPlace[places[n-1]])
		}
	}
}

// openPacks finds the objects that are packed together in streams.
func (f *file) openPacks() {
	for _, id := range f.holding("/ObjStm") {
		since := f.places[id].since
		pack, ok := f.resolve(reference(id)).(*stream)
		if !ok || pack.dict["Type"] != name("ObjStm") {
			continue
		}
		data := f.unpack(pack)
		count, _ := f.resolve(pack.dict["N"]).(float64)
		first, _ := f.resolve(pack.dict["First"]).(float64)
		l := lexer{src: data}
		for range int(min(count, mostObjects)) {
			id, ok1 := l.next(0)
			at, ok2 := l.next(0)
			number, ok3 := id.(float64)
			offset, ok4 := at.(float64)
			if !ok1 || !ok2 || !ok3 || !ok4 || len(f.places) >= mostObjects {
				break
			}
			start := first + offset
			if start < 0 || start >= float64(len(data)) || number < 0 || f.places[int(number)].since > since {
				continue
			}
			f.places[int(number)] = place{src: data, at: int(start), since: since}
		}
	}
}

// resolve returns the object that a value stands for.
func (f *file) resolve(value object) object {
	for range deepest {
		id, ok := value.(reference)
		if !ok {
			return value
		}
		value = f.read(int(id))
	}
	return nil
}

// read returns an object by its number; nil if there is none.
func (f *file) read(id int) object {
	if value, ok := f.known[id]; ok {
		return value
	}
	p, there := f.places[id]
	if !there || f.reading[id] || f.spent() {
		return nil
	}
	f.reading[id] = true
	defer delete(f.reading, id)
	l := lexer{src: p.src, at: p.at}
	value, _ := l.next(0)
	f.steps += (l.at - p.at) / lexed
	if l.at-p.at > longValue {
		f.asked = 0 // it took its time
	}
	if n, ok := value.(float64); ok { // perhaps a reference to another
		value = f.maybeReference(&l, n)
	}
	if d, ok := value.(dict); ok {
		l.space()
		if rest, found := bytes.CutPrefix(l.src[l.at:], []byte("stream")); found {
			value = &stream{dict: d, data: f.streamData(d, rest)}
		}
	}
	f.known[id] = value
	return value
}

func (f *file) maybeReference(l *lexer, n float64) object {
	_, _ = l.next(0)
	if word, ok := l.next(0); ok && word == operator("R") {
		return reference(n)
	}
	return n
}

// streamData returns the data of a stream that begins at its keyword. Its length is
// believed if the end stands there.
func (f *file) streamData(d dict, rest []byte) []byte {
	rest = bytes.TrimPrefix(rest, []byte("\r"))
	rest = bytes.TrimPrefix(rest, []byte("\n"))
	if n, ok := f.resolve(d["Length"]).(float64); ok && n >= 0 && n <= float64(len(rest)) {
		if after := rest[int(n):]; bytes.HasPrefix(bytes.TrimLeft(after[:min(len(after), 16)], "\r\n \t"), []byte("endstream")) {
			return rest[:int(n)]
		}
	}
	if end := bytes.Index(rest, []byte("endstream")); end >= 0 {
		f.steps += end / searched
		return rest[:end]
	}
	f.steps += len(rest) / searched
	f.cut = true
	return rest
}

// dict returns the dictionary that a value stands for, also that of a stream; nil if
// it is none.
func (f *file) dict(value object) dict {
	switch v := f.resolve(value).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	default:
		return nil
	}
}

func (f *file) list(value object) array {
	list, _ := f.resolve(value).(array)
	return list
}

func (f *file) number(value object) float64 {
	n, _ := f.resolve(value).(float64)
	return n
}

func (f *file) name(value object) name {
	n, _ := f.resolve(value).(name)
	return n
}

func (f *file) encrypted() bool { return f.dict(f.trailer["Encrypt"]) != nil }

// spent tells whether the bounds on the work are reached. It looks at the clock now
// and then.
func (f *file) spent() bool {
	const often = 256
	if f.asked++; f.asked%often == 1 {
		f.isLate = f.isLate || f.late != nil && f.late()
	}
	return f.isLate || f.steps >= stepLimit || f.unpacked >= unpackLimit
}

// unpack returns the data of a stream as it was before it was packed, as far as that
// can be undone.
func (f *file) unpack(s *stream) []byte {
	data := s.data
	filters, settings := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	if one := f.name(s.dict["Filter"]); one != "" {
		filters, settings = array{one}, array{s.dict["DecodeParms"]}
	}
	const most = 4 // filters that follow on each other
	for i, filter := range filters[:min(len(filters), most)] {
		var setting dict
		if i < len(settings) {
			setting = f.dict(settings[i])
		}
		switch f.name(filter) {
		case "FlateDecode", "Fl":
			data = f.flat(data, setting)
		case "ASCII85Decode", "A85":
			data = f.take(ascii85.NewDecoder(bytes.NewReader(bytes.TrimSuffix(bytes.TrimRight(data, "\r\n\t "), []byte("~>")))))
		case "ASCIIHexDecode", "AHx":
			l := lexer{src: data, at: -1}
			data = []byte(l.hex())
		default:
			return nil // an image
		}
	}
	return data
}

// flat undoes deflation, and the differences between rows that may be under it.
func (f *file) flat(data []byte, setting dict) []byte {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	data = f.take(z)
	const fromPNG = 10
	if f.number(setting["Predictor"]) < fromPNG {
		return data
	}
	columns := max(f.number(setting["Columns"]), 1) * max(f.number(setting["Colors"]), 1) * cmpOr(f.number(setting["BitsPerComponent"]), 8) / 8
	if columns > float64(len(data)) {
		return nil
	}
	return unpredict(data, int(columns))
}

func cmpOr(n, otherwise float64) float64 {
	if n > 0 {
		return n
	}
	return otherwise
}

// take reads all of a stream that its bounds allow. What can be read before a
// mistake counts.
func (f *file) take(r io.Reader) []byte {
	limit := min(streamLimit, unpackLimit-f.unpacked)
	var b bytes.Buffer
	n, _ := io.Copy(&b, io.LimitReader(r, int64(max(limit, 0))))
	f.unpacked += int(n)
	f.cut = f.cut || n == int64(limit)
	return b.Bytes()
}

// unpredict undoes the filters of PNG, with rows of so many bytes.
func unpredict(data []byte, columns int) []byte {
	if columns < 1 {
		return nil
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, columns)
	for len(data) > columns {
		kind, row := data[0], slices.Clone(data[1:1+columns])
		data = data[1+columns:]
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			switch kind {
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			}
		}
		out = append(out, row...)
		above = row
	}
	return out
}

// paeth returns which of three neighbors is nearest to what they let expect.
func paeth(left, above, corner byte) byte {
	expected := int(left) + int(above) - int(corner)
	distance := func(b byte) int { return max(expected-int(b), int(b)-expected) }
	switch {
	case distance(left) <= distance(above) && distance(left) <= distance(corner):
		return left
	case distance(above) <= distance(corner):
		return above
	default:
		return corner
	}
}

// A sheet is one page.
type sheet struct {
	dict
	resources object // its own, or those of the pages that it is among
}

// sheets returns the pages in their order.
func (f *file) sheets() []sheet {
	root := f.dict(f.trailer["Root"])
	if root == nil {
		for _, id := range f.holding("/Catalog") {
			root = f.dict(reference(id))
		}
	}
	var list []sheet
	f.gather(root["Pages"], nil, 0, make(map[reference]bool), &list)
	return list
}

// gather adds the pages below a node of the tree of pages.
func (f *file) gather(node, resources object, depth int, seen map[reference]bool, list *[]sheet) {
	if id, ok := node.(reference); ok {
		if seen[id] {
			return
		}
		seen[id] = true
	}
	d := f.dict(node)
	if d == nil || depth > deepest || len(*list) >= mostSheets {
		return
	}
	if d["Resources"] != nil {
		resources = d["Resources"]
	}
	if d["Kids"] == nil {
		*list = append(*list, sheet{d, resources})
		return
	}
	for _, kid := range f.list(d["Kids"]) {
		f.gather(kid, resources, depth+1, seen, list)
	}
}
