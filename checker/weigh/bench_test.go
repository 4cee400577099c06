package weigh_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// repeated returns texts one after the other, up to a size.
func repeated(size int, texts ...string) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(texts[i%len(texts)])
		b.WriteString("\n\n")
	}
	return b.String()
}

// shapes are pages of the sizes that are met, and some that nobody writes.
func shapes(t testing.TB) map[string]string {
	t.Helper()
	var texts []string
	for _, tr := range readTriples(t, "tuned.txt") {
		texts = append(texts, tr.Page)
	}
	const large = 5 << 20
	return map[string]string{
		"article":  repeated(40<<10, texts...),
		"book":     repeated(large, texts...),
		"table":    repeated(large, "Alpha 12.5% 13.1% 88.4%\nBeta 11% 19.2% 71.0%\n"),
		"sentence": strings.Repeat("the trench is 2,550 km long and ", large/32),
		"digits":   strings.Repeat("1234567 ", large/8),
		"words":    distinct(large),
		"letters":  strings.Repeat("a", large),
		"quotes":   strings.Repeat("“we will not change the ", large/26),
		"broken":   strings.Repeat("e\uFFFDcient �ne- tuning\n", large/24),
	}
}

// distinct returns words of which none stands twice.
func distinct(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "w%x ", i*2654435761%(1<<32))
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	for name, text := range shapes(b) {
		b.Run(name, func(b *testing.B) {
			page := &bookcheck.Page{URL: "https://page.test/", Verdict: bookcheck.Alive, Text: text}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				weigh.Read(page)
			}
		})
	}
}

func BenchmarkClaim(b *testing.B) {
	claims := []string{
		"The Mariana Trench is about 1,550 km long.",
		"On the reasoning test the model scored 86.4% against 70.1% for its predecessor.",
		"The team says that \"we will never change the format again\".",
		"Chinchilla outperforms Ottoline Marsh on 12 tasks since 2019.",
	}
	for name, text := range shapes(b) {
		b.Run(name, func(b *testing.B) {
			const address = "https://page.test/"
			page := &bookcheck.Page{URL: address, Verdict: bookcheck.Alive, Text: text}
			texts := map[string]*weigh.Text{address: weigh.Read(page)}
			source := &bookcheck.Source{URL: address, Page: page, Link: new(bookcheck.Link)}
			b.ReportAllocs()
			for b.Loop() {
				for _, claim := range claims {
					weigh.Claim(&bookcheck.Claim{Text: claim}, []*bookcheck.Source{source}, texts)
				}
			}
		})
	}
}
