package report

import (
	"cmp"
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// longDescription is what GitHub takes of a description, in characters.
const longDescription = 1024

// ruleDescriptor describes a rule by its documentation.
func ruleDescriptor(rule *bookcheck.Rule) sarifDescriptor {
	body := documentBody(rule)
	return sarifDescriptor{
		ID:               rule.Name,
		Name:             ruleName(rule),
		ShortDescription: sarifText{Text: description(rule.Summary())},
		FullDescription:  sarifText{Text: description(cmp.Or(firstParagraph(body), rule.Summary()))},
		Help:             sarifText{Text: plain(body), Markdown: body},
		HelpURI:          helpURI(rule),
		DefaultConfiguration: &sarifConfiguration{
			Enabled: rule.Severity != bookcheck.Off,
			Level:   cmp.Or(rule.Severity, bookcheck.Note).String(),
		},
		Properties: &sarifRuleProperties{
			Tags:            tags(rule),
			Precision:       precision(rule),
			ProblemSeverity: problemSeverity(rule.Severity),
		},
	}
}

// helpURI returns the address of a rule's page.
func helpURI(rule *bookcheck.Rule) string {
	return documentation + escapePath(strings.ReplaceAll(rule.Name, "-", "")) + "/doc.md"
}

// ruleName returns a name that differs from the rule's id in more than case, as
// readers want it to.
func ruleName(rule *bookcheck.Rule) string {
	if !strings.Contains(rule.Name, "-") {
		return pascal(rule.Name) + "Rule"
	}
	return pascal(rule.Name)
}

// pascal turns "dead-url" into "DeadUrl".
func pascal(name string) string {
	var out strings.Builder
	for word := range strings.SplitSeq(name, "-") {
		out.WriteString(capital(word))
	}
	return out.String()
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// description makes a sentence of plain text.
func description(text string) string {
	text = strings.TrimRight(inlineText(clean(text)), ".!? ")
	if text == "" {
		return "A rule without a description."
	}
	if runes := []rune(text); len(runes) >= longDescription {
		text = strings.TrimRight(string(runes[:longDescription-2]), " ") + "…"
	}
	return capital(text) + "."
}

func tags(rule *bookcheck.Rule) []string {
	tags := []string{"documentation"}
	if rule.Needs&bookcheck.Web != 0 {
		tags = append(tags, "links", "network")
	}
	if rule.Needs&bookcheck.History != 0 {
		tags = append(tags, "history")
	}
	return tags
}

// precision says how much of what a rule reports is true: what follows from the
// text alone is certain, a page can come back, and prose is read by guess.
func precision(rule *bookcheck.Rule) string {
	switch {
	case rule.Needs&(bookcheck.History|bookcheck.Text) != 0:
		return "medium"
	case rule.Needs != 0:
		return "high"
	default:
		return "very-high"
	}
}

func problemSeverity(severity bookcheck.Severity) string {
	switch severity {
	case bookcheck.Error, bookcheck.Warning:
		return severity.String()
	default:
		return "recommendation"
	}
}

// documentBody returns a rule's page for a reader of a report: without its title,
// the tests in it, and HTML, and with the way to accept a finding at its end.
func documentBody(rule *bookcheck.Rule) string {
	_, body, _ := strings.Cut(rule.Doc, "\n")
	var out strings.Builder
	for line, kind := range markdownLines(body) {
		line = wants.ReplaceAllString(line, "")
		if kind == prose {
			line = markup.ReplaceAllStringFunc(line, dropTag)
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return foldBlank(out.String()) + "\n\n## To accept a finding\n\nWrite before the block, or on the same line, why it may stay:\n\n" +
		"```markdown\n<!-- bookcheck:allow " + rule.Name + ": the reason -->\n```\n"
}

var (
	// wants matches the expectations that make a page's examples its tests.
	wants = regexp.MustCompile(`[ \t]*<!-- want .*?-->`)
	// markup matches HTML, and code so that HTML inside it is left alone.
	markup = regexp.MustCompile("``.+?``|`[^`]+`|<!--.*?--> ?|</?[A-Za-z][A-Za-z0-9-]*(?:[ \\t][^<>]*)?/?>")
)

func dropTag(text string) string {
	if strings.HasPrefix(text, "`") {
		return text
	}
	return ""
}

// A lineKind says what a line of Markdown is.
type lineKind int

const (
	prose lineKind = iota
	code           // in a fenced block
	fence          // that opens or closes one
)

// markdownLines yields the lines of a Markdown text.
func markdownLines(text string) iter.Seq2[string, lineKind] {
	return func(yield func(string, lineKind) bool) {
		open := ""
		for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
			mark := fenceMark.FindString(strings.TrimLeft(line, " "))
			kind := prose
			switch {
			case open == "" && mark != "":
				open, kind = mark, fence
			case open != "" && len(mark) >= len(open) && mark[0] == open[0] && strings.TrimSpace(line) == mark:
				open, kind = "", fence
			case open != "":
				kind = code
			}
			if !yield(line, kind) {
				return
			}
		}
	}
}

var fenceMark = regexp.MustCompile("^(?:`{3,}|~{3,})")

// firstParagraph returns the first lines of running text.
func firstParagraph(body string) string {
	var lines []string
	for line, kind := range markdownLines(body) {
		text := strings.TrimSpace(line)
		if kind == prose && text != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, text)
		} else if len(lines) > 0 {
			break
		}
	}
	return strings.Join(lines, " ")
}

// plain writes Markdown as plain text: headings without marks, code indented.
func plain(body string) string {
	var out strings.Builder
	for line, kind := range markdownLines(body) {
		switch {
		case kind == fence:
			continue
		case kind == prose:
			line = inlineText(strings.TrimLeft(line, "# "))
		case line != "":
			line = tab + line
		}
		out.WriteString(line + "\n")
	}
	return foldBlank(out.String())
}

// inlineText takes the marks of links, code and strong emphasis off a line.
func inlineText(line string) string {
	return inline.ReplaceAllStringFunc(line, func(text string) string {
		switch m := inline.FindStringSubmatch(text); text[0] {
		case '`':
			return strings.TrimSpace(strings.Trim(text, "`"))
		case '*':
			return ""
		default:
			return m[1]
		}
	})
}

var inline = regexp.MustCompile("``.+?``|`[^`]+`|\\*\\*|!?\\[([^\\[\\]]*)\\]\\([^()]*\\)")

func foldBlank(text string) string {
	return strings.Trim(blankLines.ReplaceAllString(text, "\n\n"), "\n ")
}

var blankLines = regexp.MustCompile(`\n{3,}`)

var noticeIDs = [...]string{
	noticeFault:      "fault",
	noticeIncomplete: "incomplete-run",
	noticeUnsure:     "not-judged",
	noticeCut:        "results-left-out",
}

// notices describes the runtime notices.
func notices() []sarifDescriptor {
	texts := [...]struct{ short, full string }{
		noticeFault: {
			"Something could not be done.",
			"A file could not be read or a rule failed, so its findings are missing. The message says what to do about it.",
		},
		noticeIncomplete: {
			"The run did not look at everything.",
			"A rule did not see all that it needs, so a finding that is absent may still be there. Do not let such a report replace a complete one.",
		},
		noticeUnsure: {
			"Some pages could not be judged.",
			"The web did not give an answer that tells whether these pages are there. They are neither dead nor alive, and nothing is reported about them.",
		},
		noticeCut: {
			"There were more findings than a report may hold.",
			"The least severe findings were left out. Repair what is reported, or see all of them in the text or JSON output.",
		},
	}
	all := make([]sarifDescriptor, len(texts))
	for i, text := range texts {
		all[i] = sarifDescriptor{
			ID:               noticeIDs[i],
			Name:             pascal(noticeIDs[i]) + "Notice",
			ShortDescription: sarifText{Text: text.short},
			FullDescription:  sarifText{Text: text.full},
			Help:             sarifText{Text: text.full, Markdown: text.full},
			HelpURI:          homepage,
		}
	}
	return all
}
