package myst

import (
	"reflect"
	"strings"
	"testing"
)

func TestScanPython(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source string
		want         options
	}{
		{"literals", `a = "x"; b = 'y'  # comment
n = 3
yes = True
none = None
f = 1.5`, options{"a": "x", "b": "y", "n": 3, "yes": true, "none": nil, "f": unknown{}}},
		{
			"strings", "raw = r'\\d+\\.'\nescaped = \"a\\tb\\d\"\nlong = '''one\ntwo'''\njoined = ('a' 'b'\n   \"c\")\nfmt = f'{x}'\nplain = f'x'\npercent = '%s' % x\n",
			options{"raw": `\d+\.`, "escaped": "a\tb\\d", "long": "one\ntwo", "joined": "abc", "fmt": unknown{}, "plain": "x", "percent": unknown{}},
		},
		{"lists", `extensions = [
    "myst_parser",  # the parser
    'sphinx.ext.' + "todo",
    *more,
    name(1, [2]),
]
extensions += ["b"]
extensions.append("c")
extensions.extend(["d", "e"])
extensions.insert(0, "f")
`, options{"extensions": []any{"myst_parser", "sphinx.ext.todo", unknown{}, unknown{}, "b", "c", "d", "e", "f"}}},
		{
			"mappings", `m = {"a": ("https://x", None), 'b': {"c": 1}, d: 2}` + "\ns = {'x', 'y'}\nempty = {}\nt = (1, 2)\none = ('x')\n",
			options{
				"m": map[string]any{"a": []any{"https://x", nil}, "b": map[string]any{"c": 1}},
				"s": []any{"x", "y"}, "empty": map[string]any{}, "t": []any{1, 2}, "one": "x",
			},
		},
		{"variables", "base = ['a']\nall = base + ['b']\nother = missing + ['b']\n", options{
			"base": []any{"a"}, "all": []any{"a", "b"}, "other": []any{"b", unknown{}},
		}},
		{"conditions", `exclude = ["a"]
if tags.has("x"):
    exclude = ["b"]
    depth = 2
try:
    import foo
    depth = 3
except ImportError:
    pass
`, options{"exclude": []any{"a", "b"}, "depth": unknown{}}},
		{"functions", `x = 1
def setup(app):
    x = 2

    y = 3
class A:
    x: int = 4
z: list[str] = ["a"]
if x == 1:
    pass
`, options{"x": 1, "z": []any{"a"}}},
		{
			"what is computed is unknown", "a = [x for x in y]\nb = os.getcwd()\nc = ['a'] if d else ['b']\ne = 'a'.upper()\ng = not True\n",
			options{"a": []any{unknown{}}, "b": unknown{}, "c": []any{"a", unknown{}}, "e": unknown{}, "g": unknown{}},
		},
		{"parts of a value", "m = {}\nm['a'] = 1\nl = ['x']\nl[0] = y\n", options{"m": unknown{}, "l": []any{"x", unknown{}}}},
		{"what is not Python", "a = [}\n= = =\n))) b = 'x\nc = 'y'\n[[[ \n", options{"a": unknown{}, "c": "y"}},
		{"line ends", "a = [\r\n  'x',\r\n]\r\nb = 'y' \\\r\n  'z'\r\n", options{"a": []any{"x"}, "b": "yz"}},
	} {
		if got := scanPython(c.source); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %#v, want %#v", c.name, got, c.want)
		}
	}
}

// Any bytes are scanned to their end, and no value is longer than what makes it.
func FuzzScanPython(f *testing.F) {
	f.Add("extensions = ['a', *b] + c('x', [1])\ndef f():\n  x = 1\n")
	f.Add("a = b = '''x\n'''\na += a\n#")
	f.Add("x = {'a': [(1,), {2}], **d}\nx['y'] = \\\n 3")
	f.Fuzz(func(_ *testing.T, source string) { scanPython(source) })
}

// Time is in proportion to the size, whatever is left open.
func BenchmarkScanPython(b *testing.B) {
	for name, unit := range map[string]string{
		"lists":    "extensions += ['one', 'two']\n",
		"brackets": "[",
		"strings":  "a = '''x\n",
		"doubled":  "a = 'xxxxxxxxxxx' + a\n",
	} {
		source := strings.Repeat(unit, 100_000/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				scanPython(source)
			}
		})
	}
}
