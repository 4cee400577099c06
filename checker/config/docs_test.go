package config_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
)

// TestDocumentation checks that the example of the documentation is understood, and
// that every key in it is explained.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(page)
	all := known()
	all.Rules = append(all.Rules, &bookcheck.Rule{Name: "figure-without-alt"})
	if _, faults := config.Parse(config.Name, example[1], all); len(faults) > 0 {
		t.Error(printed(faults))
	}
	for _, key := range regexp.MustCompile(`(?m)^[a-z-]+`).FindAllString(string(example[1]), -1) {
		if !strings.Contains(string(page), "\n`"+key) {
			t.Errorf("%s is not explained", key)
		}
	}
}
