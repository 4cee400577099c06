package bookcheck

import (
	"context"
	"time"
)

// A Chronicler knows what a book was before, from version control. Paths are
// slash-separated, from the top of the file system. What cannot be known, because
// there is no version control, is empty.
type Chronicler interface {
	// Changed returns the files that the last commit has otherwise than the disk,
	// those that are gone included. It is not ok where there is no commit.
	Changed(ctx context.Context) (files []string, ok bool)
	// Old returns a file as the last commit has it, and whether it has it.
	Old(ctx context.Context, path string) ([]byte, bool)
	// Moves returns the files that were renamed or deleted, latest first.
	Moves(ctx context.Context) []Move
	// Rewrites returns the lines of a file that gave way to others, latest first;
	// with an empty path those of any file that a text came to or went from.
	Rewrites(ctx context.Context, path, text string) []Rewrite
}

// A Move is a change of a file's name.
type Move struct {
	From, To string    // To is empty for a file that was deleted
	Date     time.Time // zero: not committed yet
}

// A Rewrite is a run of lines that gave way to another.
type Rewrite struct {
	Old, New []string
	Date     time.Time // zero: not committed yet
}

// A Past is what version control knows about what a link once led to.
type Past struct {
	Event string // "renamed to waves.md on 2024-05-03"
	Now   string // what the link would have to say today; "" if that is not known
}
