package fetch

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

func TestPageText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ src, want string }{
		"blocks are lines":                   {"<h1>One</h1><p>Two <b>three</b></p><div>Four</div>five", "One\nTwo three\nFour\nfive"},
		"a number in pieces":                 {"1<span>,</span>000<wbr>,000 &#49;0", "1,000,000 10"},
		"blanks that group digits":           {"150&nbsp;000 and 150&#8239;000&nbsp;people", "150\u00a0000 and 150\u202f000 people"},
		"what has no width":                  {"1&shy;2 to\u200bkens", "12 tokens"},
		"powers":                             {"10<sup>9</sup> m<sup>2</sup> 10<sup>-3</sup> 10<sup>n</sup>", "10^9 m^2 10^-3 10^n"},
		"ordinals and marks":                 {"1<sup>st</sup> 2<sup> nd</sup> LLaMA<sup>TM</sup>", "1st 2 nd LLaMATM"},
		"indices":                            {"H<sub>2</sub>O log<sub>2</sub> 10<sub>2</sub>", "H2O log2 10_2"},
		"notes":                              {"in 2019<sup><a href=#1>3</a></sup> and 7B<sup>[<a>4</a>]</sup> now", "in 2019 [3] and 7B[4] now"},
		"rows of a table":                    {"<table><caption>Models</caption><tr><th>Name<th>Size</tr><tr><td><p>Falcon</p><td><p>40<br>B</table>x", "Models\nName | Size\nFalcon | 40 B\nx"},
		"a table that lays out":              {"<table><tr><td>Menu<td>" + strings.Repeat("long text ", 70) + "</table>", "Menu\n" + strings.TrimSpace(strings.Repeat("long text ", 70))},
		"a table in a table":                 {"<table><tr><td>Left<td><table><tr><td>a<td>1</table><td>Right</table>", "Left\na | 1\nRight"},
		"list items":                         {"<ul><li>7B<li>13B</ul>", "7B\n13B"},
		"breaks in prose":                    {"It has seven<br>billion parameters,<br>7 layers.<br>Next", "It has seven billion parameters, 7 layers.\nNext"},
		"breaks in a list":                   {"Size: 7B<br>Tokens: 1T", "Size: 7B\nTokens: 1T"},
		"preformatted":                       {"<pre>a  b\nc</pre>d", "a b\nc\nd"},
		"not seen":                           {"a<script>1</script><style>2</style><noscript>3</noscript><template>4</template><!-- 5 -->b", "ab"},
		"not seen at once":                   {"It has <span style='display: none'>secretly</span> seven<div hidden>A tab<div>7B</div></div> tokens", "It has seven tokens\nsecretly\nA tab\n7B"},
		"hidden and never closed":            {"<main><div hidden>A<section>B</main><p>C", "C\nA\nB"},
		"hidden rows stay":                   {"<p hidden>a<p>b", "a\nb"},
		"images":                             {"<img alt='A chart: 40 %'>after<img alt=''>", "A chart: 40 % after"},
		"formulas of Wikipedia":              {`about <span style="display: none"><math alttext="{\displaystyle 10^{9}}"><mn>10</mn></math></span><img alt="{\displaystyle 10^{9}}"> FLOPs`, "about 10^9 FLOPs\n10^9"},
		"formulas of KaTeX":                  {`<span class="katex"><span class="katex-mathml"><math><mn>1</mn><annotation encoding="application/x-tex">1.4\times 10^{12}</annotation></math></span><span class="katex-html" aria-hidden="true">1.41012</span></span> tokens`, "1.4× 10^12 tokens"},
		"formulas without a source":          {"<math><mi>x</mi><mo>=</mo><mn>5</mn></math>, and", "x=5, and"},
		"elements that a layout keeps apart": {"<span>Parameters</span><span>7B</span> <a>Home</a><a>About</a>", "Parameters 7B Home About"},
		"a word in pieces":                   {"<b>F</b>alcon GPT<span>-4</span>", "Falcon GPT-4"},
		"never closed":                       {"<table><tr><td>a<td>b<p>c <b", "a | b c"},
	} {
		got, cut, imprint := readPage([]byte(c.src), "text/html")
		if got != c.want || cut || imprint == nil {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ mediaType, src, want string }{
		"paragraphs":     {"text/plain", "A line that was broken to fit the width of\nsome screen.\n\nAnother.\nShort\nlines\n", "A line that was broken to fit the width of some screen.\nAnother.\nShort\nlines"},
		"lists":          {"text/plain", "- an item that is as long as those that are broken\n- another\n1. one\n", "- an item that is as long as those that are broken\n- another\n1. one"},
		"Markdown":       {"text/markdown", "# A *title*\n\nIt has **7 billion** parameters, see\n[the paper](https://a.org/x(y) \"t\") [1] and `code`.\n\n| a | 2 * 3 |\n> said\n", "A title\nIt has 7 billion parameters, see\nthe paper [1] and code.\n| a | 2 * 3 |\nsaid"},
		"HTML in it":     {"text/markdown", "<p align=center><img alt=Logo></p>\nText<br>more 10<sup>9</sup>\n", "Logo\nText more 10^9"},
		"JSON":           {"application/json", `{"name": "Falcon", "sizes": [7, 40.5], "of": {"open": true}, "none": null}`, "name: Falcon\nsizes: \n7\n40.5\nof: \nopen: true\nnone:"},
		"JSON, cut off":  {"application/ld+json", `{"a": 1, "b": [2, `, "a: 1\nb: \n2"},
		"no JSON at all": {"application/json", `oops 7`, "oops 7"},
		"a feed":         {"application/rss+xml", `<rss><item><title>One</title><description>Two &amp; 3</description></item></rss>`, "Two & 3"},
	} {
		got, _, _ := readPlain([]byte(c.src), c.mediaType)
		if got = strings.TrimSpace(got); got != strings.TrimSpace(c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestImprint(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		src  string
		want bookcheck.Imprint
	}{
		"a paper": {
			`<title>[1706.03762] Attention</title><meta name="citation_title" content="Attention Is All You Need"><meta name="citation_author" content="Vaswani, Ashish">
			<meta name="citation_author" content="Shazeer, Noam"><meta name="citation_date" content="2017/06/12"><meta name="citation_online_date" content="2023/08/02"><meta name="citation_doi" content="10.1000/182">`,
			bookcheck.Imprint{Title: "Attention Is All You Need", Authors: []string{"Vaswani, Ashish", "Shazeer, Noam"}, Published: date(2017, 6, 12), DOI: "10.1000/182"},
		},
		"Dublin Core": {
			`<meta name="DC.title" content="A"><meta name="DC.Creator" content="B C"><meta name="DC.date" content="2019"><meta name="dc.identifier" content="doi:10.1/x">`,
			bookcheck.Imprint{Title: "A", Authors: []string{"B C"}, Published: date(2019, 1, 1), DOI: "10.1/x"},
		},
		"a blog": {
			`<title>My Post About Llamas | The Blog</title><meta property="article:published_time" content="2023-07-18T09:00:00+02:00"><meta property="article:author" content="https://facebook.com/x"><meta name="author" content="Jo Roe">`,
			bookcheck.Imprint{Title: "My Post About Llamas", Authors: []string{"Jo Roe"}, Published: date(2023, 7, 18)},
		},
		"JSON-LD": {
			`<meta property="og:title" content="Shared"><script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Site"}, {"@type": ["NewsArticle"], "headline": "The Headline", "datePublished": "2022-03-04", "author": [{"name": "A B"}, "C D"]}]}</script>`,
			bookcheck.Imprint{Title: "The Headline", Authors: []string{"A B", "C D"}, Published: date(2022, 3, 4)},
		},
		"the site is named": {
			`<title>Llama 2 - Meta AI</title><meta property="og:site_name" content="Meta AI">`, bookcheck.Imprint{Title: "Llama 2"},
		},
		"no site at all":  {`<title>BERT - Pre-training of Deep Bidirectional Transformers</title>`, bookcheck.Imprint{Title: "BERT - Pre-training of Deep Bidirectional Transformers"}},
		"only a heading":  {`<h1>The <i>heading</i></h1><h1>Not this</h1><time datetime="2020-02-03">Feb 3</time>`, bookcheck.Imprint{Title: "The heading", Published: date(2020, 2, 3)}},
		"broken JSON":     {`<title>T</title><script type="application/ld+json">{"@type": "Article", "headline": </script>`, bookcheck.Imprint{Title: "T"}},
		"deep JSON":       {`<title>T</title><script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 1000) + `1` + strings.Repeat(`]}`, 1000) + `</script>`, bookcheck.Imprint{Title: "T"}},
		"a day of no use": {`<meta name="date" content="yesterday"><meta name="pubdate" content="0001-01-01">`, bookcheck.Imprint{}},
	} {
		_, _, got := readPage([]byte(c.src), "text/html")
		c.want.Kind = "html"
		if fmt.Sprint(*got) != fmt.Sprint(c.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, *got, c.want)
		}
	}
}

func TestDayOf(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"2023-07-18": "2023-07-18", "2023/7/8": "2023-07-08", "20230718": "2023-07-18", "2023-07": "2023-07-01", "2023": "2023-01-01", "2023-07-18T10:00:00Z": "2023-07-18",
		"2023-07-18 10:00:00": "2023-07-18", "July 18, 2023": "2023-07-18", "18 Jul 2023": "2023-07-18", "Tue, 18 Jul 2023 10:00:00 GMT": "", "Oct 4, 2021": "2021-10-04",
		"2023-07-18 10:00 +0200": "2023-07-18", "": "", "soon": "", "18/07/2023": "", "9999": "", "2023-13-01": "",
	} {
		got := ""
		if day := dayOf(said); !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// hostilePages would take quadratic time, or all memory, if read naively.
func hostilePages() map[string]string {
	const n = 30_000
	return map[string]string{
		"tables":  strings.Repeat("<table><tr><td>a<td>b", n),
		"rows":    "<table>" + strings.Repeat("<tr><td>a<td>b", n),
		"cells":   "<table><tr>" + strings.Repeat("<td>a", n),
		"hidden":  strings.Repeat("<div hidden>a", n) + strings.Repeat("</section>", n),
		"sups":    strings.Repeat("1<sup>2", n),
		"math":    strings.Repeat("<math><annotation encoding=tex>\\x", n),
		"pre":     strings.Repeat("<pre>\n", n),
		"h1":      strings.Repeat("<h1>a", n),
		"authors": strings.Repeat("<meta name=citation_author content='"+strings.Repeat("a", 30)+"'>", n),
		"linked":  strings.Repeat(`<script type="application/ld+json">[[[[[[[[</script>`, n/4),
		"spans":   strings.Repeat("<span>a</span>", n),
	}
}

func TestHostilePages(t *testing.T) {
	t.Parallel()
	for name, src := range hostilePages() {
		start := time.Now()
		text, _, _ := readPage([]byte(src), "text/html")
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(src), took)
		}
		if len(text) > textLimit+longestRow {
			t.Errorf("%s: %d bytes of text", name, len(text))
		}
	}
}

func FuzzText(f *testing.F) {
	for _, src := range hostilePages() {
		f.Add("text/html", src[:200])
	}
	f.Add("text/html", `<p>10<sup>9</sup><div hidden>x</div><table><tr><td>1<td>2</table><math alttext="\frac"><script type="application/ld+json">{"@type":"Article","author":["x"]}</script>`)
	f.Add("text/markdown", "# A\n[b](c) *d*\n")
	f.Add("application/json", `{"a":[1,{"b":null}]}`)
	f.Add("application/pdf", "%PDF-1.4\n1 0 obj <</Pages 2 0 R>> trailer <</Root 1 0 R>>")
	f.Fuzz(func(t *testing.T, contentType, src string) {
		d := readString(contentType, src)
		for line := range strings.SplitSeq(d.text, "\n") {
			if isHTML(mediaTypeOf(contentType)) && (line != strings.TrimSpace(line) || line == "" && d.text != "") {
				t.Errorf("the line %q of %q", line, d.text)
			}
		}
		if strings.ToValidUTF8(d.text, "?") != d.text {
			t.Errorf("not UTF-8: %q", d.text)
		}
		if i := d.imprint; i != nil && (len(i.Authors) > mostAuthors || strings.ContainsFunc(i.Title+i.DOI, unicode.IsControl)) {
			t.Errorf("imprint %+v", i)
		}
	})
}

// pages are real ones where there are some: of Python's and Go's packages.
func pages(tb testing.TB) [][]byte {
	tb.Helper()
	var list [][]byte
	for _, folder := range filepath.SplitList(os.Getenv("BOOKCHECK_PAGES")) {
		names, err := filepath.Glob(filepath.Join(folder, "*.html"))
		if err != nil {
			tb.Fatal(err)
		}
		for _, name := range names {
			src, err := os.ReadFile(filepath.Clean(name))
			if err != nil {
				tb.Fatal(err)
			}
			list = append(list, src)
		}
	}
	if list == nil {
		list = [][]byte{[]byte("<!doctype html><title>A page</title>" + strings.Repeat(`<h2 id="s1">Section</h2><p class="x">Some <a href="/y">text</a> of a page, 10<sup>9</sup>, of the usual length.</p><table><tr><td>a<td>1</table>`, 200))}
	}
	return list
}

// BenchmarkText reads the pages in the folders of BOOKCHECK_PAGES, or one of its own.
func BenchmarkText(b *testing.B) {
	list := pages(b)
	var size int64
	for _, src := range list {
		size += int64(len(src))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	var worst time.Duration
	for b.Loop() {
		for _, src := range list {
			start := time.Now()
			readPage(src, "text/html")
			worst = max(worst, time.Since(start))
		}
	}
	b.ReportMetric(float64(len(list)*b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(worst.Seconds()*1000, "worst-ms")
}

func TestPlainJSONOrder(t *testing.T) {
	t.Parallel()
	src, err := json.Marshal(map[string]any{"a": []any{[]any{}, map[string]any{}, "x\ny"}, "b": 1e21})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := plainJSON(src), "a: \nx y\nb: 1e+21\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
