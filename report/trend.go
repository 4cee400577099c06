package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Past is what an earlier run found.
type Past struct {
	Time                    time.Time
	Errors, Warnings, Notes int
	Complete                bool
}

// ReadPast reads a JSON report.
func ReadPast(data []byte) (Past, error) {
	var earlier struct {
		SchemaVersion int       `json:"schema_version"`
		Time          time.Time `json:"time"`
		Complete      bool      `json:"complete"`
		Stats         struct {
			Errors   int `json:"errors"`
			Warnings int `json:"warnings"`
			Notes    int `json:"notes"`
		} `json:"stats"`
	}
	if err := json.Unmarshal(data, &earlier); err != nil {
		return Past{}, fmt.Errorf("not a JSON report: %w", err)
	}
	stats := earlier.Stats
	switch {
	case earlier.SchemaVersion != schemaVersion:
		return Past{}, errors.New("not a JSON report of this bookcheck: write one with -o json")
	case earlier.Time.IsZero():
		return Past{}, errors.New("the report does not say when it was written")
	case min(stats.Errors, stats.Warnings, stats.Notes) < 0:
		return Past{}, errors.New("the report counts less than nothing")
	}
	return Past{earlier.Time, stats.Errors, stats.Warnings, stats.Notes, earlier.Complete}, nil
}

// timeline puts runs in order, and leaves out those that were read twice.
func timeline(runs []Past) []Past {
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b Past) int { return a.Time.Compare(b.Time) })
	return slices.CompactFunc(runs, func(a, b Past) bool { return a.Time.Equal(b.Time) && a == b })
}
