package misnamedlink

import (
	"net/url"
	"path"
	"strings"
)

// partsOf returns what an address says of its page: the labels of its host, the
// parts of its path, its fragment and the values of its query, whole and in runs of
// about so many words. Two parts of a path that follow each other are joined, too:
// an owner and a repository.
func partsOf(address string, count int) (parts, joined []name) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, nil
	}
	add := func(text string) {
		n := split(text)
		if len(n.key) == 0 || len(parts) > mostParts {
			return
		}
		parts = append(parts, n)
		for i := range n.words {
			for k := max(1, count-1); k <= count+1 && i+k <= len(n.words) && k < len(n.words) && len(parts) <= mostParts; k++ {
				parts = append(parts, n.run(i, i+k))
			}
		}
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	labels := strings.Split(host, ".")
	for _, label := range labels[:max(0, len(labels)-1)] {
		add(label)
	}
	add(host)
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i, segment := range segments {
		if end := path.Ext(segment); len(end) > 1 && len(end) <= 6 && len(segment) > len(end)+1 {
			add(strings.TrimSuffix(segment, end))
		}
		add(segment)
		if i > 0 {
			joined = append(joined, split(segments[i-1]+"/"+segment))
		}
	}
	add(u.Fragment)
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		_, value, _ := strings.Cut(pair, "=")
		if text, err := url.QueryUnescape(value); err == nil {
			add(text)
		}
	}
	return parts, joined
}

// mostParts bounds how many parts of one address are looked at.
const mostParts = 200
