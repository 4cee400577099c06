package weigh

import (
	"embed"
	"iter"
	"strings"
)

//go:embed words/*.txt
var wordFiles embed.FS

// lines yields the lines of a list of words that are no comment and not empty.
func lines(name string) iter.Seq[string] {
	text, err := wordFiles.ReadFile(name)
	if err != nil {
		panic("weigh: " + err.Error())
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

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

// classNames are the names of the classes in classes.txt.
var classNames = map[string]class{
	"small": small, "denial": denial, "joint": joint, "general": general, "former": former, "pointer": pointer, "spelled": spelled,
}

// classes are the classes of words, in lower case.
var classes = func() map[string]class {
	all := make(map[string]class)
	var current class
	for line := range lines("words/classes.txt") {
		name, words, named := strings.Cut(line, ":")
		if !named {
			words = line
		} else if current = classNames[name]; current == 0 {
			panic("weigh: words/classes.txt names no class " + name)
		}
		for word := range strings.FieldsSeq(words) {
			all[word] |= current
		}
	}
	return all
}()

// An axis is what can be compared or change, and a sign, the way in which it does.
// Words of one axis and opposite signs contradict each other.
type axis int8

// axes are the axes of words: the number of the pair, negative in its second line.
var axes = func() map[string]axis {
	all := make(map[string]axis)
	number := axis(0)
	for line := range lines("words/opposites.txt") {
		sign := 1 - 2*(number%2)
		for word := range strings.FieldsSeq(line) {
			all[word] = sign * (number/2 + 1)
		}
		number++
	}
	return all
}()

// change is the axis of what becomes more or less.
const change axis = 1

// choices are the contrasts, by line of contrasts.txt, that a stem takes part in, as bits.
var choices = func() map[string]uint64 {
	all := make(map[string]uint64)
	bit := uint64(1)
	for line := range lines("words/contrasts.txt") {
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
	for line := range lines("words/abbreviations.txt") {
		for word := range strings.FieldsSeq(line) {
			all[word] = true
		}
	}
	return all
}()
