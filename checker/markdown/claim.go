package markdown

import "github.com/bookcheck/bookcheck"

// claimsOf returns the sentences of a chapter that a reader could check or that
// time can make untrue, in the order of the passages.
func claimsOf(chapter *bookcheck.Chapter, passages []*passage) []*bookcheck.Claim {
	return nil
}
