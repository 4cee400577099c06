package weigh

import "strings"

// stem returns what the forms of a word have in common, more or less: enough to see
// that "trained" and "training" speak of the same, and not meant for readers.
func stem(word string) string {
	if s, known := forms[word]; known {
		return s
	}
	root := regular(word)
	if s, known := forms[root]; known {
		return s
	}
	return root
}

// regular is stem for words that change by their endings alone.
func regular(word string) string {
	if len(word) < 4 {
		return word
	}
	word = american.Replace(singular(word))
	for _, ending := range endings {
		if rest, cut := strings.CutSuffix(word, ending); cut && len(rest) > 2 && strings.ContainsAny(rest, "aeiouy") {
			word = undouble(rest)
			break
		}
	}
	if len(word) > 4 {
		word = strings.TrimSuffix(word, "e")
	}
	if len(word) > 3 && strings.HasSuffix(word, "i") {
		word = word[:len(word)-1] + "y"
	}
	return word
}

// endings are taken off, the first one that fits.
var endings = []string{"ically", "ation", "ement", "ment", "ness", "ally", "ing", "ion", "ed", "ly", "al"}

// american spells what British and American English spell in two ways.
var american = func() *strings.Replacer {
	var pairs []string
	for line := range lines("words/american.txt") {
		pairs = append(pairs, strings.Fields(line)...)
	}
	return strings.NewReplacer(pairs...)
}()

// singular takes the s off a plural and off a verb.
func singular(word string) string {
	switch {
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"):
		return word[:len(word)-2]
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"), !strings.HasSuffix(word, "s"):
		return word
	default:
		return word[:len(word)-1]
	}
}

// undouble turns "runn" into "run".
func undouble(word string) string {
	n := len(word)
	if n > 3 && word[n-1] == word[n-2] && strings.IndexByte("bdgmnprt", word[n-1]) >= 0 {
		return word[:n-1]
	}
	return word
}

// forms are the stems of words that the endings do not give, and of words that mean
// the same where facts are told: what stands in one line of synonyms.txt.
var forms = func() map[string]string {
	all := make(map[string]string)
	for line := range lines("words/synonyms.txt") {
		var first string
		for word := range strings.FieldsSeq(line) {
			if first == "" {
				first = regular(word)
			}
			all[word] = first
			if root := regular(word); all[root] == "" {
				all[root] = first
			}
		}
	}
	return all
}()
