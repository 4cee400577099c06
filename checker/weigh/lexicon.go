package weigh

import "strings"

// A class says what part a word can play in a sentence. A word may have several.
type class uint16

// The classes.
const (
	small   class = 1 << iota // says nothing by itself
	denial                    // turns what follows into its opposite
	joint                     // a clause may begin with it
	general                   // may stand for whatever a page is about: "the model", "we"
	former                    // what follows is no longer, or not always, so
	pointer                   // leads back to what stood before by its order: "the latter", "respectively"
	numeric                   // written in digits
	spelled                   // a number in words
)

// classes are the classes of words, in lower case.
var classes = func() map[string]class {
	all := make(map[string]class)
	for class, words := range lexicon {
		for word := range strings.FieldsSeq(words) {
			all[word] |= class
		}
	}
	return all
}()

var lexicon = map[class]string{
	small: `a an the and or but nor of to in on at by for with from as into onto than then that this these those which who whom
		whose what when where why how if whether while because since until unless although though after before during it its he
		she they we you i his her their our your my me him them us there here is are was were be been being am has have had having
		do does did done will would can could may might must shall should not no never only also just even still yet so such very
		more most less least much many few several some any all both each every either neither other another same own too again
		once often usually sometimes however therefore thus hence instead rather about above below under over between among
		across through per via without within against along around up down out off now versus vs like respectively
		approximately roughly nearly almost exactly s t re ve ll d m pre e g ie eg etc one was according states state says say said stated
		notes note noted reports reported report claims claimed calls called conclude concludes concluded
		by approx circa new total least take took taken takes source sources link links page pages see`,
	denial: `not no never without cannot neither nor none nobody nothing lacks lack lacking fails failed unable don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn ain`,
	joint:  `and but while whereas or versus vs against compared than with although though which whose where`,
	general: `model models system systems framework library tool tools paper work study authors author report project dataset data corpus
		company firm product page article version release new it its we our they their them he she his her this these that method approach network
		software program language programme app site website service team group organization organisation researchers here there both each all one two three
		original full whole entire current main first latest final official average`,
	former:  `previously formerly earlier originally initially once until used former old older draft planned expected target estimated if unless would could might previous past prior`,
	pointer: `former latter respectively`,
	spelled: `zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half third quarter dozen`,
}

// contrasts are words of which a thing has one at a time: what is said of the maximum
// says nothing about the minimum. Each line is one choice.
const contrasts = `
minimum maximum average median mean typical default min max smallest largest
train test validation held-out dev
base large medium small tiny mini nano xl
easy hard challenge
input output
read write
upload download
free paid
before after
men women male female boys girls
first second third fourth fifth last
upper lower
import export
encoder decoder
north south east west northern southern eastern western
summer winter spring autumn
monthly yearly annual daily weekly hourly
january february march april june july august september october november december
top bottom
best worst
public private
lossy lossless
online offline
buy sell
prompt completion
single double half mixed
q1 q2 q3 q4
morning evening
indoor outdoor
client server
human machine
left right
encrypted unencrypted
supervised unsupervised
with without
gross net
urban rural
wired wireless
dense sparse
`

// An axis is what can be compared or change, and a sign, the way in which it does.
// Words of one axis and opposite signs contradict each other.
type axis int8

// opposites are pairs of lines: words that say more of something, or that the first of
// two is better, and those that say the opposite. The first pair is about change.
const opposites = `
increase increases increased increasing rise rises rose risen rising grow grows grew grown growing growth higher
decrease decreases decreased decreasing fall falls fell fallen falling drop drops dropped dropping reduce reduces reduced reducing reduction decline declines declined shrink shrinks shrank lower cut cuts
outperform outperforms outperformed outperforming beat beats beaten better exceed exceeds exceeded surpass surpasses surpassed superior
worse inferior underperform underperforms underperformed behind lags trails
faster quicker
slower
larger bigger
smaller
cheaper
costlier pricier
longer
shorter
older
younger newer
heavier
lighter
stronger
weaker
deeper
shallower
enables enabled enable
disables disabled disable
allows allowed allow permits permitted permit
forbids forbidden forbid prohibits prohibited prohibit
`

// axes are the axes of words: the number of the pair, negative in its second line.
var axes = func() map[string]axis {
	all := make(map[string]axis)
	number := axis(0)
	for line := range strings.Lines(strings.TrimSpace(opposites)) {
		sign := axis(1 - 2*(number%2))
		for word := range strings.FieldsSeq(line) {
			all[word] = sign * (number/2 + 1)
		}
		number++
	}
	return all
}()

// change is the axis of what becomes more or less.
const change axis = 1

// choices are the contrasts that a stem takes part in, as bits.
var choices = func() map[string]uint64 {
	all := make(map[string]uint64)
	bit := uint64(1)
	for line := range strings.Lines(contrasts) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			all[word] |= bit
		}
		bit <<= 1
	}
	return all
}()

// abbreviations are words whose point ends no sentence.
var abbreviations = func() map[string]bool {
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(`dr mr mrs ms prof al cf approx inc ltd corp st vs etc resp incl fig figs eq eqs sec ch no nos vol ca p pp
		jan feb mar apr jun jul aug sep sept oct nov dec e g i u s seq ed eds rev gen col op cit v`) {
		all[word] = true
	}
	return all
}()
