package history

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func open(t *testing.T, dir, revision string) *Tree {
	t.Helper()
	tree, err := Open(context.WithoutCancel(t.Context()), dir, revision) // it is closed at the very end
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tree.Close(); err != nil {
			t.Error(err)
		}
	})
	return tree
}

func TestTree(t *testing.T) {
	b := newBook(t)
	b.write("a.md", "one\r\n")
	b.write("sub/b ü.md", strings.Repeat("x", 1<<17))
	b.write("sub/deep/empty.md", "")
	for link, target := range map[string]string{"sub/up.md": "../a.md", "out.md": "../secret", "loop": "loop", "folder": "sub/deep", "abs": "/etc/passwd"} {
		if err := os.Symlink(target, filepath.Join(b.dir, filepath.FromSlash(link))); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	b.git("add", "-A")
	b.git("commit", "-q", "-m", "one")
	b.write("a.md", "two\n")
	b.write("new.md", "new\n")

	tree := open(t, b.dir, "HEAD")
	if err := fstest.TestFS(onlyFiles{tree}, "a.md", "sub/b ü.md", "sub/deep/empty.md"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"a.md": "one\r\n", "sub/up.md": "one\r\n", "folder/empty.md": ""} {
		if got, err := fs.ReadFile(tree, name); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"new.md", "out.md", "loop", "abs", "a.md/b", "../a.md", "sub"} {
		if got, err := fs.ReadFile(tree, name); err == nil {
			t.Errorf("%s: got %q, want an error", name, got)
		}
	}
	if target, err := fs.ReadLink(tree, "sub/up.md"); err != nil || target != "../a.md" {
		t.Errorf("got %q, %v, want ../a.md", target, err)
	}
	below := open(t, filepath.Join(b.dir, "sub"), "HEAD")
	if _, err := fs.Stat(below, "b ü.md"); err != nil {
		t.Errorf("a folder of a work tree is a top too: %v", err)
	}
}

// onlyFiles hides the links, which fstest would take for what they lead to.
type onlyFiles struct{ *Tree }

func (f onlyFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.Tree.ReadDir(name)
	kept := entries[:0:0]
	for _, entry := range entries {
		if entry.Type()&fs.ModeSymlink == 0 {
			kept = append(kept, entry)
		}
	}
	return kept, err
}

func (f onlyFiles) Open(name string) (fs.File, error) {
	file, err := f.Tree.Open(name)
	if folder, ok := file.(*openFolder); ok {
		folder.entries, err = f.ReadDir(name)
	}
	return file, err
}

// TestBase checks which commit a branch is compared with.
func TestBase(t *testing.T) {
	b := newBook(t)
	commit := func(name string) {
		b.write(name, name)
		b.git("add", "-A")
		b.git("commit", "-q", "-m", name)
	}
	commit("fork")
	fork := Resolve(t.Context(), b.dir, "HEAD")
	b.git("checkout", "-q", "-b", "topic")
	commit("topic")
	b.git("checkout", "-q", "main")
	commit("main")
	b.git("checkout", "-q", "topic")
	if got := open(t, b.dir, "main").Commit; got != fork {
		t.Errorf("got %s, want where the branches part, %s", got, fork)
	}
	if got := Resolve(t.Context(), b.dir, "nonsense", "--help", "main"); got == "" || got == fork {
		t.Errorf("got %q, want the first that is there", got)
	}
	if _, err := Open(t.Context(), b.dir, "nonsense"); err == nil || err.Error() != "git knows no such commit" {
		t.Errorf("got %v", err)
	}

	clone := filepath.Join(t.TempDir(), "clone")
	b.git("clone", "-q", "--depth=1", "file://"+b.dir, clone)
	if _, err := Open(t.Context(), clone, "HEAD^1"); err == nil || !strings.Contains(err.Error(), "shallow") {
		t.Errorf("got %v, want the cure for a shallow clone", err)
	}
	if _, err := Open(t.Context(), t.TempDir(), "HEAD"); err == nil || err.Error() != noRepository {
		t.Errorf("got %v, want %s", err, noRepository)
	}
}
