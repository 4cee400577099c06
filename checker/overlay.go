package checker

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// Overlay returns a file system in which some files have another text, by path.
// They need not exist, but a folder lists only those that do.
func Overlay(fsys fs.FS, texts map[string][]byte) fs.FS { return overlay{fsys, texts} }

type overlay struct {
	fs.FS
	texts map[string][]byte
}

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.texts[name]; ok {
		return &overlaid{stat{path.Base(name), int64(len(text))}, bytes.NewReader(text)}, nil
	}
	return o.FS.Open(name)
}

// ReadFile implements fs.ReadFileFS.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.texts[name]; ok {
		return bytes.Clone(text), nil
	}
	return fs.ReadFile(o.FS, name)
}

// Stat implements fs.StatFS.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.texts[name]; ok {
		return stat{path.Base(name), int64(len(text))}, nil
	}
	return fs.Stat(o.FS, name)
}

// ReadDir implements fs.ReadDirFS.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// ReadLink implements fs.ReadLinkFS.
func (o overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// Lstat implements fs.ReadLinkFS.
func (o overlay) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }

// An overlaid is an open file whose text is another.
type overlaid struct {
	stat
	*bytes.Reader
}

// Stat implements fs.File.
func (o *overlaid) Stat() (fs.FileInfo, error) { return o.stat, nil }

// Size returns the length of the text.
func (o *overlaid) Size() int64 { return o.stat.Size() }

// Close implements fs.File.
func (o *overlaid) Close() error { return nil }

// A stat describes a regular file.
type stat struct {
	name string
	size int64
}

func (s stat) Name() string       { return s.name }
func (s stat) Size() int64        { return s.size }
func (s stat) Mode() fs.FileMode  { return 0o644 }
func (s stat) ModTime() time.Time { return time.Time{} }
func (s stat) IsDir() bool        { return false }
func (s stat) Sys() any           { return nil }
