package directiveoption

import "strings"

// nearest returns the options that differ least from a name, if that is by a
// letter or two.
func nearest(name string, options []string) []string {
	most := 2
	if len(name) < 5 {
		most = 1
	}
	var near []string
	for _, option := range options {
		d := distance(strings.ToLower(name), option)
		switch {
		case d > most:
		case d < most:
			near, most = []string{option}, d
		default:
			near = append(near, option)
		}
	}
	return near
}

// distance returns how many letters must be inserted, dropped, replaced or swapped
// with their neighbor to turn a into b.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
