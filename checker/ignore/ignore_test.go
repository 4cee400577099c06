package ignore_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck/checker/ignore"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		pattern, path string
		folder, want  bool
	}{
		{"draft.md", "a/b/draft.md", false, true},
		{"/draft.md", "a/draft.md", false, false},
		{"a/*", "b/a/a", false, false},
		{"a/**", "a", true, false},
		{"a/**", "a/b/c.md", false, true},
		{"**/build/**", "x/build/y/z.md", false, true},
		{"_build/", "_build", false, false},
		{"_build/", "_build", true, true},
		{"{a,b}.md", "a.md", false, false},
		{"{a,b}.md", "{a,b}.md", false, true},
		{"[!a].md", "b.md", false, true},
		{"[[:digit:]]*.md", "1-tides.md", false, true},
		{"[]-].md", "].md", false, true},
		{`\#notes.md`, "#notes.md", false, true},
		{"notes.md  ", "notes.md", false, true},
		{`notes.md\ `, "notes.md ", false, true},
		{"notes.md\r", "notes.md", false, true},
		{"# notes.md", "# notes.md", false, false},
		{"日本*.md", "a/日本語.md", false, true},
	}
	for _, test := range tests {
		got, _ := ignore.Parse(test.pattern).Match(test.path, test.folder)
		if got != test.want {
			t.Errorf("%q leaves out %q (folder: %v): got %v, want %v", test.pattern, test.path, test.folder, got, test.want)
		}
	}
}

func TestCovers(t *testing.T) {
	list := ignore.Parse("drafts/\n*.tmp.md\n!keep.tmp.md\n")
	for file, want := range map[string]bool{
		"drafts/a/b.md":      true,
		"drafts/keep.tmp.md": true, // its folder is left out
		"a/b.tmp.md":         true,
		"a/keep.tmp.md":      false,
		"drafts":             false, // a file
	} {
		if got := list.Covers(file); got != want {
			t.Errorf("Covers(%q): got %v, want %v", file, got, want)
		}
	}
}

// TestLikeGit compares the package with git itself on random lists and paths.
func TestLikeGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("there is no git to compare with")
	}
	work := t.TempDir()
	run := func(stdin string, args ...string) string {
		cmd := exec.Command(git, args...)
		cmd.Dir = work
		cmd.Env = append(os.Environ(), "HOME="+work, "XDG_CONFIG_HOME="+work, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
		cmd.Stdin = strings.NewReader(stdin)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: nothing is ignored
			t.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, &stderr)
		}
		return string(out)
	}
	run("", "init", "-q")

	random := rand.New(rand.NewPCG(1, 2))
	paths := randomPaths(random)
	for range 60 {
		list := randomList(random)
		if err := os.WriteFile(filepath.Join(work, ".gitignore"), []byte(list), 0o600); err != nil {
			t.Fatal(err)
		}
		said := run(strings.Join(paths, "\x00")+"\x00", "check-ignore", "--no-index", "-z", "--stdin")
		out := make(map[string]bool)
		for name := range strings.SplitSeq(said, "\x00") {
			out[name] = true
		}
		parsed := ignore.Parse(list)
		for _, name := range paths {
			if got := parsed.Covers(name); got != out[name] {
				t.Fatalf("%q: got %v, git says %v, with the list\n%s", name, got, out[name], list)
			}
		}
	}
}

// randomPaths returns paths of files that do not exist, which git takes for files.
func randomPaths(random *rand.Rand) []string {
	names := []string{"a", "b", "ab", "a.md", "b.md", "build", "foo", "foo.bar", "[x]", "{a,b}", "!a", "#b", "a b"}
	paths := make([]string, 200)
	for i := range paths {
		for range 1 + random.IntN(4) {
			paths[i] = path.Join(paths[i], names[random.IntN(len(names))])
		}
	}
	return paths
}

// randomList returns some patterns. It writes no two slashes in a row: what git
// makes of them depends on how it happens to compare.
func randomList(random *rand.Rand) string {
	parts := []string{
		"a", "b", "ab", "foo", "build", ".md", "*", "*", "**", "**", "/", "/", "/", "/**/", "**/", "/**",
		"?", "[ab]", "[!a]", "[^b]", "[a-z]", "[[:alpha:]]", "[", "]", "{", "}", ",", `\`, "!", "#", " ", "***",
	}
	var b strings.Builder
	for range 1 + random.IntN(4) {
		if random.IntN(4) == 0 {
			b.WriteByte('!')
		}
		for range 1 + random.IntN(4) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		fmt.Fprintln(&b)
	}
	for text := b.String(); ; {
		single := strings.ReplaceAll(text, "//", "/")
		if single == text {
			return text
		}
		text = single
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a/**\n!b\n[[:alpha:]-]\n", "a/b/c.md")
	f.Fuzz(func(_ *testing.T, text, name string) {
		ignore.Parse(text).Covers(name)
	})
}
