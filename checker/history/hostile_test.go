package history

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// What is known does not depend on how somebody likes git to print, nor on the
// variables that git sets for its hooks; and none of it starts a program.
func TestHostileConfiguration(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	b := newBook(t)
	b.git("config", "gpg.program", b.script("signer", "cat >/dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo '-----BEGIN PGP SIGNATURE-----'; echo; echo x; echo '-----END PGP SIGNATURE-----'"))
	b.git("config", "commit.gpgSign", "true")
	b.commit("2021-03-01", "a.md", "# Title\n\n"+statement+"\none\n\ntwo\n")
	b.git("mv", "a.md", "ü.md")
	b.on("2022-06-01", "commit", "-q", "-m", "rename")
	const now = "# Title\n\n" + statement + "\n1\n\nIt is recently new.\n"
	b.commit("2023-07-03", "ü.md", now)
	b.git("rm", "-q", "--cached", "ü.md")
	b.git("add", "ü.md")
	shallowClone := filepath.Join(t.TempDir(), "clone")
	b.git("clone", "-q", "--depth=1", "file://"+filepath.ToSlash(b.dir), shallowClone)

	trap := filepath.Join(t.TempDir(), "sprung")
	program := b.script("program", "touch '"+trap+"'; cat")
	b.write(".gitattributes", "*.md diff=evil -text\n")
	b.hostile(program)

	equal(t, surveyed(t, New(b.dir, ""), "ü.md", now+"\nNot now.\n", "currently", "recently", "Not now"), "2021-03-01", "2023-07-03", uncommitted)
	equal(t, ages(t, New(b.dir, ""), "ü.md", now, "currently", "recently"), "2021-03-01", "2023-07-03")
	equal(t, ages(t, New(shallowClone, ""), "ü.md", now, "currently"), shallow)
	var moves, rewrites []string
	chronicle := NewChronicle(b.dir)
	for _, m := range chronicle.Moves(t.Context()) {
		moves = append(moves, m.From+" "+m.To+" "+m.Date.Format("2006-01-02"))
	}
	equal(t, moves, "a.md ü.md 2022-06-01")
	for _, r := range chronicle.Rewrites(t.Context(), "ü.md", "") {
		rewrites = append(rewrites, fmt.Sprint(r.Old, r.New))
	}
	if got := strings.Join(rewrites, ""); !strings.Contains(got, "[one] [1]") || !strings.Contains(got, "[two] [It is recently new.]") {
		t.Errorf("rewrites: %s", got)
	}
	if _, err := os.Stat(trap); err == nil {
		t.Error("the configuration started a program")
	}
}

// script writes a program.
func (b book) script(name, commands string) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+commands+"\n"), 0o755); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// hostile sets all that changes what git prints, and has it start a program.
func (b book) hostile(program string) {
	b.t.Helper()
	for key, value := range map[string]string{
		"gpg.program": program, "diff.external": program, "diff.evil.command": program, "diff.evil.textconv": program,
		"core.pager": program, "pager.log": "true", "pager.blame": "true", "core.fsmonitor": program,
		"diff.evil.binary": "true", "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.interHunkContext": "9",
		"diff.context": "7", "diff.orderFile": "/nowhere/order", "diff.renames": "false", "diff.renameLimit": "1",
		"diff.relative": "true", "diff.suppressBlankEmpty": "true", "diff.colorMoved": "zebra", "color.ui": "always",
		"color.diff": "always", "log.showSignature": "true", "log.showRoot": "false", "log.follow": "true",
		"log.decorate": "full", "log.date": "relative", "log.diffMerges": "on", "format.pretty": "fuller",
		"i18n.logOutputEncoding": "UTF-16", "core.quotePath": "true", "core.bigFileThreshold": "1",
		"blame.showRoot": "true", "blame.ignoreRevsFile": "/nowhere/revisions", "blame.date": "relative",
		"blame.markIgnoredLines": "true", "blame.coloring": "repeatedLines", "notes.displayRef": "refs/notes/*",
	} {
		b.git("config", "--global", key, value)
	}
	for variable, value := range map[string]string{
		"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index", "GIT_PREFIX": "deep/",
		"GIT_EXTERNAL_DIFF": program, "GIT_DIFF_OPTS": "-u9", "GIT_PAGER": program, "GIT_TRACE": "1",
		"GIT_CONFIG_PARAMETERS": "'core.fsmonitor=" + program + "'", "LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8",
	} {
		b.t.Setenv(variable, value)
	}
}
