package ruletest

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// An example is a small book and what is to be found in it.
type example struct {
	name    string // where it stands: "doc.md:12", "nested.txtar"
	kind    kind
	files   map[string]string // with the want comments
	web     string
	pages   map[string]string // the text of pages, by address
	before  map[string]string // the text that they had in an earlier run; nil: there was none
	history string
	model   string
}

// A kind says what an example promises.
type kind int

const (
	either      kind = iota // an archive may show both
	reported                // wants something
	notReported             // wants nothing
)

var kinds = map[string]kind{"Reported": reported, "Not reported": notReported}

// with returns a copy of the example to which one more file belongs.
func (e example) with(path, content string) example {
	address, isPage := strings.CutPrefix(path, "page ")
	old, wasPage := strings.CutPrefix(path, "was ")
	switch {
	case path == "web":
		e.web += content
	case path == "history":
		e.history += content
	case path == "model":
		e.model += content
	case isPage:
		e.pages = and(e.pages, address, content)
	case wasPage:
		e.before = and(e.before, old, content)
	default:
		e.files = and(e.files, path, content)
	}
	return e
}

// and returns a copy of a map with one more entry.
func and(texts map[string]string, name, content string) map[string]string {
	all := make(map[string]string, len(texts)+1)
	maps.Copy(all, texts)
	all[name] = content
	return all
}

// readPage returns the examples of a doc.md in the order of the text.
func readPage(text string) ([]example, error) {
	var examples []example
	var page, section example // what belongs to all, and to the section so far
	for block := range blocks(text) {
		if block.heading != "" {
			section = page
			section.kind = kinds[block.heading]
			continue
		}
		switch path := block.path(); {
		case path != "" && section.kind == either:
			page = page.with(path, block.text)
		case path != "":
			section = section.with(path, block.text)
		case block.language == "markdown" && section.kind != either:
			e := section.with("chapter.md", block.text)
			e.name = fmt.Sprintf("doc.md:%d", block.line)
			examples = append(examples, e)
		}
	}
	if !slices.ContainsFunc(examples, func(e example) bool { return e.kind == notReported }) {
		return nil, errors.New("doc.md shows nothing that is not reported")
	}
	return examples, nil
}

// A block is a heading of the second level or a fenced block.
type block struct {
	heading  string
	language string
	info     string // the rest of the opening line
	text     string
	line     int // of the opening fence, from 1
}

var pathInfo = regexp.MustCompile(`\bpath=(\S+)`)

// path returns which file of the example the block holds; "" if it holds none.
func (b block) path() string {
	switch b.language {
	case "web", "history", "model":
		return b.language
	case "page":
		return "page " + b.info
	case "was":
		return "was " + b.info
	}
	if m := pathInfo.FindStringSubmatch(b.info); m != nil {
		return m[1]
	}
	return ""
}

// blocks yields the headings and the fenced blocks of a page. It reads what our
// own pages use: backtick fences at the start of a line.
func blocks(text string) iter.Seq[block] {
	return func(yield func(block) bool) {
		var fence string // that closes the open block; "" outside
		var open block
		number := 0
		for line := range strings.Lines(text) {
			number++
			bare := strings.TrimRight(line, " \r\n")
			switch {
			case fence != "" && bare == fence:
				fence = ""
				if !yield(open) {
					return
				}
			case fence != "":
				open.text += line
			case strings.HasPrefix(bare, "```"):
				info := strings.TrimLeft(bare, "`")
				fence = bare[:len(bare)-len(info)]
				language, rest, _ := strings.Cut(info, " ")
				open = block{language: language, info: rest, line: number}
			case strings.HasPrefix(bare, "## "):
				if !yield(block{heading: strings.TrimPrefix(bare, "## ")}) {
					return
				}
			}
		}
	}
}

// readArchives returns one example for each text archive.
func readArchives(pattern string) ([]example, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	examples := make([]example, 0, len(paths))
	for _, path := range paths {
		text, err := os.ReadFile(path) //nolint:gosec // a file beside the test
		if err != nil {
			return nil, err
		}
		e, err := readArchive(filepath.Base(path), text)
		if err != nil {
			return nil, err
		}
		examples = append(examples, e)
	}
	return examples, nil
}

func readArchive(name string, text []byte) (example, error) {
	archive := txtar.Parse(text)
	if strings.TrimSpace(string(archive.Comment)) == "" {
		return example{}, fmt.Errorf("%s does not open with the idea that it shows", name)
	}
	e := example{name: name}
	for _, file := range archive.Files {
		e = e.with(file.Name, string(file.Data))
	}
	return e, nil
}
