package bookcheck_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/rules"
)

const module = "github.com/bookcheck/bookcheck"

// imports is who may import whom beside the standard library. Packages of this
// module are written from its top, "." being the vocabulary; a folder that is not
// listed has the permissions of the nearest one above. Arrows point at the
// vocabulary and never back.
var imports = map[string][]string{
	".":                        {},
	"rules":                    {".", "rules/*"},
	"rules/*":                  {"."},
	"rules/ruletest":           {".", "checker", "checker/config", "checker/ledger", "github.com/rogpeppe/go-internal"},
	"report":                   {".", "github.com/clipperhouse/displaywidth"},
	"checker":                  {".", "checker/markdown", "checker/dialect", "checker/dialect/near", "checker/bibtex", "checker/config", "checker/ignore", "checker/parallel", "checker/ledger", "checker/weigh"},
	"checker/bibtex":           {"."},
	"checker/config":           {".", "checker/ignore", "checker/dialect/near", "go.yaml.in/yaml/v3"},
	"checker/dialect":          {".", "checker/dialect/*", "checker/bibtex", "checker/ignore", "checker/markdown", "go.yaml.in/yaml/v3", "github.com/bmatcuk/doublestar/v4"},
	"checker/dialect/site":     {".", "checker/dialect/*", "golang.org/x/text"},
	"checker/dialect/settings": {".", "go.yaml.in/yaml/v3", "github.com/pelletier/go-toml/v2"},
	"checker/fact":             {"."},
	"checker/fetch":            {".", "checker/parallel", "checker/ledger", "checker/fetch/pdf", "checker/fetch/resolver", "github.com/gocolly/colly/v2", "github.com/nlnwa/whatwg-url", "golang.org/x/net", "github.com/andybalholm/brotli", "github.com/klauspost/compress"},
	"checker/fetch/pdf":        {},
	"checker/fetch/resolver":   {"."},
	"checker/history":          {"."},
	"checker/ignore":           {"github.com/bmatcuk/doublestar/v4"},
	"checker/markdown":         {".", "checker/fact", "github.com/yuin/goldmark", "go.yaml.in/yaml/v3", "github.com/pelletier/go-toml/v2", "github.com/clipperhouse/uax29/v2"},
	"checker/model":            {"."},
	"checker/parallel":         {"github.com/sourcegraph/conc"},
	"checker/ledger":           {"."},
	"checker/weigh":            {".", "checker/fact"},
	"cmd":                      {".", "checker", "checker/*", "report", "rules", "github.com/spf13/pflag", "github.com/mattn/go-isatty", "golang.org/x/sys", "github.com/aymanbagabas/go-udiff"},
}

func TestImports(t *testing.T) {
	for file, syntax := range sources(t) {
		folder := path.Dir(file)
		for _, spec := range syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !mayImport(folder, imported) {
				t.Errorf("%s imports %s, which the table in arch_test.go does not allow to %s", file, imported, folder)
			}
		}
	}
}

func mayImport(folder, imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	if imported == module {
		imported = "."
	}
	imported = strings.TrimPrefix(imported, module+"/")
	return slices.ContainsFunc(permissions(folder), func(allowed string) bool {
		parent, anyChild := strings.CutSuffix(allowed, "/*")
		if anyChild {
			return strings.HasPrefix(imported, parent+"/")
		}
		return imported == allowed || strings.Contains(allowed, ".") && strings.HasPrefix(imported, allowed+"/")
	})
}

// permissions returns the row of the table for a folder.
func permissions(folder string) []string {
	if row, listed := imports[folder]; listed {
		return row
	}
	if row, listed := imports[path.Dir(folder)+"/*"]; listed {
		return row
	}
	if folder == "." {
		return nil
	}
	return permissions(path.Dir(folder))
}

func TestGoroutinesStartInOnePlace(t *testing.T) {
	for file, syntax := range sources(t) {
		ast.Inspect(syntax, func(n ast.Node) bool {
			if _, found := n.(*ast.GoStmt); found && path.Dir(file) != "checker/parallel" {
				t.Errorf("%s has a go statement; use parallel.Each", file)
			}
			return true
		})
	}
}

func TestRuleFoldersAreComplete(t *testing.T) {
	all := rules.All()
	if err := bookcheck.Validate(all); err != nil {
		t.Error(err)
	}
	for _, rule := range all {
		folder := strings.ReplaceAll(rule.Name, "-", "")
		for _, name := range []string{folder + ".go", folder + "_test.go", "doc.md"} {
			if _, err := os.Stat(filepath.Join("rules", folder, name)); err != nil {
				t.Errorf("rule %s is not complete: %v", rule.Name, err)
			}
		}
	}
	pages, err := filepath.Glob("rules/*/doc.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != len(all) {
		t.Errorf("%d folders have a doc.md, but %d rules are listed: run go generate ./rules", len(pages), len(all))
	}
}

// sources returns the files of the module that are part of a build, by their path
// from the top. Tests and generators may do what they like.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := make(map[string]*ast.File)
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.IsDir(), !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"):
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if !ignored(syntax) {
			files[filepath.ToSlash(name)] = syntax
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ignored tells whether a file is a program of its own beside the package.
func ignored(syntax *ast.File) bool {
	return slices.ContainsFunc(syntax.Comments, func(c *ast.CommentGroup) bool {
		return c.Pos() < syntax.Package && strings.HasPrefix(c.List[0].Text, "//go:build ignore")
	})
}
