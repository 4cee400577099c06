package checker

import (
	"fmt"
	"slices"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// The names under which the driver itself reports about what authors accept.
const (
	unusedAllow  = "unused-allow"
	expiredAllow = "expired-allow"
	unknownAllow = "unknown-allow"
)

// isDriver tells whether a rule is one that the driver reports under.
func isDriver(name string) bool {
	return name == unusedAllow || name == expiredAllow || name == unknownAllow
}

// settle applies what the author of the chapter accepts, and reports what cannot
// be applied. What the driver itself reports can be accepted in its turn.
func (j *job) settle() {
	used := make(map[*bookcheck.Allow]bool)
	j.accept(j.found, used)
	before := len(j.found)
	for _, allow := range j.chapter.Allows {
		if !isDriver(allow.Rule) {
			j.judge(allow, used[allow])
		}
	}
	j.accept(j.found[before:], used)
	for _, allow := range j.chapter.Allows {
		if isDriver(allow.Rule) {
			j.judge(allow, used[allow])
		}
	}
}

// accept marks the findings that an author accepts, and the decisions that accept
// something.
func (j *job) accept(found []bookcheck.Diagnostic, used map[*bookcheck.Allow]bool) {
	for i := range found {
		d := &found[i]
		for _, allow := range j.chapter.Allows {
			if allow.Rule == d.Rule.Name && allow.Fault == "" && !j.expired(allow) && covers(allow.Scope, d.Span) {
				d.Allowed = allow
				used[allow] = true
				break
			}
		}
	}
}

// covers tells whether a finding begins in a scope. One at the end of the file
// may be empty.
func covers(scope, found bookcheck.Span) bool {
	return scope.Start <= found.Start && (found.Start < scope.End || found.Start == scope.End && found.Len() == 0)
}

// expired tells whether the last day of a decision has passed.
func (j *job) expired(allow *bookcheck.Allow) bool {
	return !allow.Until.IsZero() && !j.Now.UTC().Before(allow.Until.AddDate(0, 0, 1))
}

// judge reports a decision that cannot be understood, that has ended, or that
// accepts nothing.
func (j *job) judge(allow *bookcheck.Allow, used bool) {
	at := slices.IndexFunc(j.Rules, func(r *bookcheck.Rule) bool { return r.Name == allow.Rule })
	switch {
	case allow.Fault != "":
		j.complain(unknownAllow, allow, "not understood: "+allow.Fault)
	case at < 0:
		j.complain(unknownAllow, allow, j.unknown(allow.Rule))
	case j.expired(allow):
		j.complain(expiredAllow, allow, fmt.Sprintf("the permission for %s ended on %s", allow.Rule, allow.Until.Format(time.DateOnly)))
	case !used && j.looked(j.Rules[at], allow.Scope):
		j.complain(unusedAllow, allow, fmt.Sprintf("the permission for %s accepts nothing", allow.Rule))
	}
}

func (j *job) unknown(name string) string {
	message := fmt.Sprintf("no rule is called %q", name)
	names := make([]string, len(j.Rules))
	for i, rule := range j.Rules {
		names[i] = rule.Name
	}
	if meant := near.New(names).Find(name); len(meant) > 0 {
		message += fmt.Sprintf("; did you mean %q?", meant[0])
	}
	return message
}

// complain reports a decision under one of the driver's own rules, if that is on.
func (j *job) complain(name string, allow *bookcheck.Allow, message string) {
	for _, rule := range j.book.rules {
		if rule.Name == name && j.book.runs(rule, j.chapter) {
			j.report(rule, j.book.config.Rules[name].Severity, bookcheck.Diagnostic{
				Span: allow.Span, Message: message, Subject: allow.Rule,
			})
		}
	}
}

// looked tells whether a rule saw all that it needs to know in a scope, so that its
// silence means something.
func (j *job) looked(rule *bookcheck.Rule, scope bookcheck.Span) bool {
	if !j.book.runs(rule, j.chapter) || rule.Needs&bookcheck.History != 0 && j.Historian == nil {
		return false
	}
	for _, link := range j.chapter.Links {
		if asks(rule, link) && covers(scope, link.Span) {
			if page, ok := j.page(j.book, link); !ok || page.Verdict == bookcheck.Unsure {
				return false
			}
		}
	}
	return true
}
