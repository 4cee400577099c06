package fetch

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

const (
	titleLimit = 200 // code points
	// A page with less text than this that runs scripts is taken to be built by
	// them: what a reader would see is not known.
	shortText = 256
)

// A document is what a body says.
type document struct {
	title    string
	heading  string             // the first h1
	anchors  map[string]bool    // nil: not known
	text     string             // as it is read, a paragraph a line
	cut      bool               // there was more text
	unread   string             // why there is no text although it was asked for; "": there is
	imprint  *bookcheck.Imprint // nil unless the text was asked for
	lines    int                // of plain text, a last one without an end included
	sheets   int                // of a PDF; 0: not known
	refresh  *refresh
	base     string // what relative addresses are relative to, as written; "": the page's own address
	noindex  bool
	visible  int                // bytes of visible text
	script   int                // bytes of inline script
	data     int                // bytes of data for scripts
	scripts  int                // script elements
	leads    bool               // a script sends the reader elsewhere
	password bool               // asks for one
	rooted   bool               // has an empty element of the kind that an application builds itself in
	isMarkup bool               // HTML or XHTML
	bands    [printBands]uint64 // the smallest hash of a word of each band
}

// A refresh is a meta element that sends the reader elsewhere.
type refresh struct {
	delay  float64 // in seconds
	target string  // as written
}

// readDocument extracts from a body what evidence asks for, and what the verdict
// needs in any case.
func readDocument(b *body, evidence bookcheck.Evidence) *document {
	switch {
	case b.opaque:
		return &document{unread: "is packed in a way that we do not know"}
	case b.buf == nil:
		return &document{unread: "is no text"}
	case isHTML(b.mediaType):
		return readHTML(decode(b.bytes(), b.fullType), b.mediaType, evidence)
	case b.mediaType == "text/markdown" || b.mediaType == "text/x-markdown":
		return readMarkdown(decode(b.bytes(), b.fullType), evidence)
	case b.mediaType == "application/pdf":
		return readPDF(b, evidence)
	case strings.HasPrefix(b.mediaType, "text/"), isJSON(b.mediaType), isXML(b.mediaType):
		return readText(decode(b.bytes(), b.fullType), b.mediaType, evidence)
	default:
		return &document{unread: "is no text"}
	}
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}

var (
	linearized = regexp.MustCompile(`/Linearized\b[^>]{0,200}?/N\s+(\d{1,6})`)
	pageTree   = regexp.MustCompile(`/Type\s*/Pages\b`)
	sheetCount = regexp.MustCompile(`/Count\s+(\d{1,6})`)
)

// countSheets returns how many pages a PDF has; 0 if that is not easily told. A
// file made for the web says so at its start. Another is believed if it is whole
// and its page tree is not packed: the root of the tree counts most.
func countSheets(src []byte, truncated bool) int {
	if m := linearized.FindSubmatch(src[:min(len(src), 2048)]); m != nil {
		n, _ := strconv.Atoi(string(m[1])) // the form has digits there
		return n
	}
	if truncated || !pageTree.Match(src) || bytes.Contains(src, []byte("/ObjStm")) {
		return 0
	}
	most := 0
	for _, at := range pageTree.FindAllIndex(src, -1) {
		start := max(bytes.LastIndex(src[:at[0]], []byte("obj")), 0)
		end := at[1] + max(bytes.Index(src[at[1]:], []byte("endobj")), 0)
		if m := sheetCount.FindSubmatch(src[start:end]); m != nil {
			n, _ := strconv.Atoi(string(m[1]))
			most = max(most, n)
		}
	}
	return most
}

// decode turns a body into UTF-8: by its byte order mark, its Content-Type, or what
// it says of itself.
func decode(src []byte, contentType string) []byte {
	encoding, name, _ := charset.DetermineEncoding(src[:min(len(src), 1024)], contentType)
	switch {
	case name == "utf-8":
		return bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	case name == "windows-1252" && isASCII(src): // what is taken for granted where nothing is said
		return src
	}
	if plain, err := encoding.NewDecoder().Bytes(src); err == nil {
		return bytes.TrimPrefix(plain, []byte("\xef\xbb\xbf"))
	}
	return src
}

func isASCII(src []byte) bool {
	for _, b := range src {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// readText reads plain text, which has no anchors that we know of.
func readText(src []byte, mediaType string, evidence bookcheck.Evidence) *document {
	d := &document{visible: len(src), lines: bytes.Count(src, []byte{'\n'})}
	if len(src) > 0 && src[len(src)-1] != '\n' {
		d.lines++
	}
	if evidence&bookcheck.Text != 0 {
		d.text, d.cut, d.imprint = readPlain(src, mediaType)
	}
	return d
}

// readMarkdown reads Markdown as it is served raw. Its headings are what a reader
// would link to where it is shown.
func readMarkdown(src []byte, evidence bookcheck.Evidence) *document {
	d := readText(src, "text/markdown", evidence)
	if evidence&bookcheck.Anchors == 0 {
		return d
	}
	d.anchors = make(map[string]bool)
	fence := ""
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(line, fence) {
				fence = ""
			}
		case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
			fence = line[:3]
		case strings.HasPrefix(line, "#"):
			d.addHeading(strings.Trim(line, "# \t"))
		}
	}
	// What stands in HTML inside Markdown is an anchor too.
	for name := range readHTML(src, "text/html", bookcheck.Anchors).anchors {
		d.anchors[name] = true
	}
	return d
}

// addHeading adds the anchor that GitHub makes of a heading.
func (d *document) addHeading(text string) {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, text)
	if slug == "" {
		return
	}
	name := slug
	for n := 1; d.anchors[name]; n++ {
		name = slug + "-" + strconv.Itoa(n)
	}
	d.anchors[name] = true
}

// enoughText is how much text shows that a page is one: no step judges a longer one by
// its text. Where no more is asked for than whether it is there, the rest is left unread.
const enoughText = 8 << 10

// readHTML walks the tokens of a page once.
func readHTML(src []byte, mediaType string, evidence bookcheck.Evidence) *document {
	r := pageReader{
		document: document{isMarkup: true},
		tokens:   html.NewTokenizer(bytes.NewReader(src)),
		xhtml:    mediaType == "application/xhtml+xml",
	}
	if evidence&bookcheck.Anchors != 0 {
		r.anchors = make(map[string]bool)
	}
	wanted := evidence & (bookcheck.Anchors | bookcheck.Text)
	for next(r.tokens, &r) && (wanted != 0 || !r.hasEnough()) {
	}
	if evidence&(bookcheck.Text|bookcheck.Metadata) != 0 {
		r.text, r.cut, r.imprint = readPage(src, mediaType)
	}
	r.heading = tidy(r.heading, titleLimit)
	r.nameByScript()
	d := r.document
	return &d
}

// isScripted tells whether the page builds itself by script, so that its source
// does not show what it holds.
func (d *document) isScripted() bool {
	return d.scripts > 0 && (d.visible < shortText || d.script > 4*d.visible || d.rooted && d.data > 4*d.visible)
}

// A pageReader is a walk over the tokens of a page.
type pageReader struct {
	document
	tokens *html.Tokenizer
	xhtml  bool
	mute   atom.Atom // element whose content no reader sees; 0: none
	depth  int       // how often mute was opened
	counts bool      // the script that follows is one that runs
	level  atom.Atom // the heading that was opened last, without a name; 0: it had one, or was closed
	words  []byte    // of that heading
	bare   []string  // headings without a name
	titled bool      // the page has had its title
	headed bool      // in its first h1
}

// hasEnough tells whether the rest of a page can be left unread. A heading is waited for,
// below the menus of a site, but not for ever.
func (r *pageReader) hasEnough() bool {
	return r.visible >= enoughText && (r.heading != "" && !r.headed || r.visible >= 2*enoughText)
}

func (r *pageReader) open(closed bool) {
	name, more := r.tokens.TagName()
	tag := atom.Lookup(name)
	var attrs attributes
	for more && (r.anchors != nil || tag == atom.Meta || tag == atom.Script || tag == atom.Div || tag == atom.Input || tag == atom.Base) {
		var key, value []byte
		key, value, more = r.tokens.TagAttr()
		attrs.set(key, value)
	}
	if closed && r.xhtml {
		r.tokens.NextIsNotRawText()
	}
	r.name(tag, &attrs)
	switch {
	case tag == atom.Meta:
		r.meta(&attrs)
	case tag == atom.Base && r.mute == 0 && r.base == "":
		r.base = attrs.href
	case tag == atom.Script:
		if r.counts = r.mute == 0 && runs(attrs.kind); r.counts {
			r.scripts++
		}
	case tag == atom.H1:
		r.headed = r.heading == ""
	case tag == atom.Div && appRoots[attrs.id]:
		r.rooted = true
	case tag == atom.Input && strings.EqualFold(attrs.kind, "password"):
		r.password = true
	}
	if closed && r.xhtml {
		return
	}
	if r.anchors != nil && r.mute == 0 && headings[tag] {
		r.level, r.words = tag, r.words[:0]
		if attrs.id != "" {
			r.level = 0
		}
	}
	switch {
	case r.mute != 0:
		if tag == r.mute {
			r.depth++
		}
	case muted[tag]:
		r.mute, r.depth = tag, 1
	}
}

func (r *pageReader) close(tag atom.Atom, _ []byte) {
	switch {
	case tag == r.mute && r.mute != 0:
		if r.depth--; r.depth == 0 {
			r.mute = 0
		}
	case tag == atom.H1:
		r.headed = false
	}
	if tag == r.level && tag != 0 {
		r.level = 0
		r.bare = append(r.bare, tidy(html.UnescapeString(string(r.words)), titleLimit))
	}
}

// headings are the elements that scripts give names to.
var headings = atoms(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)

// nameByScript adds the names that headings without one have where a script gives them:
// whether it does is not known, but nothing says that it does not.
func (r *pageReader) nameByScript() {
	if r.scripts == 0 {
		return
	}
	for _, text := range r.bare {
		r.addHeading(text)
	}
}

// namesInScript adds the names that stand in the markup which a script writes.
func (r *pageReader) namesInScript(script []byte) {
	const most = 200 // bytes of a name
	for {
		at := bytes.IndexByte(script, '=')
		if at < 0 {
			return
		}
		before := script[:at]
		script = script[at+1:]
		if !bytes.HasSuffix(before, []byte(" id")) && !bytes.HasSuffix(before, []byte(" name")) {
			continue
		}
		value := bytes.TrimPrefix(script, []byte(`\`))
		if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			continue
		}
		value = value[1:min(len(value), most)]
		if end := bytes.IndexAny(value, `"'\<>`); end > 0 {
			r.anchors[html.UnescapeString(string(value[:end]))] = true
		}
	}
}

// name notes the names that a fragment can lead to.
func (r *pageReader) name(tag atom.Atom, attrs *attributes) {
	if r.anchors == nil || r.mute == atom.Template {
		return
	}
	if id := attrs.id; id != "" {
		r.anchors[id] = true
	}
	if name := attrs.name; name != "" && (tag == atom.A || tag == atom.Map) {
		r.anchors[name] = true
	}
}

// meta notes what a page says of itself. A refresh for browsers without script is
// not for ours to follow.
func (r *pageReader) meta(attrs *attributes) {
	switch {
	case strings.EqualFold(attrs.name, "robots"):
		r.noindex = r.noindex || strings.Contains(strings.ToLower(attrs.content), "noindex")
	case strings.EqualFold(attrs.equiv, "refresh") && r.mute == 0 && r.refresh == nil:
		r.refresh = parseRefresh(attrs.content)
	}
}

// takeText reads what stands between tags. What is only counted is counted raw:
// taking a text out of the tokenizer copies it.
func (r *pageReader) takeText() {
	raw := r.tokens.Raw()
	switch {
	case r.mute == atom.Title && !r.titled:
		r.title, r.titled = tidy(string(r.tokens.Text()), titleLimit), true
	case r.mute == atom.Script && r.counts:
		r.script += len(raw)
		r.leads = r.leads || sendsAway(raw)
		if r.anchors != nil {
			r.namesInScript(raw)
		}
	case r.mute == atom.Script:
		r.data += len(raw)
	case r.mute == 0:
		if r.visible < enoughText {
			r.stamp(raw)
		}
		r.visible += len(bytes.TrimSpace(raw))
		if r.level != 0 && len(r.words) < 4*titleLimit {
			r.words = append(r.words, raw...)
		}
		if r.headed && len(r.heading) < 4*titleLimit {
			r.heading += html.UnescapeString(string(raw))
		}
	}
}

const printBands = 8

// stamp adds the words of a text to the fingerprint: of each band, the smallest hash
// of a word stays. Words that come and go change few of the bands.
func (d *document) stamp(raw []byte) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	hash, length := uint64(offset), 0
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && (raw[i]|0x20 >= 'a' && raw[i]|0x20 <= 'z' || raw[i] >= 0x80) {
			hash = (hash ^ uint64(raw[i])) * prime
			length++
			continue
		}
		if length > 3 {
			band := &d.bands[hash%printBands]
			if rest := hash/printBands | 1; *band == 0 || rest < *band {
				*band = rest
			}
		}
		hash, length = offset, 0
	}
}

// fingerprint returns it: two digits for each band; "" where there is no text.
func (d *document) fingerprint() string {
	if d.bands == [printBands]uint64{} {
		return ""
	}
	var b [printBands]byte
	for i, band := range d.bands {
		b[i] = byte(band >> 1)
	}
	return hex.EncodeToString(b[:])
}

// attributes are the attributes of an element that we read.
type attributes struct{ id, name, content, equiv, kind, href string }

// set notes an attribute; the first of a name counts.
func (a *attributes) set(key, value []byte) {
	var field *string
	switch string(key) {
	case "id":
		field = &a.id
	case "name":
		field = &a.name
	case "content":
		field = &a.content
	case "http-equiv":
		field = &a.equiv
	case "type":
		field = &a.kind
	case "href":
		field = &a.href
	default:
		return
	}
	if *field == "" {
		*field = string(value)
	}
}

// appRoots are the ids of the elements that the usual libraries build a page in.
var appRoots = map[string]bool{
	"root": true, "app": true, "__next": true, "__nuxt": true, "__gatsby": true, "q-app": true, "svelte": true, "main-app": true,
}

// muted are the elements whose content is not seen on the page.
var muted = atoms(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Title, atom.Textarea, atom.Iframe)

// blocks are the elements that begin and end a line of text.
var blocks = atoms(
	atom.Address, atom.Button, atom.Caption, atom.Center, atom.Details, atom.Dialog, atom.Fieldset, atom.Form, atom.Hgroup, atom.Legend, atom.Option, atom.Select, atom.Summary,
	atom.Svg, atom.Body, atom.Tbody, atom.Thead, atom.Tfoot, atom.P, atom.Div, atom.Br, atom.Hr, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd,
	atom.Table, atom.Tr, atom.Td, atom.Th, atom.Pre, atom.Blockquote, atom.Figure, atom.Figcaption,
	atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Section, atom.Article, atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Aside,
)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, tag := range list {
		set[tag] = true
	}
	return set
}

// runs tells whether a script of that type is run, and not data.
func runs(scriptType string) bool {
	scriptType = strings.ToLower(scriptType)
	return scriptType == "" || scriptType == "module" || strings.Contains(scriptType, "javascript") || strings.Contains(scriptType, "ecmascript")
}

// sendsAway tells whether a script sets the address of the window, or loads it again
// once it has set a cookie, as walls do.
func sendsAway(script []byte) bool {
	for {
		before, after, found := bytes.Cut(script, []byte("location"))
		if !found {
			return false
		}
		script = after
		if n := len(before); n > 0 && isNamePart(before[n-1]) {
			continue // geolocation
		}
		after = bytes.TrimPrefix(after, []byte(".href"))
		set := bytes.TrimLeft(after, " \t\r\n")
		switch {
		case len(set) > 1 && set[0] == '=' && set[1] != '=',
			bytes.HasPrefix(after, []byte(".replace(")), bytes.HasPrefix(after, []byte(".assign(")),
			bytes.HasPrefix(after, []byte(".reload(")) && bytes.Contains(before, []byte("document.cookie")):
			return true
		}
	}
}

// isNamePart tells whether a byte can stand in a name of a script.
func isNamePart(b byte) bool {
	return b == '_' || b == '$' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9'
}

// parseRefresh reads "0; url=https://example.org/". It returns nil where nothing is
// led to.
func parseRefresh(content string) *refresh {
	at := strings.IndexAny(content, ";, ")
	if at < 0 {
		return nil
	}
	delay, err := strconv.ParseFloat(strings.TrimSpace(content[:at]), 64)
	if err != nil || !(delay >= 0) {
		return nil
	}
	target := strings.TrimLeft(content[at:], ";, \t\n\r\f")
	if len(target) > 3 && strings.EqualFold(target[:3], "url") {
		if rest, found := strings.CutPrefix(strings.TrimSpace(target[3:]), "="); found {
			target = strings.TrimSpace(rest)
		}
	}
	if target = strings.Trim(target, `'" `); target == "" {
		return nil
	}
	return &refresh{delay: delay, target: target}
}

// tidy makes one line of what a server sent: white space folded, control and
// formatting characters gone, so that nothing in it can steer a terminal.
func tidy(s string, limit int) string {
	return ledger.Shorten(strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")), limit)
}
