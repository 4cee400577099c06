package ledger

import (
	"slices"
	"strings"
)

// A Memory is a ledger that lasts as long as the process. Nothing in it is fresh, so
// that a second run reads every page again: tests tell by it what the first one left.
type Memory struct {
	pages  map[string]*Page
	claims map[string]*Claim // by source and ID
}

// NewMemory returns a memory of nothing.
func NewMemory() *Memory {
	return &Memory{pages: make(map[string]*Page), claims: make(map[string]*Claim)}
}

// Address returns the address itself.
func (m *Memory) Address(url string) string { return url }

// Page returns what is kept of a page; nil: nothing.
func (m *Memory) Page(url string) *Page { return m.pages[url] }

// Claim returns what is kept of a claim, by its first source; nil: nothing.
func (m *Memory) Claim(url, id string) *Claim { return m.claims[ClaimKey(url, id)] }

// Claims returns what is kept of all claims with a first source.
func (m *Memory) Claims(url string) []*Claim {
	var claims []*Claim
	for _, claim := range m.claims {
		if claim.Sources[0].URL == url {
			claims = append(claims, claim)
		}
	}
	slices.SortFunc(claims, func(a, b *Claim) int { return strings.Compare(a.ID, b.ID) })
	return claims
}

// IsFresh is false.
func (m *Memory) IsFresh(*Page) bool { return false }

// KeepPage keeps what is known of a page.
func (m *Memory) KeepPage(page *Page) { m.pages[page.URL] = page }

// KeepClaim keeps a judgement.
func (m *Memory) KeepClaim(claim *Claim) { m.claims[ClaimKey(claim.Sources[0].URL, claim.ID)] = claim }

// Forget drops the claims that are gone.
func (m *Memory) Forget(gone func(*Claim) bool) {
	for key, claim := range m.claims {
		if gone(claim) {
			delete(m.claims, key)
		}
	}
}
