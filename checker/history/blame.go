package history

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// mostRanges bounds the length of a command line. A file with more ranges is
// asked about as a whole.
const mostRanges = 400

// rangesOf returns the lines that some spans stand on, without overlaps, in the
// order of the text.
func rangesOf(chapter *bookcheck.Chapter, spans []bookcheck.Span) []lineRange {
	all := make([]lineRange, len(spans))
	for i, span := range spans {
		all[i] = linesOf(chapter, span)
	}
	slices.SortFunc(all, func(a, b lineRange) int { return a.first - b.first })
	merged := all[:0]
	for _, r := range all {
		if n := len(merged); n > 0 && r.first <= merged[n-1].last+1 {
			merged[n-1].last = max(merged[n-1].last, r.last)
			continue
		}
		merged = append(merged, r)
	}
	if len(merged) > mostRanges {
		return []lineRange{{merged[0].first, merged[len(merged)-1].last}}
	}
	return merged
}

// blame returns when some lines of a chapter were last changed, by all commits,
// those of merged branches too: what counts is when a line was written, not when
// it arrived. The text comes from memory, so that lines are those that were read.
func (r repository) blame(ctx context.Context, chapter *bookcheck.Chapter, ranges []lineRange) (lines, error) {
	args := []string{"blame", "--porcelain", "-w", "-M", "--no-textconv", "--no-progress", "--ignore-revs-file="} // none of the configuration
	if r.commit == "" {
		args = append(args, "--contents=-")
	}
	if r.ignored != "" {
		args = append(args, "--ignore-revs-file="+r.ignored)
	}
	for _, lines := range ranges {
		args = append(args, fmt.Sprintf("-L%d,%d", lines.first, lines.last))
	}
	if r.commit != "" {
		args = append(args, r.commit)
	}
	output, err := r.run(ctx, bytes.NewReader(chapter.Source), append(args, "--", chapter.Path)...)
	if err != nil {
		if isNew(err) {
			return nil, errors.New(uncommitted)
		}
		return nil, err
	}
	return parseBlame(output, r.shallow), nil
}

// isNew tells whether blame failed because no commit has the file.
func isNew(err error) bool {
	return strings.Contains(err.Error(), "no such path") || strings.Contains(err.Error(), "no such ref") ||
		strings.Contains(err.Error(), "bad revision 'HEAD'")
}

// parseBlame reads what git blame --porcelain prints: for each line a header with
// the commit and the number of the line, facts about the commit where it is new,
// and the line itself behind a tab.
func parseBlame(output []byte, shallowClone bool) lines {
	found := make(lines)
	commits := make(map[string]line)
	commit, number := "", 0
	input := bufio.NewScanner(bytes.NewReader(output))
	input.Buffer(nil, len(output)+1)
	for input.Scan() {
		text := input.Text()
		if strings.HasPrefix(text, "\t") {
			found[number] = commits[commit]
			commit = ""
			continue
		}
		key, value, _ := strings.Cut(text, " ")
		if commit == "" {
			commit, number = key, lineNumber(value)
			if _, known := commits[commit]; !known && strings.Trim(commit, "0") == "" {
				commits[commit] = line{reason: uncommitted}
			}
			continue
		}
		about := commits[commit]
		switch {
		case about.reason != "":
		case key == "author-time":
			if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
				about.since = time.Unix(seconds, 0).UTC()
			}
		case key == "boundary" && shallowClone:
			about = line{reason: shallow}
		}
		commits[commit] = about
	}
	return found
}

// lineNumber reads the second number of "ORIGINAL FINAL COUNT".
func lineNumber(numbers string) int {
	fields := strings.Fields(numbers)
	if len(fields) < 2 {
		return 0
	}
	n, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0
	}
	return n
}
