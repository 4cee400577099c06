package misnamedlink

import (
	"os"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/markdown"
)

func TestNear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		written, meant string
		near           bool
	}{
		{"GPT-NewX-20B", "GPT-NeoX-20B", true},
		{"NemorySanitizer", "memorysanitizer", true},
		{"Trasifex", "transifex", true},
		{"Kuberntes", "kubernetes", true},
		{"Heidi Siebold", "HeidiSeibold", true},
		{"Wave2vec", "wav2vec", true},
		{"Zitatel", "zitadel", true},
		{"GTP-Neo", "GPT-Neo", true}, // two letters swapped are a slip even in an acronym

		{"PostgresSQL", "postgresql", true},
		{"Guardalis", "guardrails", true},

		{"Mockerfile", "dockerfile", false}, // another first letter
		{"AWS SQS/SNS", "aws-snssqs", false},
		{"Import a dashboard", "import-dashboards", false},
		{"GPT-NeoX-20B", "gptneox20b", false}, // the same
		{"Llama 2 7B", "llama-3-7b", false},   // another version
		{"PEP 768", "pep-0768", false},
		{"Container", "containers", false},
		{"Reporting", "reported", false},
		{"Unlicence", "unlicense", false},
		{"Tokeniser", "tokenizer", false},
		{"Tokeniser", "tokenizers", false}, // and a plural
		{"Müller", "mueller", false},
		{"Sjölund", "sjolund", false},
		{"Dan Lorenc", "dlorenc", false},
		{"Joe Gregorio", "jcgregorio", false},
		{"John Smith", "johnqsmith", false},
		{"data URLs", "data-uris", false}, // another acronym
		{"Email", "gmail", false},         // a short word with another first letter
		{"Rest docs", "text-docs", false},
		{"Ollama UI", "ollama-webui", false}, // two letters are left out
		{"C++ Guide", "cpp-guide", false},
		{"Москва", "moskva", false},
		{"Bert", "bart", false}, // too short
	} {
		n, other := newName(c.written), split(c.meant)
		if _, near := n.near([]name{other}); (near && n.sound()) != c.near {
			t.Errorf("%q is near to %q: %v, want %v", c.written, c.meant, near, c.near)
		}
	}
}

// FuzzNear checks that slips are the same in both directions, that nothing is near to
// itself, and that no name or address is too odd to be compared.
func FuzzNear(f *testing.F) {
	f.Add("GPT-NewX 20B", "https://arxiv.org/abs/GPT-NeoX-20B?a=b%20c#d")
	f.Add("Ünï Çode++", "//x.test/%zz/á.b.html")
	f.Add("A", strings.Repeat("/a-b", 3000))
	f.Fuzz(func(t *testing.T, text, address string) {
		n := newName(text)
		if _, near := n.near([]name{n}); near {
			t.Errorf("%q is near to itself", text)
		}
		parts, joined := partsOf(address, len(n.words))
		whole, titles := runs(address, mostWords)
		for _, others := range [][]name{parts, joined, whole, titles} {
			n.near(others)
			for _, other := range others {
				if n.slipped(other) != other.slipped(n) && min(len(n.key), len(other.key)) >= fewestSigns {
					t.Errorf("%q and %q are a slip apart only one way", n.key, other.key)
				}
			}
		}
	})
}

func BenchmarkRun(b *testing.B) {
	source, err := os.ReadFile("../../testdata/bench.md")
	if err != nil {
		b.Fatal(err)
	}
	chapter := markdown.Parse("bench.md", source)
	book := &bookcheck.Book{Chapters: []*bookcheck.Chapter{chapter}}
	pass := &bookcheck.Pass{
		Book: book, Chapter: chapter,
		Report: func(bookcheck.Diagnostic) {},
		Page:   func(*bookcheck.Link) (*bookcheck.Page, bool) { return nil, false },
	}
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if err := run(pass); err != nil {
			b.Fatal(err)
		}
	}
}
