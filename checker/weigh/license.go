package weigh

import "github.com/bookcheck/bookcheck"

// license looks for a license by its identifier.
func (q *query) license(i int) finding {
	f := &q.facts[i]
	var other int32 = -1
	several := false
	for _, j := range q.page.kinds[licenses] {
		g := &q.page.facts[j]
		if isSameLicense(f.Key, g.Key) {
			p := q.place(i, q.page.clause(j), j)
			return q.report(bookcheck.Found, &p)
		}
		several = several || other >= 0 && q.page.facts[other].Key != g.Key
		other = j
	}
	if p := q.licenseWords(i); p != nil {
		return q.report(bookcheck.Found, p)
	}
	if other < 0 {
		return finding{find: bookcheck.Absent}
	}
	p := q.place(i, q.page.clause(other), other)
	if several || p.score < confident || !q.subjectKnown(i, &p) || !q.namesKnown(&p) || q.namesAnother(&p) || q.isFormer(&p) {
		return q.report(bookcheck.Absent, &p)
	}
	return q.report(bookcheck.Clash, &p)
}

// isSameLicense tells whether two identifiers name the same license; the version may
// be missing from one.
func isSameLicense(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(b) > len(a) && b[:len(a)] == a && b[len(a)] == '-'
}

// licenseWords returns the place where a sentence about a license has the name of one.
func (q *query) licenseWords(i int) *place {
	from, to := q.span(i)
	license, known := q.page.stems[stem("license")]
	if !known || from == to || q.roots[from] < 0 {
		return nil
	}
	for number, s := range q.page.sentences {
		at, about := int32(-1), false
		for n := s.from; n < s.to; n++ {
			root := q.page.root(q.page.tokens[n])
			about = about || root == license
			if root == q.roots[from] {
				at = n
			}
		}
		if about && at >= 0 {
			p := q.place(i, clause{sentence: number, from: s.from, to: s.to, at: at, end: at + 1}, -1)
			return &p
		}
	}
	return nil
}
