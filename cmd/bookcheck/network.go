package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/fetch"
)

// lockName is the file beside a book that holds what was learned about the pages
// that it leads to.
const lockName = "bookcheck.lock"

// network returns what asks the web. A cache that cannot be read is done without.
func (s *session) network(clock func() time.Time) (*fetch.Client, error) {
	settings, err := s.settings(s.env, clock)
	if err != nil {
		return nil, err
	}
	if s.line = s.env.progress(); s.line != nil && !s.quiet {
		settings.Progress = s.line.tell
	}
	if settings.Record != nil || settings.Replay != nil {
		return fetch.New(settings) // what is remembered would not be in the recording
	}
	if file, use := s.lockFile(s.place); use {
		settings.Memory, s.locked = file, true
		return fetch.New(settings)
	}
	settings.Memory = cacheFile("pages", "")
	client, err := fetch.New(settings)
	if err != nil && settings.Memory != "" {
		s.notice("%v", err)
		settings.Memory = ""
		return fetch.New(settings)
	}
	return client, err
}

// recollect lets the run use what earlier ones kept of the pages that claims cite.
// Without the network nothing is kept, and what cannot be read is done without.
func (s *session) recollect(clock func() time.Time) {
	file, locked := s.lockFile(s.place)
	if !locked {
		file = cacheFile("pages", "")
	}
	var kept *fetch.Ledger
	if s.client != nil {
		kept = s.client.Ledger()
	} else if file != "" {
		var err error
		if kept, err = fetch.OpenLedger(file, clock); err != nil {
			s.notice("%v", err)
		}
	}
	if kept == nil {
		return
	}
	if !locked {
		kept.Book = folderName(s.place.top)[:8]
	}
	s.checker.Ledger = kept
}

// hangUp ends the connections and keeps what was learned. Only a lock file that
// cannot be written is a fault: a cache is a convenience.
func (s *session) hangUp(ctx context.Context) []bookcheck.Fault {
	if s.client == nil {
		return nil
	}
	end := s.client.Close
	if stopped(ctx) {
		end = s.client.Leave
	}
	err := errors.Join(end(), s.close())
	switch {
	case err == nil:
		return nil
	case s.locked, s.record != "":
		return []bookcheck.Fault{{Message: err.Error()}}
	default:
		s.notice("%v", err)
		return nil
	}
}

// lockFile returns the lock file of the book, and whether it is to be used: if it
// is there, or if it was asked for.
func (o *options) lockFile(p *place) (file string, use bool) {
	if p.top == "" {
		return "", false
	}
	dir := filepath.Join(p.top, filepath.FromSlash(p.paths[0]))
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	root := checker.Root(os.DirFS(p.top), from(p.top, dir))
	file = filepath.Join(p.top, filepath.FromSlash(root), lockName)
	_, err := os.Stat(file)
	return file, o.lock || err == nil
}

// cacheFile returns a file in the user's cache that is named after a folder, or
// after nothing, or "" if there is no such place.
func cacheFile(name, folder string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	if folder != "" {
		name = filepath.Join(name, folderName(folder))
	}
	return filepath.Join(dir, "bookcheck", name)
}

// folderName returns a name for a folder that does not tell where it is.
func folderName(folder string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(folder)))[:16]
}
