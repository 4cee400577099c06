package markdown

import (
	"path/filepath"
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
