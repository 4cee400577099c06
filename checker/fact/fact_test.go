package fact

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// Each file in testdata is one idea: texts, and below each one the facts in it, as
// a person judged them. UPDATE=1 writes what is read, to be looked at.
func TestRead(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := annotated(string(source))
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			wanted := strings.Split(string(source), "\n")
			for i, line := range strings.Split(got, "\n") {
				if i >= len(wanted) || wanted[i] != line {
					t.Fatalf("line %d: got  %s\nwant %s\nUPDATE=1 go test ./checker/fact writes what is read", i+1, line, wanted[min(i, len(wanted)-1)])
				}
			}
		})
	}
}

// annotated returns the texts of a file with the facts that are read in them.
func annotated(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "\t") {
			continue
		}
		b.WriteString(line)
		if text := strings.TrimSuffix(line, "\n"); !strings.HasPrefix(text, "#") {
			for _, f := range Read(text) {
				fmt.Fprintf(&b, "\t%s\n", onLine(f))
			}
		}
	}
	return b.String()
}

// onLine writes a fact on one line.
func onLine(f bookcheck.Fact) string {
	head := fmt.Sprintf("%q", f.Text)
	switch f.Kind {
	case bookcheck.Amount:
		value := decimal(f.Low)
		if f.Op == bookcheck.Between {
			value += " " + decimal(f.High)
		}
		return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", head, f.Op, value, f.Unit))
	case bookcheck.Day:
		return fmt.Sprintf("%s %s %s", head, f.From.Format("2006-01-02"), f.To.Format("2006-01-02"))
	default:
		return fmt.Sprintf("%s %s %s", head, f.Kind, f.Key)
	}
}

func decimal(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }
