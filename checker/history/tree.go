package history

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Tree is what stood below a folder in some commit, as a file system. Its
// methods may be called concurrently; they read one file at a time.
type Tree struct {
	Commit string // its full name

	root  *node
	mutex sync.Mutex
	blobs *blobs
}

// Open returns what stood below a folder where a revision and what is checked out
// now took separate ways: a book is to be compared with what its changes started
// from. Where that is not known, it is the revision itself. The error is one line,
// with the cure where there is one.
func Open(ctx context.Context, dir, revision string) (*Tree, error) {
	r := git{dir: dir}.repository() //nolint:contextcheck // it bounds itself, for all calls to share
	if r.reason != "" {
		return nil, errors.New(r.reason)
	}
	commit, err := r.base(ctx, revision)
	if err != nil {
		return nil, err
	}
	root, err := r.list(ctx, commit)
	if err != nil {
		return nil, err
	}
	blobs, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	return &Tree{Commit: commit, root: root, blobs: blobs}, nil
}

// ErrNoCommit says that a repository, which holds all its commits, has none of a name.
var ErrNoCommit = errors.New("git knows no such commit")

// Resolve returns the full name of the first of some revisions that is there, or
// "".
func Resolve(ctx context.Context, dir string, revisions ...string) string {
	for _, revision := range revisions {
		if commit, err := (git{dir: dir}).resolve(ctx, revision); err == nil {
			return commit
		}
	}
	return ""
}

func (g git) resolve(ctx context.Context, revision string) (string, error) {
	output, err := g.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	return strings.TrimSpace(string(output)), err
}

// base returns the commit that a book is compared with.
func (r repository) base(ctx context.Context, revision string) (string, error) {
	commit, err := r.resolve(ctx, revision)
	switch {
	case err != nil && ctx.Err() != nil:
		return "", err
	case err != nil && r.shallow:
		return "", errors.New("this clone is shallow and does not hold it; run git fetch --unshallow, or give actions/checkout fetch-depth: 0")
	case err != nil:
		return "", ErrNoCommit
	}
	if output, err := r.run(ctx, nil, "merge-base", commit, "HEAD"); err == nil {
		return strings.TrimSpace(string(output)), nil
	}
	return commit, nil // unrelated, or the clone is too shallow to tell: that hides nothing
}

// A node is a file, folder or link of a tree.
type node struct {
	name     string
	mode     fs.FileMode
	object   string
	size     int64
	children map[string]*node // of a folder
}

func folder(name string) *node {
	return &node{name: name, mode: fs.ModeDir | 0o755, children: make(map[string]*node)}
}

// list reads the names of all that stands below the folder.
func (r repository) list(ctx context.Context, commit string) (*node, error) {
	output, err := r.run(ctx, nil, "ls-tree", "-r", "-t", "-z", "--long", commit)
	if err != nil {
		return nil, err
	}
	root := folder(".")
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(output), "\x00"), "\x00") {
		about, name, found := strings.Cut(entry, "\t")
		fields := strings.Fields(about) // mode, type, object, size
		if found && len(fields) == 4 && fs.ValidPath(name) {
			root.add(name, fields)
		}
	}
	return root, nil
}

// add adds an entry, whose folder came before it.
func (n *node) add(name string, fields []string) {
	parent := n
	if dir := path.Dir(name); dir != "." {
		for part := range strings.SplitSeq(dir, "/") {
			if parent = parent.children[part]; parent == nil {
				return
			}
		}
	}
	base := path.Base(name)
	child := folder(base) // a folder, or another repository, of which nothing is known
	if fields[1] == "blob" {
		size, _ := strconv.ParseInt(fields[3], 10, 64)
		child = &node{name: base, mode: 0o644, object: fields[2], size: size}
		if fields[0] == "120000" {
			child.mode = fs.ModeSymlink | 0o777
		}
	}
	parent.children[base] = child
}

// What a link may lead to instead of a file.
var (
	errEscapes = errors.New("path escapes from parent")
	errLoop    = errors.New("too many links")
)

// find returns the node at a path. Symbolic links are followed, the last only if
// that is asked for.
func (t *Tree) find(op, name string, follow bool) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n, err := t.walk(name, follow, 20)
	if err != nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return n, nil
}

func (t *Tree) walk(name string, follow bool, links int) (*node, error) {
	at := t.root
	if name == "." {
		return at, nil
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if at = at.children[part]; at == nil {
			return nil, fs.ErrNotExist
		}
		if at.mode&fs.ModeSymlink == 0 || !follow && i == len(parts)-1 {
			continue
		}
		target, err := t.read(at)
		switch {
		case err != nil:
			return nil, err
		case links == 0:
			return nil, errLoop
		}
		way := path.Join(path.Join(parts[:i]...), string(target), path.Join(parts[i+1:]...))
		if path.IsAbs(string(target)) || !fs.ValidPath(way) {
			return nil, errEscapes
		}
		return t.walk(way, follow, links-1)
	}
	return at, nil
}

// read returns the bytes of a file, or where a link leads.
func (t *Tree) read(n *node) ([]byte, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.blobs.read(n.object)
}

// Close ends the program that reads the files.
func (t *Tree) Close() error { return t.blobs.close() }

// Open implements fs.FS.
func (t *Tree) Open(name string) (fs.File, error) {
	n, err := t.find("open", name, true)
	switch {
	case err != nil:
		return nil, err
	case n.children != nil:
		return &openFolder{node: n, entries: n.entries()}, nil
	}
	text, err := t.read(n)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return &openFile{node: n, Reader: bytes.NewReader(text)}, nil
}

// ReadDir implements fs.ReadDirFS.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.find("open", name, true)
	switch {
	case err != nil:
		return nil, err
	case n.children == nil:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	default:
		return n.entries(), nil
	}
}

// Stat implements fs.StatFS.
func (t *Tree) Stat(name string) (fs.FileInfo, error) { return info(t.find("stat", name, true)) }

// Lstat implements fs.ReadLinkFS.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) { return info(t.find("lstat", name, false)) }

// info keeps a nil node from becoming an interface that is not nil.
func info(n *node, err error) (fs.FileInfo, error) {
	if err != nil {
		return nil, err
	}
	return n, nil
}

// ReadLink implements fs.ReadLinkFS.
func (t *Tree) ReadLink(name string) (string, error) {
	n, err := t.find("readlink", name, false)
	if err != nil {
		return "", err
	}
	if n.mode&fs.ModeSymlink == 0 {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	target, err := t.read(n)
	return string(target), err
}

// entries lists a folder in order of name.
func (n *node) entries() []fs.DirEntry {
	entries := make([]fs.DirEntry, 0, len(n.children))
	for _, child := range n.children {
		entries = append(entries, fs.FileInfoToDirEntry(child))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries
}

func (n *node) Name() string       { return n.name }
func (n *node) Size() int64        { return n.size }
func (n *node) Mode() fs.FileMode  { return n.mode }
func (n *node) ModTime() time.Time { return time.Time{} }
func (n *node) IsDir() bool        { return n.mode.IsDir() }
func (n *node) Sys() any           { return nil }

// An openFile is a file that is being read.
type openFile struct {
	node *node
	*bytes.Reader
}

// Stat implements fs.File.
func (f *openFile) Stat() (fs.FileInfo, error) { return f.node, nil }

// Close implements fs.File.
func (f *openFile) Close() error { return nil }

// An openFolder is a folder that is being listed.
type openFolder struct {
	node    *node
	entries []fs.DirEntry
}

// Stat implements fs.File.
func (f *openFolder) Stat() (fs.FileInfo, error) { return f.node, nil }

// Read implements fs.File.
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.node.name, Err: errors.New("is a directory")}
}

// Close implements fs.File.
func (f *openFolder) Close() error { return nil }

// ReadDir implements fs.ReadDirFile.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(f.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(f.entries) {
		n = len(f.entries)
	}
	entries := f.entries[:n]
	f.entries = f.entries[n:]
	return entries, nil
}
