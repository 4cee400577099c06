package fetch

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

// The memory is a text file: a heading, then one line a page, sorted, so that a
// person can read it, a repository can hold it, and git can merge it. A line is the
// address, the verdict, the time it was last asked, and fields of the form
// name=value, separated by tabs. Lines are looked up where they stand; only those
// that are asked for are taken apart. A line that cannot be read is dropped. Behind
// the line of a page stand those of the claims that cite it; see ledger.go.
const (
	memoryTitle   = "# bookcheck memory "
	memoryVersion = "2" // 1 had no claims, and is read all the same
	memoryHeading = memoryTitle + memoryVersion + ": what was learned about pages on the web. Any line may be deleted.\n"
)

// How long an answer is fresh, and how long an old one stands when nothing newer can
// be had. What is fresh is spread by a fifth either way, so that what was learned in
// one run is not asked again in one.
const (
	day      = 24 * time.Hour
	aliveFor = 7 * day
	deadFor  = time.Hour
	standFor = 30 * day
)

// kinds are the pages that stay fresh for longer, or shorter, than others: the first
// that fits counts.
var kinds = []struct {
	form  *regexp.Regexp
	alive time.Duration
}{
	{regexp.MustCompile(`^https?://(dx\.)?doi\.org/|^https?://(hdl\.handle\.net|purl\.org|w3id\.org)/|^https?://web\.archive\.org/web/\d`), 180 * day},
	{regexp.MustCompile(`^https?://(www\.)?github\.com/[^/]+/[^/]+/(blob|tree|commit|raw)/[0-9a-f]{40}\b|^https?://raw\.githubusercontent\.com/[^/]+/[^/]+/[0-9a-f]{40}/`), 3650 * day},
	{regexp.MustCompile(`^https?://(export\.)?arxiv\.org/(abs|pdf)/`), 90 * day},
	{regexp.MustCompile(`^https?://(docs\.|[^/]*\.readthedocs\.io/|[^/]*\.github\.io/)|^https?://[^/]+/docs?/`), 14 * day},
}

func freshFor(key string) time.Duration {
	for _, kind := range kinds {
		if kind.form.MatchString(key) {
			return kind.alive
		}
	}
	return aliveFor
}

// Trouble becomes a verdict when it was met in so many runs, over so long; runs that
// follow each other sooner than countEvery count once.
const (
	patientRuns = 3
	patientFor  = 72 * time.Hour
	countEvery  = time.Hour
)

// A page whose anchors take more than this is asked again when they are wanted.
const anchorLimit = 32 << 10

type memory struct {
	path    string
	lines   []string // as they stand in the file, sorted, without line ends
	damaged int
	hurried bool // somebody waits for it to be written

	mu      sync.Mutex
	learned map[string]string // since the file was read, by lineKey; "": the line is to go
}

// openMemory reads the file at path. A file that is not there is an empty memory.
func openMemory(path string) (*memory, error) {
	m := &memory{path: path, learned: make(map[string]string)}
	src, err := os.ReadFile(filepath.Clean(path))
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	m.lines, m.damaged, err = parseMemory(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// parseMemory splits a memory into its lines, sorted, and counts those that had to
// be dropped. Its error is about a file that another version wrote.
func parseMemory(src []byte) (lines []string, damaged int, err error) {
	if version, found := strings.CutPrefix(firstLine(src), memoryTitle); found {
		if number, _, _ := strings.Cut(version, ":"); number != memoryVersion && number != "1" {
			return nil, 0, fmt.Errorf("is of version %q, this is version %s", tidy(number, 20), memoryVersion)
		}
	}
	for line := range strings.Lines(string(src)) {
		text, whole := strings.CutSuffix(line, "\n")
		text = strings.TrimSuffix(text, "\r")
		switch {
		case text == "" || strings.HasPrefix(text, memoryTitle):
		case !whole || !isEntry(text):
			damaged++
		default:
			lines = append(lines, text)
		}
	}
	slices.Sort(lines) // in order already, but for a merge
	whole := len(lines)
	lines = newest(lines)
	return lines, damaged + whole - len(lines), nil
}

// newest leaves one line a page, and a claim, the one that was learned last.
func newest(lines []string) []string {
	kept := lines[:0]
	for _, line := range lines {
		last := len(kept) - 1
		switch {
		case last < 0 || lineKey(kept[last]) != lineKey(line):
			kept = append(kept, line)
		case !checkedOf(line).Before(checkedOf(kept[last])):
			kept[last] = line
		}
	}
	return kept
}

// checkedOf returns when a line that is an entry was learned.
func checkedOf(line string) time.Time {
	if day, err := checkKept(line); err == nil {
		return day
	}
	e, err := parseHead(line)
	if err != nil {
		return time.Time{}
	}
	return e.page.Checked
}

func firstLine(src []byte) string {
	line, _, _ := bytes.Cut(src, []byte{'\n'})
	return string(line)
}

// keyOf returns the address that a line is about.
func keyOf(line string) string {
	key, _, _ := strings.Cut(line, "\t")
	return key
}

// lineKey returns what a line is known by: a new one of the same key takes its place.
func lineKey(line string) string { return cmp.Or(ledger.Key(line), keyOf(line)) }

// isEntry tells whether a line has the form of an entry, at the price of a glance.
func isEntry(line string) bool {
	if _, err := checkKept(line); err == nil {
		return true
	}
	_, err := parseHead(line)
	return err == nil
}

// recall returns what is remembered of an address; nil: nothing.
func (m *memory) recall(key string) *entry {
	line, found := m.latest(key)
	if !found {
		var at int
		at, found = slices.BinarySearchFunc(m.lines, key, func(line, key string) int { return strings.Compare(keyOf(line), key) })
		if !found {
			return nil
		}
		line = m.lines[at]
	}
	e, err := parseEntry(line)
	if err != nil {
		return nil
	}
	return e
}

// latest returns the line of a key that was learned since the file was read.
func (m *memory) latest(key string) (line string, found bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	line, found = m.learned[key]
	return line, found
}

// line returns the line of a key of the ledger; "": there is none.
func (m *memory) line(key string) string {
	if line, found := m.latest(key); found {
		return line
	}
	for _, line := range m.linesFrom(key) {
		if lineKey(line) == key {
			return line
		}
	}
	return ""
}

// linesFrom returns the lines that begin with a text.
func (m *memory) linesFrom(start string) []string {
	first, _ := slices.BinarySearch(m.lines, start)
	last := first
	for last < len(m.lines) && strings.HasPrefix(m.lines[last], start) {
		last++
	}
	return m.lines[first:last]
}

// keep has a line written, unless it stands in the file already. An empty one drops
// that of its key.
func (m *memory) keep(key, line string) {
	if m.line(key) == line {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.learned[key] = line
}

// An entry is a line of the memory, taken apart.
type entry struct {
	key      string
	page     *bookcheck.Page
	evidence bookcheck.Evidence // what the page holds

	etag, modified string // what the server knows this version by
	stamp          string // of the text: two that differ in most places are of other texts

	failures                int // runs since the page was last seen
	firstFailed, lastFailed time.Time
}

// isFresh tells whether an entry answers a question without anybody being asked.
func (e *entry) isFresh(evidence bookcheck.Evidence, now time.Time) bool {
	age := now.Sub(e.page.Checked)
	switch {
	case evidence&^e.evidence != 0, age < 0, e.failures > 0: // age < 0: written by a clock that was wrong
		return false
	case e.page.Verdict == bookcheck.Alive:
		return age < jitter(e.key, freshFor(e.key))
	case e.page.Verdict == bookcheck.Dead:
		return age < deadFor
	default:
		return false
	}
}

// stands tells whether an old verdict is better than none.
func (e *entry) stands(now time.Time) bool {
	age := now.Sub(e.page.Checked)
	return e.page.Verdict != bookcheck.Unsure && age >= 0 && age < standFor+freshFor(e.key)
}

// jitter changes a time by up to a fifth, always alike for the same address.
func jitter(key string, d time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	share := float64(h.Sum32()) / (1 << 32) // 0 to 1
	return time.Duration(float64(d) * (0.8 + 0.4*share))
}

// learn remembers what a probe found, and returns the page as it looks in the light
// of what is remembered. An address with a secret in it is not written down.
func (m *memory) learn(p *probe, now time.Time) *bookcheck.Page {
	page := p.page
	if isSecretive(p.start) || m == nil {
		return page
	}
	if page.Verdict != bookcheck.Unsure {
		if page != p.prepared {
			p.line = p.entry().String()
		}
		m.put(p.key, p.line)
		return page
	}
	old := p.known
	if page.Doubt == bookcheck.Transient && !p.ours {
		old = m.fail(p, now)
		if old.failures >= patientRuns && now.Sub(old.firstFailed) >= patientFor {
			gone := *page
			gone.Verdict, gone.Doubt = bookcheck.Dead, ""
			gone.Reason = fmt.Sprintf("was in trouble in each of %d runs since %s: %s", old.failures, old.firstFailed.Format(time.DateOnly), page.Reason)
			return &gone
		}
	}
	if old == nil || !old.stands(now) || p.evidence&^old.evidence != 0 {
		return page
	}
	kept := *old.page
	kept.Cached = true
	kept.Reason = fmt.Sprintf("%s (on %s; now it %s)", old.page.Reason, old.page.Checked.Format(time.DateOnly), page.Reason)
	return &kept
}

// fail counts a failure.
func (m *memory) fail(p *probe, now time.Time) *entry {
	e := p.known
	if e == nil {
		e = p.entry()
		e.page.Hops, e.page.Reason = nil, "" // they differ from one failure to the next
	}
	now = now.UTC().Truncate(time.Second)
	switch {
	case e.failures > 0 && now.Sub(e.lastFailed) < countEvery:
		return e
	case e.failures == 0:
		e.firstFailed = now
	}
	e.failures++
	e.lastFailed = now
	m.put(e.key, e.String())
	return e
}

// prepare makes the line that is to be remembered of a page while others are asked for:
// at the end of a run nobody wants to wait.
func (m *memory) prepare(p *probe, now time.Time) {
	p.page.Checked = now
	p.prepared = p.page
	if m != nil && p.page.Verdict != bookcheck.Unsure {
		p.line = p.entry().String()
	}
}

func (m *memory) put(key, line string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.learned[key] = line
}

// save writes the memory, if anything is new. Another process may have written it
// in the meantime: what it learned stays.
func (m *memory) save() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.learned) == 0 {
		return nil
	}
	if m.hurried && len(m.lines)+len(m.learned) > fewLines {
		return m.append()
	}
	current, err := openMemory(m.path)
	if err != nil {
		return err
	}
	lines := slices.DeleteFunc(current.lines, func(line string) bool { _, newer := m.learned[lineKey(line)]; return newer })
	lines = slices.AppendSeq(lines, maps.Values(m.learned))
	slices.Sort(lines)
	for len(lines) > 0 && lines[0] == "" { // of what is to go
		lines = lines[1:]
	}
	var b bytes.Buffer
	b.WriteString(memoryHeading)
	for _, line := range lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	m.lines, m.learned = lines, make(map[string]string)
	return replaceFile(m.path, b.Bytes())
}

// fewLines is up to how many lines are sorted and written in no time.
const fewLines = 5000

// append writes what is new behind the rest. Of two lines about a page the newer one
// counts, and the next run that learns something puts all in order.
func (m *memory) append() error {
	if err := os.MkdirAll(filepath.Dir(m.path), 0o750); err != nil {
		return err
	}
	file, err := os.OpenFile(m.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if len(m.lines) == 0 {
		b.WriteString(memoryHeading)
	}
	for _, line := range m.learned {
		if line != "" { // what is to go goes when the file is put in order
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	_, err = file.Write(b.Bytes())
	return errors.Join(err, file.Close())
}

// replaceFile writes a file so that it is never seen half written.
func replaceFile(path string, content []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	if _, err := tmp.Write(content); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if old, err := os.Stat(path); err == nil {
		if err := tmp.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// entry returns what is to be remembered of a page.
func (p *probe) entry() *entry {
	page := *p.page
	page.Checked = page.Checked.UTC().Truncate(time.Second)
	return &entry{key: p.key, page: &page, evidence: p.evidence | bookcheck.Status, etag: p.etag, modified: p.modified, stamp: p.stamp}
}

// String returns the line. Its fields stand in a fixed order.
func (e *entry) String() string {
	p := e.page
	var flags []string
	fields := []string{e.key, p.Verdict.String(), p.Checked.UTC().Format(time.RFC3339)}
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, name+"="+ledger.Escape(value))
		}
	}
	for _, hop := range p.Hops {
		add("hop", strconv.Itoa(hop.Code)+" "+withoutSecrets(hop.URL))
	}
	if p.MovedTo == withoutSecrets(p.MovedTo) {
		add("moved", p.MovedTo)
	}
	add("reason", p.Reason)
	add("title", p.Title)
	add("secure", p.Secure)
	add("etag", e.etag)
	add("modified", e.modified)
	add("print", e.stamp)
	add("was", p.Was)
	if e.failures > 0 {
		add("failed", fmt.Sprintf("%d %s %s", e.failures, e.firstFailed.UTC().Format(time.RFC3339), e.lastFailed.UTC().Format(time.RFC3339)))
	}
	add("lines", number(p.Lines))
	add("sheets", number(p.Sheets))
	for name, is := range map[string]*bool{"truncated": &p.Truncated, "scripted": &p.Scripted, "foreign": &p.Foreign, "parked": &p.Parked} {
		if *is {
			flags = append(flags, name)
		}
	}
	slices.Sort(flags)
	add("is", strings.Join(flags, " "))
	switch anchors := joinAnchors(p.Anchors); {
	case e.evidence&bookcheck.Anchors == 0 || len(anchors) > anchorLimit:
	case p.Anchors == nil:
		add("anchors", "?")
	default:
		add("anchors", "#"+anchors)
	}
	if e.evidence&(bookcheck.Metadata|bookcheck.Text) != 0 {
		e.addImprint(add)
	}
	return strings.Join(fields, "\t")
}

// mostRemembered is how many authors of a work are worth a place.
const mostRemembered = 20

// addImprint writes what the page says of itself: its name at least, or that it says
// none.
func (e *entry) addImprint(add func(name, value string)) {
	i := e.page.Imprint
	if i == nil || i.Kind != "html" {
		add("work", "?")
		return
	}
	add("work", "#"+i.Title)
	for _, author := range i.Authors[:min(len(i.Authors), mostRemembered)] {
		add("by", author)
	}
	if !i.Published.IsZero() {
		add("published", i.Published.Format(time.DateOnly))
	}
	add("doi", i.DOI)
}

// setImprint reads one field of what the page says of itself.
func (e *entry) setImprint(name, value string) error {
	if name == "work" {
		e.evidence |= bookcheck.Metadata
		title, found := strings.CutPrefix(value, "#")
		if found {
			e.page.Imprint = &bookcheck.Imprint{Title: tidy(title, 2*titleLimit), Kind: "html"}
		}
		return nil
	}
	i := e.page.Imprint
	if i == nil {
		return errEntry
	}
	switch name {
	case "by":
		if author := tidy(value, titleLimit); author != "" && len(i.Authors) < mostRemembered {
			i.Authors = append(i.Authors, author)
		}
	case "doi":
		i.DOI = tidy(value, titleLimit)
	case "published":
		day, err := time.Parse(time.DateOnly, value)
		if err != nil || day.IsZero() {
			return errEntry
		}
		i.Published = day
	}
	return nil
}

// number writes a number, and 0 as nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func joinAnchors(anchors map[string]bool) string {
	names := make([]string, 0, len(anchors))
	for name := range anchors {
		names = append(names, anchorEscaper.Replace(name))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

var errEntry = errors.New("not an entry")

// parseHead reads what every entry has.
func parseHead(line string) (*entry, error) {
	parts := strings.SplitN(line, "\t", 4)
	if len(parts) < 3 || !strings.HasPrefix(parts[0], "http") || !strings.Contains(parts[0], "://") {
		return nil, errEntry
	}
	e := &entry{key: parts[0], page: &bookcheck.Page{}, evidence: bookcheck.Status}
	switch parts[1] {
	case bookcheck.Alive.String():
		e.page.Verdict = bookcheck.Alive
	case bookcheck.Dead.String():
		e.page.Verdict = bookcheck.Dead
	case bookcheck.Unsure.String():
	default:
		return nil, errEntry
	}
	checked, err := time.Parse(time.RFC3339, parts[2])
	if err != nil {
		return nil, errEntry
	}
	e.page.Checked = checked.UTC()
	return e, nil
}

// parseEntry reads a line.
func parseEntry(line string) (*entry, error) {
	e, err := parseHead(line)
	if err != nil {
		return nil, err
	}
	for _, field := range strings.Split(line, "\t")[3:] {
		name, quoted, _ := strings.Cut(field, "=")
		value, err := ledger.Unescape(quoted)
		if err != nil {
			return nil, errEntry
		}
		if err := e.set(name, value); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// set reads one field. One that this version does not know is left alone.
func (e *entry) set(name, value string) error {
	switch name {
	case "hop":
		number, address, _ := strings.Cut(value, " ")
		code, err := strconv.Atoi(number)
		if err != nil {
			return errEntry
		}
		e.page.Hops = append(e.page.Hops, bookcheck.Hop{URL: address, Code: code})
		e.page.Code = code
	case "moved":
		e.page.MovedTo = value
	case "reason":
		e.page.Reason = tidy(value, reasonLimit)
	case "title":
		e.page.Title = tidy(value, titleLimit)
	case "secure":
		e.page.Secure = tidy(value, reasonLimit)
	case "etag":
		e.etag = value
	case "modified":
		e.modified = value
	case "print":
		e.stamp = value
	case "was":
		e.page.Was = tidy(value, titleLimit)
	case "failed":
		return e.setFailures(value)
	case "lines":
		return setCount(&e.page.Lines, value)
	case "sheets":
		return setCount(&e.page.Sheets, value)
	case "is":
		e.page.Truncated = strings.Contains(value, "truncated")
		e.page.Scripted = strings.Contains(value, "scripted")
		e.page.Foreign = strings.Contains(value, "foreign")
		e.page.Parked = strings.Contains(value, "parked")
	case "anchors":
		return e.setAnchors(value)
	case "work", "by", "published", "doi":
		return e.setImprint(name, value)
	}
	return nil
}

func setCount(count *int, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return errEntry
	}
	*count = n
	return nil
}

func (e *entry) setFailures(value string) error {
	parts := strings.Split(value, " ")
	if len(parts) != 3 {
		return errEntry
	}
	n, err := strconv.Atoi(parts[0])
	if err != nil || n < 1 {
		return errEntry
	}
	first, err := time.Parse(time.RFC3339, parts[1])
	if err != nil {
		return errEntry
	}
	last, err := time.Parse(time.RFC3339, parts[2])
	if err != nil {
		return errEntry
	}
	e.failures, e.firstFailed, e.lastFailed = n, first.UTC(), last.UTC()
	return nil
}

func (e *entry) setAnchors(value string) error {
	e.evidence |= bookcheck.Anchors
	if value == "?" {
		return nil
	}
	list, found := strings.CutPrefix(value, "#")
	if !found {
		return errEntry
	}
	e.page.Anchors = make(map[string]bool)
	for name := range strings.SplitSeq(list, " ") {
		if name != "" {
			e.page.Anchors[anchorUnescaper.Replace(name)] = true
		}
	}
	return nil
}

// Anchors are joined by spaces.
var (
	anchorEscaper   = strings.NewReplacer("%", "%25", " ", "%20")
	anchorUnescaper = strings.NewReplacer("%25", "%", "%20", " ")
)
