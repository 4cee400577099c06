package main

import (
	"bytes"
	"io"
	"regexp"
)

// order matches what the runner of GitHub Actions takes for a command: two colons
// at the start of a line, and an older form anywhere in it. A path or a line of a
// book may look like that, and whoever sends a pull request writes both.
var order = regexp.MustCompile(`(?m)^[\t\v\f\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]*::|##\[`)

// harmless returns text in which the runner finds no commands.
func harmless(text []byte) []byte {
	return order.ReplaceAllFunc(text, func(found []byte) []byte {
		last := len(found) - 1
		return append(append(bytes.Clone(found[:last]), "\u200b"...), found[last:]...)
	})
}

// mute returns a writer of text that the runner obeys nothing in, and what ends it.
// Elsewhere the text is written as it is.
func (e *environment) mute(w io.Writer) (text io.Writer, end func() error) {
	if e.getenv("GITHUB_ACTIONS") != "true" {
		return w, func() error { return nil }
	}
	all := &bytes.Buffer{}
	return all, func() error {
		_, err := w.Write(harmless(all.Bytes()))
		return err
	}
}
