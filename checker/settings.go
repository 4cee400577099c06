package checker

import (
	"io/fs"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/markdown"
)

// A settings is a configuration, and what is wrong with it.
type settings struct {
	config *config.Config
	faults []bookcheck.Fault
}

// configure returns what the nearest file says, from a folder upwards to the top.
func (f *finder) configure(dir string) *settings {
	if f.Config != nil {
		return &settings{config: f.Config}
	}
	top := topOf(f.tops, dir)
	for up := range upwards(dir) {
		if file := configIn(f.fsys, up); file != "" {
			return f.settings(file)
		}
		if up == top {
			break
		}
	}
	return &settings{config: config.Default(f.Rules)}
}

// settings reads a configuration, once.
func (f *finder) settings(file string) *settings {
	if known := f.configs[file]; known != nil {
		return known
	}
	s := &settings{config: config.Default(f.Rules)}
	f.configs[file] = s
	src, err := fs.ReadFile(f.fsys, file)
	if err != nil {
		s.faults = []bookcheck.Fault{{Path: file, Message: reason(err)}}
		return s
	}
	s.config, s.faults = config.Parse(file, src, config.Known{Rules: f.Rules, Dialects: dialect.Names(), Extensions: markdown.Extensions})
	return s
}
