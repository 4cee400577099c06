package ruletest

import (
	"slices"

	"github.com/bookcheck/bookcheck/checker/ledger"
)

// A memory is what one run leaves to the next. It implements checker.Ledger.
type memory struct {
	pages  map[string]*ledger.Page
	claims map[string]*ledger.Claim // by source and ID
}

func newMemory() *memory {
	return &memory{pages: make(map[string]*ledger.Page), claims: make(map[string]*ledger.Claim)}
}

// Address implements checker.Ledger.
func (m *memory) Address(url string) string { return url }

// Page implements checker.Ledger.
func (m *memory) Page(url string) *ledger.Page { return m.pages[url] }

// Claim implements checker.Ledger.
func (m *memory) Claim(url, id string) *ledger.Claim { return m.claims[ledger.ClaimKey(url, id)] }

// Claims implements checker.Ledger.
func (m *memory) Claims(url string) []*ledger.Claim {
	var claims []*ledger.Claim
	for _, claim := range m.claims {
		if claim.Sources[0].URL == url {
			claims = append(claims, claim)
		}
	}
	slices.SortFunc(claims, func(a, b *ledger.Claim) int { return slices.Compare([]byte(a.ID), []byte(b.ID)) })
	return claims
}

// IsFresh implements checker.Ledger. Between two runs lie months.
func (m *memory) IsFresh(*ledger.Page) bool { return false }

// KeepPage implements checker.Ledger.
func (m *memory) KeepPage(page *ledger.Page) { m.pages[page.URL] = page }

// KeepClaim implements checker.Ledger.
func (m *memory) KeepClaim(claim *ledger.Claim) {
	m.claims[ledger.ClaimKey(claim.Sources[0].URL, claim.ID)] = claim
}

// Forget implements checker.Ledger. Nothing is forgotten between two runs over one book.
func (m *memory) Forget(func(*ledger.Claim) bool) {}
