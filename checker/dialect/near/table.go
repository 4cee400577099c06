package near

import "sync"

// A Table finds what a name stands for, and the names that were perhaps meant by
// one that stands for nothing. The zero value is empty. Once it is asked, nothing
// is added; then it may be asked concurrently.
type Table[T any] struct {
	values map[string]T
	names  []string
	once   sync.Once
	index  *Index
}

// Add gives a meaning to a key, which is the name in the form that is compared.
// The first meaning of a key stays.
func (t *Table[T]) Add(key, name string, value T) {
	if _, taken := t.values[key]; taken {
		return
	}
	if t.values == nil {
		t.values = make(map[string]T)
	}
	t.values[key] = value
	t.names = append(t.names, name)
}

// Find returns what a key stands for.
func (t *Table[T]) Find(key string) (T, bool) {
	value, found := t.values[key]
	return value, found
}

// Near returns names that were perhaps meant, best first.
func (t *Table[T]) Near(name string) []string {
	t.once.Do(func() { t.index = New(t.names) })
	return t.index.Find(name)
}

// Names returns the names in the order in which they were added.
func (t *Table[T]) Names() []string { return t.names }
