package main

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// A build says which bookcheck this is.
type build struct {
	text     string // for people
	semantic string // for reports; "" if it is not a released version
}

var released = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[a-z]+[.\d]*)?$`)

// version reads what the Go linker noted.
func version() build {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return build{text: "(devel)"}
	}
	b := build{text: info.Main.Version}
	if released.MatchString(b.text) {
		b.semantic = strings.TrimPrefix(b.text, "v")
	}
	return b
}
