package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// A run is short and its memory small: collecting less often than Go does by itself is a
// third of its time. Where much is in use, that would keep four times as much lying
// about; so the more there is, the sooner it is collected.
const (
	rarely = 400       // percent of what is in use that may be added to it
	usual  = 100       // as Go has it
	spare  = 256 << 20 // bytes that may be lying about
)

// collectRarely tunes the garbage collector, unless the user does.
func collectRarely() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(rarely)
	retune(new(collected))
}

// collectNoMore leaves the rest of a run that is about to end its processor time.
func collectNoMore() { debug.SetGCPercent(-1) }

// A collected is what a collection finds unused, so that we hear of it.
type collected struct{ _ *byte }

func retune(c *collected) {
	runtime.SetFinalizer(c, func(c *collected) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		debug.SetGCPercent(percent(m.HeapAlloc))
		retune(c)
	})
}

// percent returns how much may be added to what is in use before it is collected again.
func percent(inUse uint64) int {
	return int(min(rarely, max(usual, spare*100/max(inUse, 1))))
}
