package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The crowd: so many pages on so many hosts, in so many chapters, and runs that are
// interrupted so often.
const (
	crowdHosts    = 1000
	crowdPages    = 100 // on each
	crowdChapters = 10_000
	interruptions = 20
)

// crowd shows what a book with 100,000 links costs a program, and that it ends soon
// wherever it is interrupted.
func crowd(ctx context.Context, program string) error {
	w := web{name: "crowd", pages: repeat(crowdPages, crowdHosts)}
	page := []byte("<!doctype html><title>A page</title>" + strings.Repeat("<p>Some text of a page.", 80))
	seen := &tally{}
	bases, stop, err := w.serve(ctx, seen, page, 0)
	defer stop()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "crowd")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := writeCrowd(dir, bases); err != nil {
		return err
	}

	fmt.Printf("\n%d pages on %d hosts\n\n| asked | time | resident | sockets and files | threads |\n|--:|--:|--:|--:|--:|\n", crowdHosts*crowdPages, crowdHosts)
	r := start(ctx, program, dir)
	r.watch(seen, []int64{1, 10_000, 25_000, 50_000, 75_000, crowdHosts * crowdPages})
	took, report := r.wait()
	fmt.Printf("\nended after %.2f s, %.2f s of processor time, %d MB at most; %s\n\n", took.Seconds(), r.processor().Seconds(), r.most(), report)

	interrupt(took, func() *trial { return start(ctx, program, dir) })
	took, _ = start(ctx, program, dir, "--offline").wait()
	fmt.Printf("\noffline, where it reads, looks and reports, it takes %.2f s\n\n", took.Seconds())
	interrupt(took, func() *trial { return start(ctx, program, dir, "--offline") })
	return nil
}

// interrupt shows how soon runs end that are interrupted at any moment of theirs.
func interrupt(took time.Duration, begin func() *trial) {
	fmt.Printf("| interrupted after | ended after | reported |\n|--:|--:|---|\n")
	var lates []time.Duration
	for range interruptions {
		after := time.Duration(rand.Int64N(int64(took))) //nolint:gosec // any moment will do
		r := begin()
		time.Sleep(after)
		interrupted := time.Now()
		_ = r.command.Process.Signal(syscall.SIGINT)
		_, report := r.wait()
		late := time.Since(interrupted)
		if r.command.ProcessState.ExitCode() != 130 {
			fmt.Printf("| %.2f s | it had ended | %s |\n", after.Seconds(), report)
			continue
		}
		lates = append(lates, late)
		fmt.Printf("| %.2f s | %d ms | %s |\n", after.Seconds(), late.Milliseconds(), report)
	}
	if len(lates) == 0 {
		return
	}
	slices.Sort(lates)
	fmt.Printf("\nhalf of them within %d ms, all within %d ms of the interruption\n", lates[len(lates)/2].Milliseconds(), lates[len(lates)-1].Milliseconds())
}

// writeCrowd writes a book of links.
func writeCrowd(dir string, bases []string) error {
	for c := range crowdChapters {
		var b strings.Builder
		for i := range crowdHosts * crowdPages / crowdChapters {
			n := i*crowdChapters + c
			fmt.Fprintf(&b, "See [page %d](%s/p%d).\n\n", n, bases[n%len(bases)], n)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%05d.md", c)), []byte(b.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// A trial is one run of a program.
type trial struct {
	command *exec.Cmd
	began   time.Time
	report  bytes.Buffer
	ended   func() error
}

func start(ctx context.Context, program, dir string, more ...string) *trial {
	args := append([]string{"--allow-private", "--resolver", "all=off", "--archive", "off", "-o", "json"}, more...)
	r := &trial{command: exec.CommandContext(ctx, program, append(args, ".")...)}
	r.command.Dir, r.command.Stdout = dir, &r.report
	r.command.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"+strconv.FormatInt(time.Now().UnixNano(), 36)), "NO_PROXY=*")
	r.began = time.Now()
	err := r.command.Start()
	r.ended = sync.OnceValue(func() error {
		if err != nil {
			return err
		}
		return r.command.Wait()
	})
	return r
}

// wait returns how long the run took, and what it reported.
func (r *trial) wait() (time.Duration, string) {
	err := r.ended()
	took := time.Since(r.began)
	var report struct {
		Complete bool              `json:"complete"`
		URLs     []json.RawMessage `json:"urls"`
	}
	if r.report.Len() == 0 {
		return took, fmt.Sprintf("nothing: %v", err)
	}
	if err := json.Unmarshal(r.report.Bytes(), &report); err != nil {
		return took, "what is no JSON: " + err.Error()
	}
	return took, fmt.Sprintf("complete: %t, %d URLs", report.Complete, len(report.URLs))
}

func (r *trial) processor() time.Duration {
	return r.command.ProcessState.UserTime() + r.command.ProcessState.SystemTime()
}

// most returns the most memory that the run had, in MB.
func (r *trial) most() int64 {
	if usage, ok := r.command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss / 1024
	}
	return 0
}

// watch writes a line whenever the hosts were asked so often.
func (r *trial) watch(seen *tally, marks []int64) {
	for _, mark := range marks {
		for seen.requests.Load() < mark {
			if r.command.Process.Signal(syscall.Signal(0)) != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		proc := filepath.Join("/proc", strconv.Itoa(r.command.Process.Pid))
		files, _ := os.ReadDir(filepath.Join(proc, "fd"))
		threads, _ := os.ReadDir(filepath.Join(proc, "task"))
		fmt.Printf("| %d | %.2f s | %d MB | %d | %d |\n", mark, time.Since(r.began).Seconds(), resident(proc), len(files), len(threads))
	}
}

// resident returns how much memory a process has now, in MB.
func resident(proc string) int {
	src, err := os.ReadFile(filepath.Join(proc, "status")) //nolint:gosec // of our own child
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(src)) {
		if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			return n / 1024
		}
	}
	return 0
}
