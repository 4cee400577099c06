package main

import "testing"

func TestPercent(t *testing.T) {
	for inUse, want := range map[uint64]int{0: 400, 10 << 20: 400, 64 << 20: 400, 128 << 20: 200, 256 << 20: 100, 8 << 30: 100} {
		if got := percent(inUse); got != want {
			t.Errorf("%d MB in use: %d percent, want %d", inUse>>20, got, want)
		}
	}
}
