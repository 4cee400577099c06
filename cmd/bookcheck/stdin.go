package main

import (
	"errors"
	"io"
	"path/filepath"

	"github.com/bookcheck/bookcheck"
)

// mostInput is how much of standard input is read: more is no chapter.
const mostInput = 256 << 20

// stdinName stands for standard input on the command line.
const stdinName = "-"

// locate finds the paths of the command line. A - is the text of a chapter from
// standard input; the book around it is read from the disk.
func (s *session) locate(names []string) (*place, error) {
	switch {
	case len(names) == 1 && names[0] == stdinName:
		text, err := io.ReadAll(io.LimitReader(s.env.stdin, mostInput))
		s.input = append([]byte{}, text...) // never nil
		return locateInput(s.env, s.stdinFilename), err
	case s.stdinFilename != "":
		return nil, errors.New("--stdin-filename goes with - as the only path")
	default:
		return locate(s.env, names), nil
	}
}

// locateInput returns the place of a chapter that need not be there.
func locateInput(env *environment, name string) *place {
	if name == "" {
		name = "stdin.md"
	}
	p := &place{}
	folder, top, err := find(env.dir, filepath.Dir(name))
	if err != nil {
		p.faults = []bookcheck.Fault{{Message: name + ": " + reason(err)}}
		return p
	}
	p.top = top
	p.paths = []string{from(top, filepath.Join(folder, filepath.Base(name)))}
	p.orient(env.dir)
	return p
}
