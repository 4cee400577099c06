package markdown

import (
	"slices"
	"testing"
)

func TestExtended(t *testing.T) {
	for _, c := range []struct{ extensions, changes, want []string }{
		{nil, nil, DefaultExtensions},
		{[]string{"linkify"}, []string{"amsmath", "linkify"}, []string{"linkify", "amsmath"}},
		{[]string{"linkify", "deflist"}, []string{"-linkify", "-fieldlist"}, []string{"deflist"}},
		{[]string{}, []string{"-linkify"}, []string{}},
	} {
		if got := Extended(c.extensions, c.changes); !slices.Equal(got, c.want) {
			t.Errorf("Extended(%q, %q) = %q, want %q", c.extensions, c.changes, got, c.want)
		}
	}
	for _, name := range DefaultExtensions {
		if !slices.Contains(Extensions, name) {
			t.Errorf("the default extension %s is not known", name)
		}
	}
}
