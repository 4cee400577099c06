package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bookcheck": main})
}

// TestScripts runs the command as its users do. UPDATE=1 go test rewrites what the
// scripts compare with.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Setup:               setUp,
		Condition: func(name string) (bool, error) {
			if name == "permissions" { // the administrator may read everything
				return runtime.GOOS != "windows" && os.Getuid() != 0, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"serve":   serve,
			"expand":  expand,
			"crlf":    crlf,
			"latin1":  latin1,
			"waitfor": waitFor,
		},
	})
}

func setUp(env *testscript.Env) error {
	for _, name := range []string{"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CI", "GITHUB_ACTIONS", "PRE_COMMIT", "GITHUB_TOKEN", "SOURCE_DATE_EPOCH"} {
		env.Setenv(name, "")
	}
	env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/.cache")
	env.Setenv("HOME", env.WorkDir+"/.home")
	env.Values[asked{}] = make(chan struct{}, 1)
	return nil
}

// exits runs a program and compares its exit code: exits 2 bookcheck missing.md.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed := (*exec.ExitError)(nil)
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		code = failed.ExitCode()
	}
	if got := strconv.Itoa(code); got != args[0] {
		ts.Fatalf("it exits with %s, not %s\n%s%s", got, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// serve starts a small web on the loopback device, whose address is in $WEB.
func serve(ts *testscript.TestScript, _ bool, _ []string) {
	done := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/ok", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p id=top>Here.") })
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/ok", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/page/", func(w http.ResponseWriter, r *http.Request) { // a file of the folder web, as it is now
		http.ServeFile(w, r, ts.MkAbs("web/"+path.Base(r.URL.Path)))
	})
	hanging := ts.Value(asked{}).(chan struct{})
	mux.HandleFunc("/hang", func(_ http.ResponseWriter, r *http.Request) {
		hanging <- struct{}{}
		select {
		case <-r.Context().Done():
		case <-done:
		}
	})
	server := httptest.NewServer(mux) // all other pages are gone
	ts.Defer(func() { close(done); server.Close() })
	ts.Setenv("WEB", server.URL)
	ts.Setenv("NO_PROXY", "*")
}

// asked is the key of the channel that receives when somebody waits for /hang.
type asked struct{}

// waitFor waits until somebody waits for /hang.
func waitFor(ts *testscript.TestScript, _ bool, _ []string) { <-ts.Value(asked{}).(chan struct{}) }

// expand replaces the variables in files.
func expand(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(os.Expand(ts.ReadFile(name), ts.Getenv)), 0o600))
	}
}

// crlf gives files the line endings of Windows.
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.ReplaceAll(ts.ReadFile(name), "\n", "\r\n")), 0o600))
	}
}

// latin1 writes the é of files in the encoding of the last century.
func latin1(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.ReplaceAll(ts.ReadFile(name), "&eacute;", "\xe9")), 0o600))
	}
}
