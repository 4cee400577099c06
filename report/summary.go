package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// summary says how a run ended, so that nothing found can be told from nothing
// checked.
func (t *terminal) summary(r *bookcheck.Result) {
	if t.style.Quiet {
		return
	}
	counts := count(r)
	if counts.findings() == 0 {
		t.clean(r, counts)
		return
	}
	parts := []string{fmt.Sprintf("%s (%s) in %d of %s",
		amount(counts.findings(), "finding", "findings"), t.levels(counts), counts.files, amount(r.Stats.Files, "file", "files"))}
	if counts.fixable > 0 {
		parts = append(parts, cures(counts))
	}
	if counts.allowed > 0 {
		parts = append(parts, strconv.Itoa(counts.allowed)+" allowed")
	}
	if r.Stats.Elapsed > 0 {
		parts = append(parts, "took "+duration(r.Stats.Elapsed))
	}
	t.printf("%s\n", strings.Join(parts, "; "))
	t.oldest(r)
	for _, line := range slices.Concat(web(r), weighed(r), troubles(r)) {
		t.printf("%s\n", line)
	}
}

// cures says how many findings have a fix, and what applies it.
func cures(counts tally) string {
	switch counts.safe {
	case 0:
		return fmt.Sprintf("%d with a fix: --fix --unsafe-fixes", counts.fixable)
	case counts.fixable:
		return fmt.Sprintf("%d with a fix: --fix", counts.fixable)
	default:
		return fmt.Sprintf("%d with a fix, %d of them safe: --fix", counts.fixable, counts.safe)
	}
}

// clean writes the summary of a run without findings, on one line.
func (t *terminal) clean(r *bookcheck.Result, counts tally) {
	checked := amount(r.Stats.Files, "file", "files")
	if r.Stats.Links > 0 && !r.Stats.Offline {
		checked += ", " + amount(r.Stats.Links, "web link", "web links")
	}
	parts := []string{checked + ": no findings"}
	if r.Stats.Files == 0 {
		parts[0] = "0 files: nothing was checked"
	}
	if counts.allowed > 0 {
		parts = append(parts, strconv.Itoa(counts.allowed)+" allowed")
	}
	if r.Stats.Offline || verdicts(r).unsure > 0 {
		parts = append(parts, web(r)...)
	}
	parts = append(parts, slices.Concat(weighed(r), troubles(r))...)
	if r.Stats.Elapsed > 0 {
		parts = append(parts, "took "+duration(r.Stats.Elapsed))
	}
	t.printf("%s\n", strings.Join(parts, "; "))
}

func (t *terminal) levels(counts tally) string {
	var levels []string
	for _, level := range []struct {
		n         int
		severity  bookcheck.Severity
		one, many string
	}{
		{counts.errors, bookcheck.Error, "error", "errors"},
		{counts.warnings, bookcheck.Warning, "warning", "warnings"},
		{counts.notes, bookcheck.Note, "note", "notes"},
	} {
		if level.n > 0 {
			levels = append(levels, t.paint(levelColor(level.severity), amount(level.n, level.one, level.many)))
		}
	}
	return strings.Join(levels, ", ")
}

// web says what became of the links to the web: nothing, or one line.
func web(r *bookcheck.Result) []string {
	asked := verdicts(r)
	switch {
	case r.Stats.Offline && r.Stats.Links == 0, !r.Stats.Offline && len(r.Pages) == 0:
		return nil
	case len(r.Pages) == 0:
		return []string{amount(r.Stats.Links, "web link", "web links") + " not checked: offline"}
	}
	parts := []string{fmt.Sprintf("%d alive", asked.alive)}
	if asked.dead > 0 {
		parts = append(parts, fmt.Sprintf("%d dead", asked.dead))
	}
	if asked.unsure > 0 {
		parts = append(parts, fmt.Sprintf("%d not judged (%s)", asked.unsure, asked.doubts))
	}
	if asked.cached > 0 {
		parts = append(parts, fmt.Sprintf("%d from memory", asked.cached))
	}
	line := amount(len(r.Pages), "URL", "URLs") + ": " + strings.Join(parts, ", ")
	if r.Stats.Offline {
		line = "offline, only what was known was judged: " + line
	}
	return []string{line}
}

// troubles says what was left undone. The faults themselves are the command's to
// print.
func troubles(r *bookcheck.Result) []string {
	var lines []string
	if n := len(r.Faults); n > 0 {
		lines = append(lines, amount(n, "fault", "faults")+": not all could be checked")
	}
	if !r.Complete && r.Reason != "" && !r.Stats.Offline {
		lines = append(lines, "incomplete: "+clean(r.Reason))
	}
	return lines
}

// A census counts the pages that were judged.
type census struct {
	alive, dead, unsure, cached int
	doubts                      string // why pages are unsure, most frequent first: "3 blocked, 1 auth"
}

func verdicts(r *bookcheck.Result) census {
	var c census
	doubts := make(map[bookcheck.Doubt]int)
	for _, page := range r.Pages {
		switch page.Verdict {
		case bookcheck.Alive:
			c.alive++
		case bookcheck.Dead:
			c.dead++
		case bookcheck.Unsure:
			c.unsure++
			doubts[cmp.Or(page.Doubt, bookcheck.Undecidable)]++
		}
		if page.Cached {
			c.cached++
		}
	}
	words := slices.SortedFunc(maps.Keys(doubts), func(a, b bookcheck.Doubt) int {
		return cmp.Or(doubts[b]-doubts[a], strings.Compare(string(a), string(b)))
	})
	parts := make([]string, len(words))
	for i, word := range words {
		parts[i] = fmt.Sprintf("%d %s", doubts[word], word)
	}
	c.doubts = clean(strings.Join(parts, ", "))
	return c
}

func amount(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func duration(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
