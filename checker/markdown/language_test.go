package markdown

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// A chapter in a language that nobody taught has no claims, whatever numbers, names
// and English words are in it; one in English keeps them beside foreign words.
func TestForeignChapters(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "languages", "pages.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		claims := listClaims(Parse(file.Name, file.Data))
		english := filepath.Dir(file.Name) == "en"
		if english != (claims != "") {
			t.Errorf("%s has the claims\n%s", file.Name, claims)
		}
	}
}

// A passage that is left to translate, or quoted, has no claims in a chapter that
// has. A list of names before it does not make a chapter foreign.
func TestForeignPassages(t *testing.T) {
	const english = "The parser is currently the only one of its kind that is able to read all of the files in the archive.\n\n"
	chapter := strings.Repeat("Ada Lovelace, Alan Turing, Grace Hopper\n\n", 40) + strings.Repeat("The words of a text are read in the order that they are in.\n\n", 20)
	for _, foreign := range []string{
		"Por ejemplo, podría desear extender una distribución con uno o dos paquetes mucho más recientes de Testing, Unstable o Experimental.",
		"Man kann zum Beispiel eine Distribution um einige neuere Pakete erweitern, etwa aus Testing, aus Unstable oder sogar aus Experimental.",
		"Il arrive en effet assez souvent que l'on souhaite ajouter quelques paquets plus récents, venus de Testing, Unstable ou Experimental.",
	} {
		got := listClaims(Parse("a.md", []byte(chapter+english+foreign+"\n")))
		if !strings.Contains(got, "currently") || strings.Contains(got, "Experimental") {
			t.Errorf("%s: the claims are\n%s", foreign, got)
		}
	}
}
