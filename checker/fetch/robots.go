package fetch

import (
	"strconv"
	"strings"
	"time"
)

// manyPages is how many pages of a host are asked for before its robots.txt is, too:
// fewer are no burden to anybody.
const manyPages = 4

// crawlDelay returns the pause between two requests that a robots.txt asks of us, or
// else of everybody. What it forbids is meant for those who follow links, not for
// whoever looks up the one that a reader would.
func crawlDelay(src []byte) time.Duration {
	var ours, everybodys time.Duration
	var named, general, rules bool // the group is ours, is everybody's, and has had a rule
	for line := range strings.Lines(strings.TrimPrefix(string(src), "\ufeff")) {
		line, _, _ = strings.Cut(line, "#")
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "":
			continue
		case "user-agent":
			if rules {
				named, general, rules = false, false, false
			}
			named = named || strings.EqualFold(value, "bookcheck")
			general = general || value == "*"
			continue
		case "crawl-delay":
			if named {
				ours = seconds(value)
			}
			if general {
				everybodys = seconds(value)
			}
		}
		rules = true
	}
	if ours > 0 {
		return ours
	}
	return everybodys
}

// seconds reads a number of seconds; 0 if it is none.
func seconds(value string) time.Duration {
	const most = 365 * 24 * time.Hour
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || !(n > 0) {
		return 0
	}
	return time.Duration(min(n, most.Seconds()) * float64(time.Second))
}
