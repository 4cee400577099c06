package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bookcheck/bookcheck"
)

// The memory is a text file: a heading, then one line a page, sorted, so that a
// person can read it, a repository can hold it, and git can merge it. A line is the
// address, the verdict, the time it was last asked, and fields of the form
// name=value, separated by tabs. Lines are looked up where they stand; only those
// that are asked for are taken apart. A line that cannot be read is dropped.
const (
	memoryTitle   = "# bookcheck memory "
	memoryVersion = "1"
	memoryHeading = memoryTitle + memoryVersion + ": what was learned about pages on the web. Any line may be deleted.\n"
)

// How long an answer is fresh. Alive pages are spread by a fifth either way, so that
// what was learned in one run is not asked again in one.
const (
	aliveFor = 7 * 24 * time.Hour
	deadFor  = time.Hour
)

// A page whose anchors take more than this is asked again when they are wanted.
const anchorLimit = 32 << 10

type memory struct {
	path    string
	lines   []string // as they stand in the file, sorted, without line ends
	damaged int

	mu      sync.Mutex
	learned map[string]string // by address
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
		if number, _, _ := strings.Cut(version, ":"); number != memoryVersion {
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
	lines = slices.CompactFunc(lines, func(a, b string) bool { return keyOf(a) == keyOf(b) })
	return lines, damaged + whole - len(lines), nil
}

func firstLine(src []byte) string {
	line, _, _ := bytes.Cut(src, []byte{'\n'})
	return string(line)
}

func keyOf(line string) string {
	key, _, _ := strings.Cut(line, "\t")
	return key
}

// isEntry tells whether a line has the form of an entry, at the price of a glance.
func isEntry(line string) bool {
	_, err := parseHead(line)
	return err == nil
}

// fresh returns what is remembered of an address, if it is fresh and holds the
// evidence that is wanted.
func (m *memory) fresh(key string, evidence bookcheck.Evidence, now time.Time) (*bookcheck.Page, bool) {
	at, found := slices.BinarySearchFunc(m.lines, key, func(line, key string) int { return strings.Compare(keyOf(line), key) })
	if !found {
		return nil, false
	}
	e, err := parseEntry(m.lines[at])
	if err != nil || evidence&^e.evidence != 0 || !isFresh(key, e.page, now) {
		return nil, false
	}
	e.page.Cached = true
	return e.page, true
}

func isFresh(key string, page *bookcheck.Page, now time.Time) bool {
	age := now.Sub(page.Checked)
	switch {
	case age < 0:
		return false // written by a clock that was wrong
	case page.Verdict == bookcheck.Alive:
		return age < jitter(key, aliveFor)
	case page.Verdict == bookcheck.Dead:
		return age < deadFor
	default:
		return false
	}
}

// jitter changes a time by up to a fifth, always alike for the same address.
func jitter(key string, d time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	share := float64(h.Sum32()) / (1 << 32) // 0 to 1
	return time.Duration(float64(d) * (0.8 + 0.4*share))
}

// learn remembers a page. What is unsure today is no reason to forget what was
// known, and an address with a password in it is not written down.
func (m *memory) learn(key string, page *bookcheck.Page, evidence bookcheck.Evidence) {
	if u, err := url.Parse(key); err != nil || u.User != nil || page.Verdict == bookcheck.Unsure {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.learned[key] = (&entry{key: key, page: page, evidence: evidence}).String()
}

// save writes the memory, if anything is new. Another process may have written it
// in the meantime: what it learned stays.
func (m *memory) save() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.learned) == 0 {
		return nil
	}
	current, err := openMemory(m.path)
	if err != nil {
		return err
	}
	lines := slices.DeleteFunc(current.lines, func(line string) bool { _, newer := m.learned[keyOf(line)]; return newer })
	lines = slices.AppendSeq(lines, maps.Values(m.learned))
	slices.Sort(lines)
	var b bytes.Buffer
	b.WriteString(memoryHeading)
	for _, line := range lines {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	m.lines, m.learned = lines, make(map[string]string)
	return replaceFile(m.path, b.Bytes())
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

// An entry is a line of the memory, taken apart.
type entry struct {
	key      string
	page     *bookcheck.Page
	evidence bookcheck.Evidence // what the page holds
}

// String returns the line. Its fields stand in a fixed order.
func (e *entry) String() string {
	p := e.page
	fields := []string{e.key, p.Verdict.String(), p.Checked.UTC().Format(time.RFC3339)}
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, name+"="+escape(value))
		}
	}
	for _, hop := range p.Hops {
		add("hop", strconv.Itoa(hop.Code)+" "+hop.URL)
	}
	add("moved", p.MovedTo)
	add("reason", p.Reason)
	add("title", p.Title)
	if p.Truncated {
		add("truncated", "yes")
	}
	switch anchors := joinAnchors(p.Anchors); {
	case e.evidence&bookcheck.Anchors == 0 || len(anchors) > anchorLimit:
	case p.Anchors == nil:
		add("anchors", "?")
	default:
		add("anchors", "#"+anchors)
	}
	return strings.Join(fields, "\t")
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
		value, err := unescape(quoted)
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
	case "truncated":
		e.page.Truncated = true
	case "anchors":
		return e.setAnchors(value)
	}
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

// escape keeps a value on its line and in its field, and control characters out of
// the terminal that the file is shown on.
func escape(s string) string {
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// unescape is the inverse of escape.
func unescape(s string) (string, error) { return strconv.Unquote(`"` + s + `"`) }
