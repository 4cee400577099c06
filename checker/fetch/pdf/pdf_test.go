package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// A writer makes small files.
type writer struct {
	objects []string // from number 1 on
	trailer string
}

// add returns the number of a new object.
func (w *writer) add(format string, args ...any) int {
	w.objects = append(w.objects, fmt.Sprintf(format, args...))
	return len(w.objects)
}

// stream adds a stream, deflated.
func (w *writer) stream(dict, data string) int {
	packed := deflate(data)
	return w.add("<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", dict, len(packed), packed)
}

func deflate(data string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(data))
	_ = z.Close()
	return b.String()
}

// bytes returns the file, without the table of objects that readers may not trust.
func (w *writer) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, object := range w.objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	fmt.Fprintf(&b, "trailer\n<< /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n", w.trailer)
	return b.Bytes()
}

// paper returns a file with a page for each program, that draws with the fonts /F1, in
// Helvetica, and /F2, whose codes have two bytes.
func paper(programs ...string) *writer {
	w := &writer{}
	w.add("<< /Type /Catalog /Pages 2 0 R >>")
	w.add("")
	plain := w.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	letters := w.stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+
		"2 beginbfchar <0001> <0046> <0002> <00660069> endbfchar 1 beginbfrange <0010> <0019> <0030> endbfrange 1 beginbfrange <0020> <0021> [<0041> <0042>] endbfrange endcmap")
	own := w.add("<< /Type /Font /Subtype /CIDFontType2 /DW 600 /W [1 [550 550] 16 25 500] >>")
	wide := w.add("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", own, letters)
	var kids []string
	for _, program := range programs {
		contents := w.stream("", program)
		kids = append(kids, fmt.Sprintf("%d 0 R", w.add("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", contents)))
	}
	w.objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d /Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>", strings.Join(kids, " "), len(kids), plain, wide)
	return w
}

const padding = "BT /F1 10 Tf 50 50 Td (The rest of the page says nothing of interest.) Tj ET "

const paddingText = "The rest of the page says nothing of interest."

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ program, want string }{
		"words are parted by position": {
			"BT /F1 10 Tf 50 700 Td [(Se) 20 (ven) -300 (billion) -300 (to) -10 (kens)] TJ ET", "Seven billion tokens",
		},
		"a number in pieces is one": {
			"BT /F1 10 Tf 50 700 Td (1) Tj 5.56 0 Td (,) Tj 2.78 0 Td (000) Tj ET", "1,000",
		},
		"lines of a paragraph": {
			"BT /F1 10 Tf 12 TL 50 700 Td (It was trained on more than 1.4 tril-) Tj T* (lion tokens of text from the web, and) ' (then tuned.) ' ET",
			"It was trained on more than 1.4 trillion tokens of text from the web, and then tuned.",
		},
		"a paragraph that begins further in": {
			"BT /F1 10 Tf 12 TL 50 700 Td (The first paragraph of some length ends here.) Tj 15 -12 Td (The second begins.) Tj ET",
			"The first paragraph of some length ends here.\nThe second begins.",
		},
		"items": {
			"BT /F1 10 Tf 12 TL 50 700 Td (There are several of them, as we have seen:) Tj T* (\\226 the first one, which is about as long;) Tj T* (\\226 the second, which is no longer.) Tj ET",
			"There are several of them, as we have seen:\n– the first one, which is about as long;\n– the second, which is no longer.",
		},
		"two columns in the order in which they are drawn": {
			"BT /F1 10 Tf 12 TL 50 700 Td (The model was trained on two) Tj T* (trillion tokens and it has seven) Tj ET BT /F1 10 Tf 12 TL 300 700 Td (billion parameters in all of its) Tj T* (layers.) Tj ET",
			"The model was trained on two trillion tokens and it has seven billion parameters in all of its layers.",
		},
		"rows of a table": {
			"BT /F1 10 Tf 50 700 Td (Falcon) Tj 100 0 Td (40B) Tj 100 0 Td (1T) Tj -200 -12 Td (LLaMA) Tj 100 0 Td (65B) Tj 100 0 Td (1.4T) Tj ET",
			"Falcon | 40B | 1T\nLLaMA | 65B | 1.4T",
		},
		"powers": {
			"BT /F1 10 Tf 50 700 Td (about 10) Tj 7 0 0 7 88.92 704 Tm /F1 1 Tf (24) Tj 10 0 0 10 97 700 Tm ( FLOPs) Tj ET", "about 10^24 FLOPs",
		},
		"codes of two bytes": {
			"BT /F2 10 Tf 50 700 Td <0002001100120013000100200021> Tj ET", "fi123FAB",
		},
		"escapes, and what WinAnsi adds": {
			`BT /F1 10 Tf 50 700 Td (\(caf\351\) \200 5\226\067 \\) Tj ET`, `(café) € 5–7 \`,
		},
		"a drawing that is used": {
			"/X1 Do BT /F1 10 Tf 50 700 Td (plain) Tj ET", "plain",
		},
		"an image in the program": {
			"BI /W 1 /H 1 ID \x00EIx (no) EI BT /F1 10 Tf 50 700 Td (after it) Tj ET", "after it",
		},
		"shapes to draw through": {
			"BT 7 Tr /F1 10 Tf 50 700 Td (unseen) Tj ET BT 0 Tr 50 650 Td (seen) Tj ET", "seen",
		},
		"text that runs up the page": {
			"BT /F1 10 Tf 0 1 -1 0 20 300 Tm (arXiv:1706.03762v7) Tj ET", "arXiv:1706.03762v7",
		},
		"an operator with too little": {
			"Td Tj cm BT Tf /F1 10 Tf 50 700 Td (goes on) Tj ] >> ) ET", "goes on",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := Read(paper(c.program+" "+padding).bytes(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if want := c.want + "\n" + paddingText; d.Text != want || d.Partial || d.Sheets != 1 {
				t.Errorf("got\n%s\nwant\n%s\nof 1 page, is of %d, partial: %t", d.Text, want, d.Sheets, d.Partial)
			}
		})
	}
}

// What a file says of itself, in both encodings.
func TestDescription(t *testing.T) {
	t.Parallel()
	w := paper(padding)
	w.trailer = fmt.Sprintf("/Info %d 0 R", w.add(`<< /Title <FEFF0041006700E9> /Author (K. G\366del) /CreationDate (D:20230718120000Z) >>`))
	d, err := Read(w.bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Title != "Agé" || d.Author != "K. Gödel" || d.Created.Format(time.DateOnly) != "2023-07-18" {
		t.Errorf("got %q by %q of %v", d.Title, d.Author, d.Created)
	}
}

// Objects that are packed together, under a predictor as libraries write it.
func TestPackedObjects(t *testing.T) {
	t.Parallel()
	w := paper(padding)
	page := w.objects[len(w.objects)-1]
	number := len(w.objects)
	w.objects[number-1] = "null"
	head := fmt.Sprintf("%d 0 ", number)
	w.stream(fmt.Sprintf("/Type /ObjStm /N 1 /First %d", len(head)), head+page)
	d, err := Read(w.bytes(), nil)
	if err != nil || d.Text != paddingText {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestUnpredict(t *testing.T) {
	t.Parallel()
	rows := []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1}
	want := []byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5}
	if got := unpredict(rows, 3); !bytes.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	encrypted := paper(padding)
	encrypted.trailer = "/Encrypt << /Filter /Standard /V 1 >>"
	for name, c := range map[string]struct {
		src  []byte
		want error
	}{
		"encrypted":    {encrypted.bytes(), ErrEncrypted},
		"nothing":      {nil, ErrDamaged},
		"not a PDF":    {[]byte("<html>"), ErrDamaged},
		"only a start": {paper(padding).bytes()[:60], ErrDamaged},
		"scanned":      {paper("q 100 0 0 100 0 0 cm /I Do Q").bytes(), ErrUnreadable},
		"codes that mean nothing": {
			paper("BT /F2 10 Tf 50 700 Td <" + strings.Repeat("0077", 40) + "> Tj ET").bytes(), ErrUnreadable,
		},
	} {
		if _, err := Read(c.src, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// A file that was cut off is read as far as it goes, and says so.
func TestCutOff(t *testing.T) {
	t.Parallel()
	program := "BT /F1 10 Tf 50 700 Td (" + noise(60_000) + ") Tj ET"
	src := paper(program).bytes()
	src = append(bytes.Clone(src[:30]), src[30:]...)
	half := src[:len(src)*2/3]
	// The tree of pages stands at the start, the page at the end: it is gone.
	if _, err := Read(half, nil); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrUnreadable) {
		t.Errorf("got %v", err)
	}
	late := 0
	d, err := Read(paper(padding, padding, padding).bytes(), func() bool { late++; return late > 2 })
	if err != nil || !d.Partial || d.Sheets != 3 || !strings.HasPrefix(d.Text, paddingText) {
		t.Errorf("late: got %+v, %v", d, err)
	}
}

// noise returns letters that do not pack well.
func noise(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a' + byte(random.IntN(26))
	}
	return string(b)
}

// hostile are files that would take forever, or all memory, to be read naively.
func hostile() map[string][]byte {
	loop := &writer{}
	loop.add("<< /Type /Catalog /Pages 2 0 R >>")
	loop.add("<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Parent 2 0 R >>")
	loop.add("4 0 R")
	loop.add("3 0 R")

	laughs := paper("/X Do " + padding)
	form := laughs.add("")
	laughs.objects[form-1] = fmt.Sprintf("<< /Type /XObject /Subtype /Form /Length 40 /Resources << /XObject << /X %d 0 R >> >> >>\nstream\n%s\nendstream", form, strings.Repeat("/X Do ", 40))
	laughs.objects[1] = strings.Replace(laughs.objects[1], "/Font", fmt.Sprintf("/XObject << /X %d 0 R >> /Font", form), 1)

	var open, endless strings.Builder
	open.WriteString("1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /Kids [")
	for i := range 20_000 {
		fmt.Fprintf(&open, "%d 0 R ", i+3)
		fmt.Fprintf(&endless, "%d 0 obj << /Kids ( >> stream\n", i+3)
	}
	open.WriteString("] >> trailer << /Root 1 0 R >> ")

	return map[string][]byte{
		"open kids":      []byte(open.String() + endless.String()),
		"endless kids":   []byte(open.String() + strings.ReplaceAll(endless.String(), "(", "1")),
		"loops":          loop.bytes(),
		"laughs":         laughs.bytes(),
		"bomb":           paper(strings.Repeat(" ", streamLimit+1)).bytes(),
		"shows":          paper("BT /F1 10 Tf " + strings.Repeat("(x) Tj ", 1<<18)).bytes(),
		"large":          []byte("%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 999999999 /W [1 999999999 1] /Index [999999999 9] /Root 1 0 R /Pages 1 0 R /Length 9 >>\nstream\n"),
		"hex":            []byte("1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /A <41 trailer << /Root 1 0 R >>"),
		"open brackets":  append([]byte("1 0 obj "), bytes.Repeat([]byte("[<<"), 1<<18)...),
		"open strings":   bytes.Repeat([]byte("1 0 obj ("), 1<<16),
		"many objects":   bytes.Repeat([]byte("1 0 obj 2 0 obj /ObjStm "), 1<<15),
		"many trailers":  bytes.Repeat([]byte("trailer << /Root << "), 1<<14),
		"streams no end": bytes.Repeat([]byte("9 0 obj << /Type /XRef >> stream\n"), 1<<14),
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	const most = 6 * time.Second // on a busy machine, under the race detector
	for name, src := range hostile() {
		start := time.Now()
		d, err := Read(src, func() bool { return time.Since(start) > most/20 })
		if took := time.Since(start); took > most {
			t.Errorf("%s: took %v", name, took)
		}
		if err == nil && len(d.Text) > 2*textLimit {
			t.Errorf("%s: %d bytes of text", name, len(d.Text))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(paper(padding).bytes())
	f.Add(paper("BT /F2 10 Tf 50 700 Td <0002001100120013> Tj ET BI ID EI /X Do", "q Q cm").bytes())
	for name, src := range hostile() {
		if len(src) < 1<<12 {
			f.Add(src)
		} else if name != "bomb" {
			f.Add(src[:1<<12])
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		start := time.Now()
		d, err := Read(src, func() bool { return time.Since(start) > time.Second })
		if (d == nil) == (err == nil) {
			t.Fatalf("got %v and %v, want one of them", d, err)
		}
		if err == nil && strings.ContainsAny(d.Text, "\x00\r\t") {
			t.Errorf("control characters in %q", d.Text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var program strings.Builder
	program.WriteString("BT /F1 10 Tf 12 TL 50 700 Td ")
	for range 60 {
		program.WriteString("[(The) -300 (mo) 20 (del) -300 (w) 10 (as) -300 (trained) -300 (on) -300 (more) -300 (than) -300 (1.4) -300 (trillion) -300 (tokens) -300 (of) -300 (text,)] TJ T* ")
	}
	program.WriteString("ET")
	pages := make([]string, 20)
	for i := range pages {
		pages[i] = program.String()
	}
	src := paper(pages...).bytes()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(src, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
