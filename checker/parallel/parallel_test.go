package parallel

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEachKeepsTheOrder(t *testing.T) {
	in := []int{5, 4, 3, 2, 1, 0}
	for _, n := range []int{-1, 0, 1, 2, 100} {
		got := Each(n, in, func(i int) string {
			time.Sleep(time.Duration(i) * time.Millisecond)
			return strconv.Itoa(i)
		})
		if want := "5 4 3 2 1 0"; strings.Join(got, " ") != want {
			t.Errorf("Each(%d, …) = %v, want %v", n, got, want)
		}
	}
}

func TestEachIsBounded(t *testing.T) {
	var now, most atomic.Int64
	Each(3, make([]struct{}, 50), func(struct{}) bool {
		if at := now.Add(1); at > most.Load() {
			most.Store(at)
		}
		time.Sleep(time.Millisecond)
		now.Add(-1)
		return true
	})
	if most.Load() > 3 {
		t.Errorf("%d ran at once, want at most 3", most.Load())
	}
}

func TestEachPassesAPanicOn(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "the guilty one") {
			t.Errorf("recovered %q, want the panic of the function", got)
		}
	}()
	Each(2, []int{1, 2}, func(i int) int {
		if i == 2 {
			panic("the guilty one")
		}
		return i
	})
}

func TestEachOfNothing(t *testing.T) {
	if got := Each(4, []int(nil), func(i int) int { return i }); len(got) != 0 {
		t.Errorf("Each of nothing = %v", got)
	}
}
