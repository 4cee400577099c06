package history

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A memory holds what was found out about phrases, in a file that can be thrown
// away at any time. When a phrase first stood in the text stays true; anything
// else is true of one commit and one text.
type memory struct {
	file    string // "": nowhere
	head    string
	ages    map[uint64]bookcheck.Age
	changed bool
}

// memoryTitle begins the first line of the file, which ends with the commit.
const memoryTitle = "bookcheck history 1 "

// mostAges bounds the file. A run whose book has more keeps its own only.
const mostAges = 50_000

// remember reads what is known in the work tree of a commit. What cannot be read
// is found out again.
func remember(file, head string) *memory {
	m := &memory{file: file, head: head, ages: make(map[uint64]bookcheck.Age)}
	if file == "" {
		return m
	}
	content, err := os.ReadFile(file) //nolint:gosec // the caller's own file
	if err != nil {
		return m
	}
	lines := bufio.NewScanner(bytes.NewReader(content))
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), memoryTitle) {
		return m
	}
	same := lines.Text() == memoryTitle+head
	for lines.Scan() {
		key, age, err := parseAge(lines.Text())
		if err == nil && (same || age.First) {
			m.ages[key] = age
		}
	}
	if len(m.ages) > mostAges {
		clear(m.ages)
	}
	m.changed = !same
	return m
}

// parseAge reads "0123456789abcdef 1690000000 in the text since 2023-07-22".
func parseAge(line string) (key uint64, age bookcheck.Age, err error) {
	fields := strings.SplitN(line, " ", 3)
	if len(fields) < 3 {
		return 0, age, errors.New("not an age")
	}
	key, err = strconv.ParseUint(fields[0], 16, 64)
	if err != nil {
		return 0, age, err
	}
	seconds, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0, age, err
	}
	if seconds != 0 {
		age.Since = time.Unix(seconds, 0).UTC()
	}
	age.Evidence, age.First = fields[2], strings.HasPrefix(fields[2], inText)
	return key, age, nil
}

func (m *memory) empty() bool { return len(m.ages) == 0 }

func (m *memory) find(key uint64) (bookcheck.Age, bool) {
	age, known := m.ages[key]
	return age, known
}

func (m *memory) keep(key uint64, age bookcheck.Age) {
	m.ages[key], m.changed = age, true
}

// save writes what is known, unless nothing changed.
func (m *memory) save() error {
	if m.file == "" || !m.changed {
		return nil
	}
	lines := make([]string, 0, len(m.ages))
	for key, age := range m.ages {
		seconds := int64(0)
		if age.Known() {
			seconds = age.Since.Unix()
		}
		lines = append(lines, fmt.Sprintf("%016x %d %s\n", key, seconds, age.Evidence))
	}
	slices.Sort(lines)
	content := memoryTitle + m.head + "\n" + strings.Join(lines, "")
	if err := os.MkdirAll(filepath.Dir(m.file), 0o750); err != nil {
		return fmt.Errorf("remembering the age of lines: %w", err)
	}
	// Another run may write at the same time: the last one wins, whole.
	temporary, err := os.CreateTemp(filepath.Dir(m.file), filepath.Base(m.file)+".*")
	if err != nil {
		return fmt.Errorf("remembering the age of lines: %w", err)
	}
	_, err = temporary.WriteString(content)
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), m.file)
	}
	if err != nil {
		_ = os.Remove(temporary.Name()) // it is of no use to anybody
		return fmt.Errorf("remembering the age of lines: %w", withoutPath(err))
	}
	m.changed = false
	return nil
}

// withoutPath leaves out the name of a file that nobody chose.
func withoutPath(err error) error {
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		return wrong.Err
	}
	return err
}
