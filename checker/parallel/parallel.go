// Package parallel starts goroutines. It is the only package that does, and the
// only one that knows conc.
package parallel

import "github.com/sourcegraph/conc/iter"

// Each calls f on every element of in, on at most n goroutines, and returns the
// results in the order of in. With n of 0 there are as many as processors. A panic
// in f surfaces here, with its stack, once the other goroutines are done.
func Each[T, R any](n int, in []T, f func(T) R) []R {
	return iter.Mapper[T, R]{MaxGoroutines: max(n, 0)}.Map(in, func(t *T) R { return f(*t) })
}
