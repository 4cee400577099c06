package settings

import (
	"fmt"
	"testing"
)

func TestJS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, want string }{
		{`module.exports = {a: 'b', c: [1, "d", ], e: {f: true}}`, `map[a:b c:[{} d] e:map[f:true]]`},
		{`export default {a: 'b'}`, `map[a:b]`},
		{`import x from 'y'; const config: Config = {a: 'b'}; export default config;`, `map[a:b]`},
		{"const config = {a}\nexport default config", `map[a:{}]`},
		{"export default defineConfig({a: /x[/]y/i, b: process.env.B, c: `d${e}`, f: `g`})", `map[a:x[/]y b:{} c:{} f:g]`},
		{`export default withMermaid(defineConfig({a: 'b'}))`, `map[a:b]`},
		{`export default defineConfig(async ({mode}) => { return {a: 'b'} })`, `map[]`},
		{`const a = {b: 'c'}; module.exports = {...a, ...d, e: () => ({f: 1}), async g() { return {h: 2} }, i: 'j'}`, `map[...:{} async:{} b:c e:{} i:j]`},
		{`/** @type {X} */ const config = { // a: 'b'
			c: /* d */ 'e' as const, f: "g" + h, 'i-j': null, [k]: 'l', m: n ? 'o' : 'p', q: !r,
		} satisfies Config; export default config`, `map[...:l c:e f:{} i-j:<nil> m:{} q:{}]`},
		{"export default {a: `b ${c(`}`)} d`, e: ({f}) => `g${f}`, h: (i: string) => i.j('k'), l: 'm'} satisfies N", `map[a:{} e:{} h:{} l:m]`},
		{`export default {a: {b: {`, `map[a:map[b:map[]]]`},
		{`export default {a: 'b`, `map[a:{}]`},
		{`module.exports = async function () { return {a: 1} }`, `map[]`},
		{`function f() { const config = {z: 1} } const config = {a: 'b'}; module.exports = config`, `map[a:b]`},
	} {
		if got := fmt.Sprint(map[string]any(scanJS(c.source))); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.source, got, c.want)
		}
	}
}

// FuzzJS checks that any text is read to its end.
func FuzzJS(f *testing.F) {
	f.Add("export default defineConfig({a: ['b', /c/, ...d], e() {}, f: `g${h}`})")
	f.Add("const x = [[[[{({[")
	f.Add("export default !!!a/b/*c")
	f.Fuzz(func(_ *testing.T, source string) { scanJS(source) })
}
