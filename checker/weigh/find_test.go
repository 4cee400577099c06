package weigh_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// What a page gives in other words, or as the sum of two of its values.
func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, claim, page string
		fact             string // of the claim
		want             bookcheck.Find
	}{
		{"a number that stands bare is on the page", "The paper has 1,204 citations.", "Cited by 1204. It was downloaded 30,000 times.", "1,204 citations", bookcheck.Elsewhere},
		{"so does one that looks like a year", "A table has up to 2,000 columns.", "The default setting is 2000. You can change it.", "up to 2,000 columns", bookcheck.Elsewhere},
		{"a small number may stand there by chance", "The paper has 12 citations.", "Cited by 9. See page 12.", "12 citations", bookcheck.Absent},
		{"a fraction is a percentage", "Storage grew by 33 % in 2024.", "In 2024, storage grew by a third.", "33 %", bookcheck.Found},
		{"another fraction is another one", "Storage grew by 33 % in 2024.", "In 2024, storage grew by a quarter.", "33 %", bookcheck.Absent},
		{"a share is a percentage", "It reaches a recall of 95 %.", "It reaches 0.95 recall on this set.", "95 %", bookcheck.Found},
		{"nearly all is not all", "It promises an availability of 99.95 %.", "It promises 100 % green power.", "99.95 %", bookcheck.Absent},
		{"a period has a length", "The mass of insects fell for 27 years.", "The mass of insects fell between 1989 and 2016.", "27 years", bookcheck.Found},
		{"no other one", "The mass of insects fell for 37 years.", "The mass of insects fell between 1989 and 2016.", "37 years", bookcheck.Absent},
		{"two dates do, rounded", "The rover landed on 18 February 2021, after almost seven months.", "The rover is as large as a car. It was launched on July 30, 2020. The rover landed on February 18, 2021.", "almost seven months", bookcheck.Found},
		{"not if they are known too badly", "The model was trained for 39 days.", "The model was shown in May 2022. A newer model was trained in June 2022.", "39 days", bookcheck.Absent},
		{"one of something is often no number", "All finished the marathon on one day.", "All finished the marathon on Sunday.", "one day", bookcheck.Untold},
		{"a name in two places", "Rust 1.0 was released in 2015.", "In 2015 we announced the 1.0 release of Rust.", "Rust 1.0", bookcheck.Found},
		{"a word with a number in it is one", "It was trained on A100 GPUs in 2024.", "In 2024 a batch of 100 was trained on 30 GPUs.", "A100 GPUs", bookcheck.Absent},
		{"a speed in other units", "Trains run at 143 mph.", "Trains run at 230 km/h.", "143 mph", bookcheck.Found},
		{"an area is no length", "The basin covers 817 km².", "The basin is 817 km long.", "817 km²", bookcheck.Absent},
	} {
		page := &bookcheck.Page{URL: "https://page.test/", Verdict: bookcheck.Alive, Title: "A page", Text: c.page + " This is all that it says, and it goes on to thank those who helped, to whom much is owed."}
		source := &bookcheck.Source{URL: page.URL, Page: page, Link: &bookcheck.Link{Target: page.URL, Text: "source"}}
		judgement := weigh.Claim(&bookcheck.Claim{Text: c.claim}, []*bookcheck.Source{source}, map[string]*weigh.Text{page.URL: weigh.Read(page)})
		got := bookcheck.Untold
		for _, part := range judgement.Parts {
			if part.Fact.Text == c.fact {
				got = part.Find
			}
		}
		if got != c.want {
			t.Errorf("%s: %q is %s in %q, want %s%s", c.why, c.fact, got, c.page, c.want, describe(judgement))
		}
	}
}
