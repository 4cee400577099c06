package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"runtime"
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

// showVersion prints which bookcheck this is.
func showVersion(_ context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	asJSON := flags.Bool("json", false, "write it as JSON")
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() > 0 {
		return trouble, errors.New("version takes no argument")
	}
	if *asJSON {
		return clean, json.NewEncoder(env.stdout).Encode(details())
	}
	sayVersion(env)
	return clean, nil
}

// A buildDetails is what programs ask about a build.
type buildDetails struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // commit that it was built from
	Time     string `json:"time,omitempty"`     // of that commit
	Modified bool   `json:"modified"`           // something was changed since that commit
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func details() buildDetails {
	d := buildDetails{Version: version().text, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return d
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			d.Revision = setting.Value
		case "vcs.time":
			d.Time = setting.Value
		case "vcs.modified":
			d.Modified = setting.Value == "true"
		}
	}
	return d
}

func sayVersion(env *environment) {
	fmt.Fprintf(env.stdout, "bookcheck %s, %s\n", version().text, runtime.Version())
}
