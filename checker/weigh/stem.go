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
var american = strings.NewReplacer("isation", "ization", "ise", "ize", "ising", "izing", "our", "or", "metre", "meter", "licence", "license", "centre", "center")

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
// the same where facts are told: what stands in one line of synonyms.
var forms = func() map[string]string {
	all := make(map[string]string)
	for line := range strings.Lines(synonyms) {
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

const synonyms = `
person people persons participant participants respondent respondents subject subjects
user users visitor visitors
developer developers programmer programmers
parameter parameters params param weights
increase increases increased increasing rise rises rose risen rising grow grows grew grown growing growth gain gains gained
decrease decreases decreased decreasing fall falls fell fallen falling drop drops dropped dropping reduce reduces reduced reducing reduction reductions decline declines declined shrink shrinks shrank cut cuts
small smaller smallest
large larger largest big bigger biggest
fast faster fastest quick quicker quickly speedup speed
slow slower slowest slowdown
long longer longest length
high higher highest height tall taller tallest
low lower lowest
deep deeper deepest depth
wide wider widest width
heavy heavier heaviest weigh weighs weighed weight mass
train trained training trains pretrained pretraining pretrain
begin begins began begun start starts started beginning
end ends ended ending
build builds built building
make makes made making
buy bought acquire acquired acquires acquisition
cost costs costing price prices priced
need needs needed require requires required requirement
show shows showed shown
find finds found discover discovers discovered
lead leads led
run runs ran running
write writes wrote written
sell sells sold
hold holds held
keep keeps kept
take takes took taken last lasts lasted
draw draws drew drawn
go goes went gone
have contain contains contained containing include includes included including comprise comprises
license licence licensed licenced licenses licences
release released releases publish published publishes publication
month monthly months
year yearly years annual annually
day daily days
week weekly weeks
hour hourly hours
datum data
childhood child children
mouse mice
index indexes indices
vertex vertices
analysis analyses analyse analyze analysed analyzed
optimize optimization optimisation optimise optimized optimised optimizer optimiser
gpu gpus
country countries nation nations
language languages
question questions
memory ram vram
disk disks disc
phone phones mobile
sleep slept
send sent
spend spent
lose lost
win won
know knew known
give gave given
see saw seen
become became
teach taught
bring brought
meet met
pay paid
leave left
fly flew flown
drive drove driven
break broke broken
speak spoke spoken
choose chose chosen
stand stood
understand understood
feel felt
think thought
come came
get got
tell told
hear heard
wear wore worn
`
