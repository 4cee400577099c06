package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// The parts of a job page in bytes. GitHub drops the summary of a step that is
// longer than a mebibyte, the whole of it.
const (
	roomDead     = 200_000
	roomFindings = 550_000
	roomUnjudged = 100_000
)

// Summary writes Markdown for the page of a CI job: how the run ended, the findings
// by rule and by file, dead pages, and what could not be judged.
func Summary(w io.Writer, r *bookcheck.Result, style Style) error {
	p := &jobPage{result: r, style: style, found: live(r)}
	verdict, details := headline(r)
	p.printf("## bookcheck: %s\n\n", markdown(verdict))
	for _, d := range details {
		if len(d.Items) == 0 {
			p.printf("%s.\n\n", markdown(d.Text))
			continue
		}
		p.printf("%s\n\n", markdown(d.Text))
		for _, item := range d.Items {
			p.printf("- %s\n", markdown(item))
		}
		p.printf("\n")
	}
	p.faults()
	p.rules()
	p.deadPages()
	p.findings()
	p.unjudged()
	_, err := io.WriteString(w, p.String())
	return err
}

// A detail is a line below the verdict, with the indented ones that follow it.
type detail struct {
	Text  string
	Items []string
}

// headline says how a run ended, in the words that text has below its findings: the
// verdict, and the rest.
func headline(r *bookcheck.Result) (verdict string, details []detail) {
	var out strings.Builder
	t := newTerminal(&out, Style{})
	t.summary(r)
	_ = t.out.Flush() // it cannot fail
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	verdict, rest, _ := strings.Cut(lines[0], "; ")
	if rest != "" {
		details = []detail{{Text: rest}}
	}
	for _, line := range lines[1:] {
		item, isItem := strings.CutPrefix(line, "  ")
		if last := len(details) - 1; isItem && last >= 0 {
			details[last].Items = append(details[last].Items, item)
		} else {
			details = append(details, detail{Text: line})
		}
	}
	return verdict, details
}

// A jobPage is Markdown in the making.
type jobPage struct {
	strings.Builder

	result *bookcheck.Result
	style  Style
	found  []*bookcheck.Diagnostic
}

func (p *jobPage) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

func (p *jobPage) faults() {
	if len(p.result.Faults) == 0 {
		return
	}
	p.printf("### What could not be done\n\n")
	all := newRation(roomUnjudged)
	for _, fault := range p.result.Faults {
		all.add("- " + p.faultPlace(fault) + markdown(fault.Message) + "\n")
	}
	p.printf("%s\n", all.text("fault", "faults"))
}

func (p *jobPage) faultPlace(fault bookcheck.Fault) string {
	if fault.Path == "" {
		return ""
	}
	text := fault.Path
	if fault.Line > 0 {
		text += ":" + strconv.Itoa(fault.Line)
	}
	return p.link(fault.Path, fault.Line, fault.Line, text) + ": "
}

// rules writes how often each rule found something.
func (p *jobPage) rules() {
	if len(p.found) == 0 {
		return
	}
	p.printf("| Rule | Errors | Warnings | Notes | With a fix |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, row := range byRule(p.found) {
		p.printf("| [%s](%s) | %d | %d | %d | %d |\n", markdown(row.rule.Name), helpURI(row.rule), row.errors, row.warnings, row.notes, row.fixable)
	}
	p.printf("\n")
}

// A ruleCount is what one rule found.
type ruleCount struct {
	rule *bookcheck.Rule
	tally
}

// byRule counts findings by rule: what weighs most first.
func byRule(found []*bookcheck.Diagnostic) []*ruleCount {
	counts := make(map[*bookcheck.Rule]*ruleCount)
	for _, d := range found {
		if counts[d.Rule] == nil {
			counts[d.Rule] = &ruleCount{rule: d.Rule}
		}
		counts[d.Rule].add(d)
	}
	return slices.SortedFunc(maps.Values(counts), func(a, b *ruleCount) int {
		return cmp.Or(b.errors-a.errors, b.warnings-a.warnings, b.notes-a.notes, strings.Compare(a.rule.Name, b.rule.Name))
	})
}

// deadPages writes the pages that are gone, each once, with where it is linked.
func (p *jobPage) deadPages() {
	gone := deadPages(p.result, p.found)
	if len(gone) == 0 {
		return
	}
	p.printf("### Dead URLs\n\n| URL | What was seen | Where | Cure |\n| --- | --- | --- | --- |\n")
	rows := newRation(roomDead)
	for _, g := range gone {
		places := make([]string, 0, 3)
		for _, d := range g.places[:min(len(g.places), 3)] {
			places = append(places, p.place(d, d.Chapter.Path+":"+strconv.Itoa(d.Chapter.Position(d.Span.Start).Line)))
		}
		if more := len(g.places) - len(places); more > 0 {
			places = append(places, fmt.Sprintf("%d more", more))
		}
		cure := ""
		if fixes := g.places[0].Fixes; len(fixes) > 0 {
			cure = markdown(describe(fixes[0]))
		}
		rows.add(fmt.Sprintf("| %s | %s | %s | %s |\n", address(g.url), markdown(g.reason), strings.Join(places, ", "), cure))
	}
	p.printf("%s\n", rows.text("URL", "URLs"))
}

// A deadPage is one that is gone, and the findings that say so.
type deadPage struct {
	url, reason string
	places      []*bookcheck.Diagnostic
}

// deadPages returns the dead pages that findings are about, in their order.
func deadPages(r *bookcheck.Result, found []*bookcheck.Diagnostic) []*deadPage {
	var all []*deadPage
	byURL := make(map[string]*deadPage)
	for _, d := range found {
		page := r.Pages[d.Subject]
		if page == nil || page.Verdict != bookcheck.Dead {
			continue
		}
		g := byURL[d.Subject]
		if g == nil {
			g = &deadPage{url: d.Subject, reason: page.Reason}
			byURL[d.Subject] = g
			all = append(all, g)
		}
		g.places = append(g.places, d)
	}
	return all
}

func (p *jobPage) findings() {
	if len(p.found) == 0 {
		return
	}
	p.printf("### Findings\n")
	rows := newRation(roomFindings)
	var last *bookcheck.Chapter
	for _, d := range p.found {
		heading := ""
		if d.Chapter != last {
			heading, last = "\n**"+markdown(d.Chapter.Path)+"**\n\n", d.Chapter
		}
		at := d.Chapter.Position(d.Span.Start)
		rows.add(fmt.Sprintf("%s- %s **%s** %s: %s\n", heading,
			p.place(d, fmt.Sprintf("%d:%d", at.Line, at.Column)), d.Severity, markdown(d.Rule.Name), markdown(d.Message)))
	}
	p.printf("%s\n", rows.text("finding", "findings"))
}

// unjudged names the pages that could not be judged, and says why.
func (p *jobPage) unjudged() {
	groups := unjudged(p.result)
	if len(groups) == 0 {
		return
	}
	n := 0
	for _, g := range groups {
		n += len(g.urls)
	}
	p.printf("<details>\n<summary>%s that could not be judged</summary>\n\n", amount(n, "URL", "URLs"))
	list := newRation(roomUnjudged)
	for _, g := range groups {
		for _, url := range g.urls {
			list.add(fmt.Sprintf("- %s: %s %s\n", markdown(string(g.doubt)), address(bookcheck.Mask(url)), markdown(whyUnsure(p.result.Pages[url]))))
		}
	}
	p.printf("%s\n</details>\n", list.text("URL", "URLs"))
}

// A hostCount is what became of the pages of one host.
type hostCount struct {
	host string
	census
}

// byHost counts verdicts by host: most dead pages first, then most that could not
// be judged.
func byHost(r *bookcheck.Result) []hostCount {
	pages := make(map[string]map[string]*bookcheck.Page)
	for name, page := range r.Pages {
		host := hostOf(name)
		if pages[host] == nil {
			pages[host] = make(map[string]*bookcheck.Page)
		}
		pages[host][name] = page
	}
	counts := make([]hostCount, 0, len(pages))
	for host, pages := range pages {
		counts = append(counts, hostCount{host, verdicts(&bookcheck.Result{Pages: pages})})
	}
	slices.SortFunc(counts, func(a, b hostCount) int {
		return cmp.Or(b.dead-a.dead, b.unsure-a.unsure, b.alive-a.alive, strings.Compare(a.host, b.host))
	})
	return counts
}

// hostOf returns the host of an address; the address itself if it names none.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// place writes where a finding stands, as a link if there is a page of it.
func (p *jobPage) place(d *bookcheck.Diagnostic, text string) string {
	span := trimEnd(d.Chapter.Source, d.Span)
	return p.link(d.Chapter.Path, d.Chapter.Position(span.Start).Line, d.Chapter.Position(span.End).Line, text)
}

func (p *jobPage) link(file string, first, last int, text string) string {
	to := p.style.source(file, first, last)
	if to == "" {
		return markdown(text)
	}
	return "[" + markdown(text) + "](" + to + ")"
}

// source returns the address of lines of a file on the web, or "". A first line of
// 0 stands for the whole file. Without plain=1, GitHub shows Markdown as a page and
// forgets the line.
func (s *Style) source(file string, first, last int) string {
	if s.Blob == "" {
		return ""
	}
	lines := ""
	if first > 0 {
		lines = "#L" + strconv.Itoa(first)
	}
	if last > first {
		lines += "-L" + strconv.Itoa(last)
	}
	return encode(strings.TrimSuffix(s.Blob, "/"), func(b byte) bool {
		return '!' <= b && b <= '~' && strings.IndexByte("()<>[]`|\\\"'", b) < 0
	}) + "/" + escapePath(file) + "?plain=1" + lines
}

// A ration is rows of a page until there is no room for more.
type ration struct {
	rows strings.Builder
	room int
	left int // rows that found no room
}

func newRation(room int) *ration { return &ration{room: room} }

func (r *ration) add(row string) {
	if r.left > 0 || len(row) > r.room {
		r.left++
		return
	}
	r.room -= len(row)
	r.rows.WriteString(row)
}

// text returns the rows, and says what was left out.
func (r *ration) text(one, many string) string {
	if r.left == 0 {
		return r.rows.String()
	}
	return r.rows.String() + fmt.Sprintf("\nThere is no room for %s: the page of a job must be short. Other formats hold all.\n",
		amount(r.left, "more "+one, "more "+many))
}

// markdown writes text so that Markdown shows it as it is. An address becomes code,
// so that nothing makes a link of it; names after @ and numbers after # are no
// longer for GitHub to notify anybody of.
func markdown(text string) string {
	words := strings.Split(clean(text), " ")
	for i, word := range words {
		if at := max(strings.Index(word, "http://"), strings.Index(word, "https://")); at >= 0 {
			words[i] = plainMarkdown.Replace(word[:at]) + address(word[at:])
		} else {
			words[i] = plainMarkdown.Replace(word)
		}
	}
	return strings.Join(words, " ")
}

var plainMarkdown = func() *strings.Replacer {
	var pairs []string
	for _, mark := range "\\`*_[]<>~$&|" {
		pairs = append(pairs, string(mark), "\\"+string(mark))
	}
	return strings.NewReplacer(append(pairs, "@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.")...)
}()

// address writes a URL or a host as Markdown's code, also inside a table.
func address(text string) string {
	text = strings.ReplaceAll(clean(text), "|", "%7C")
	if text == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}
