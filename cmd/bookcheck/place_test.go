package main

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// write makes files below a temporary folder, and returns the folder.
func write(t *testing.T, names ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLocate gives paths as the system writes them and wants them with slashes,
// from the top of the work tree.
func TestLocate(t *testing.T) {
	base := write(t, "repo/.git/HEAD", "repo/docs/a.md", "repo/docs/sub/b.md", "other/.git/HEAD", "other/c.md", "loose/d.md")
	for _, test := range []struct {
		name, from       string
		paths            []string
		top, dir, prefix string
		want             []string
	}{
		{"the top", "repo", nil, "repo", "", "", []string{"."}},
		{"a folder in it", "repo/docs", nil, "repo", "docs", "", []string{"docs"}},
		{"a file", "repo/docs", []string{"sub/b.md", "../docs/a.md"}, "repo", "docs", "", []string{"docs/sub/b.md", "docs/a.md"}},
		{"from above", ".", []string{"repo/docs"}, "repo", "", "repo", []string{"docs"}},
		{"from beside", "other", []string{"../repo/docs/a.md"}, "repo", "", "../repo", []string{"docs/a.md"}},
		{"two work trees", ".", []string{"repo/docs", "other/c.md"}, ".", "", "", []string{"repo/docs", "other/c.md"}},
		{"no work tree", "loose", []string{"d.md"}, "loose", "", "", []string{"d.md"}},
	} {
		var names []string
		for _, name := range test.paths {
			names = append(names, filepath.FromSlash(name))
		}
		p := locate(&environment{dir: filepath.Join(base, filepath.FromSlash(test.from))}, names)
		if want := filepath.Join(base, filepath.FromSlash(test.top)); p.top != want || p.dir != test.dir || p.prefix != test.prefix {
			t.Errorf("%s: got top %s, dir %q, prefix %q; want %s, %q, %q", test.name, p.top, p.dir, p.prefix, want, test.dir, test.prefix)
		}
		if !slices.Equal(p.paths, test.want) || len(p.faults) > 0 {
			t.Errorf("%s: got %q and faults %v, want %q", test.name, p.paths, p.faults, test.want)
		}
	}
}

func TestExcluderMeansTheWorkingFolder(t *testing.T) {
	for _, test := range []struct {
		place   place
		pattern string
		file    string
		want    bool
	}{
		{place{}, "/a/*.md", "a/b.md", true},
		{place{dir: "a"}, "/b.md", "a/b.md", true},
		{place{dir: "a"}, "/b.md", "b.md", false},
		{place{prefix: "repo"}, "/repo/a/", "a/b.md", true},
		{place{prefix: "../repo"}, "b.md", "a/b.md", true},
	} {
		exclude, err := test.place.excluder([]string{test.pattern})
		if err != nil {
			t.Fatal(err)
		}
		if got := exclude(test.file); got != test.want {
			t.Errorf("%+v: %s excludes %s: got %v, want %v", test.place, test.pattern, test.file, got, test.want)
		}
	}
}

func TestOutputsOnADrive(t *testing.T) {
	outputs, err := parseOutputs([]string{`sarif:C:\reports\out.sarif`, "json:a:b.json"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if outputs[0].path != `C:\reports\out.sarif` || outputs[1].path != "a:b.json" {
		t.Errorf("got %q and %q", outputs[0].path, outputs[1].path)
	}
}

func TestDrives(t *testing.T) {
	if runtime.GOOS != "windows" {
		t.Skip("there are no drives here")
	}
	if got := from(`C:\`, `C:\book\a.md`); got != "book/a.md" {
		t.Errorf("got %s", got)
	}
	if within(`C:\book`, `D:\book\a.md`) {
		t.Error("a file on another drive is said to be in the folder")
	}
}
