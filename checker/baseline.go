package checker

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A Baseline are the findings that a book had when somebody began to check it:
// what is in it is not reported. It holds no line numbers, follows files that move,
// and only ever shrinks.
type Baseline []Entry

// An Entry is what a baseline knows of equal findings in one file.
type Entry struct {
	Rule        string `json:"rule"`
	Path        string `json:"path"` // slash-separated
	Fingerprint string `json:"fingerprint"`
	Count       int    `json:"count"`
	Subject     string `json:"subject,omitempty"` // for people
}

// baselineHead opens the file: what follows is one entry a line, and every line of
// an entry begins with a comma, so that two branches that remove different ones
// merge.
const baselineHead = `[{"bookcheck":"baseline","version":1}`

// NewBaseline returns the findings of a result that nobody accepts.
func NewBaseline(r *bookcheck.Result) Baseline {
	entries := make(map[Spot]*Entry)
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Allowed != nil {
			continue
		}
		spot := Spot{d.Chapter.Path, d.Fingerprint()}
		if entries[spot] == nil {
			entries[spot] = &Entry{Rule: d.Rule.Name, Path: spot.Path, Fingerprint: spot.Fingerprint, Subject: d.Subject}
		}
		entries[spot].Count++
	}
	b := make(Baseline, 0, len(entries))
	for _, entry := range entries {
		b = append(b, *entry)
	}
	b.sort()
	return b
}

func (b Baseline) sort() {
	slices.SortFunc(b, func(x, y Entry) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(x.Rule, y.Rule), strings.Compare(x.Subject, y.Subject), strings.Compare(x.Fingerprint, y.Fingerprint))
	})
}

// ParseBaseline reads a file whose paths start in a folder.
func ParseBaseline(text []byte, dir string) (Baseline, error) {
	var lines []json.RawMessage
	if err := json.Unmarshal(text, &lines); err != nil {
		return nil, fmt.Errorf("not a baseline: %w", err)
	}
	var head struct {
		Bookcheck string `json:"bookcheck"`
		Version   int    `json:"version"`
	}
	if len(lines) == 0 || json.Unmarshal(lines[0], &head) != nil || head.Bookcheck != "baseline" {
		return nil, fmt.Errorf("not a baseline: it does not begin with %s", baselineHead)
	}
	if head.Version != 1 {
		return nil, fmt.Errorf("a baseline of version %d; this bookcheck knows version 1", head.Version)
	}
	b := make(Baseline, 0, len(lines)-1)
	for i, line := range lines[1:] {
		var entry Entry
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&entry)
		if err == nil && (entry.Rule == "" || entry.Path == "" || entry.Fingerprint == "" || entry.Count < 1) {
			err = fmt.Errorf("rule, path, fingerprint and count must be there: %s", line)
		}
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
		entry.Path = path.Join(dir, entry.Path)
		b = append(b, entry)
	}
	return b, nil
}

// Text returns the file, with paths that start in a folder. What lies outside of
// it is left out.
func (b Baseline) Text(dir string) ([]byte, error) {
	b = slices.Clone(b)
	b.sort()
	var text bytes.Buffer
	text.WriteString(baselineHead + "\n")
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, entry := range b {
		if !under(entry.Path, dir) {
			continue
		}
		if dir != "." {
			entry.Path = strings.TrimPrefix(entry.Path, dir+"/")
		}
		text.WriteByte(',')
		if err := encoder.Encode(entry); err != nil { // ends the line
			return nil, err
		}
	}
	text.WriteString("]\n")
	return text.Bytes(), nil
}

// Known returns the findings of the baseline.
func (b Baseline) Known() Known {
	known := make(Known, len(b))
	for _, entry := range b {
		known[Spot{entry.Path, entry.Fingerprint}] += entry.Count
	}
	return known
}

// Prune returns the baseline without what was not found again, though it was
// looked for, and with the files where they are now. Stale is how many findings
// are gone.
func (b Baseline) Prune(r *bookcheck.Result, left Known, moved map[Spot]Spot) (pruned Baseline, stale int) {
	judged := judged(r)
	counts := make(map[Spot]*Entry)
	add := func(entry Entry, spot Spot, n int) {
		if counts[spot] == nil {
			entry.Path, entry.Count = spot.Path, 0
			counts[spot] = &entry
		}
		counts[spot].Count += n
	}
	for _, entry := range b {
		spot := Spot{entry.Path, entry.Fingerprint}
		keep := entry.Count
		if gone := min(left[spot], keep); gone > 0 && judged(entry) {
			keep -= gone
			stale += gone
		}
		if to, hasMoved := moved[spot]; hasMoved && keep > 0 {
			add(entry, to, keep)
		} else if keep > 0 {
			add(entry, spot, keep)
		}
	}
	for _, entry := range counts {
		pruned = append(pruned, *entry)
	}
	pruned.sort()
	return pruned, stale
}

// judged returns what tells whether a run would have found the findings of an
// entry again.
func judged(r *bookcheck.Result) func(Entry) bool {
	looked := make(map[string]bool, len(r.Reported))
	for _, chapter := range r.Reported {
		looked[chapter.Path] = true
	}
	return func(entry Entry) bool {
		if !looked[entry.Path] {
			return !r.Book.Files[entry.Path]
		}
		at := slices.IndexFunc(r.Rules, func(rule *bookcheck.Rule) bool { return rule.Name == entry.Rule })
		return at < 0 || r.Rules[at].Needs&bookcheck.Web == 0 || r.Complete && !r.Stats.Offline
	}
}
