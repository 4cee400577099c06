package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/bookcheck/bookcheck/report"
)

// parseTrend reads the earlier reports of --trend: files, or all JSON files of a
// folder.
func parseTrend(names []string) ([]report.Past, error) {
	var earlier []report.Past
	for _, name := range names {
		for _, file := range jsonFiles(name) {
			data, err := os.ReadFile(file) //nolint:gosec // the user names the file
			if err != nil {
				return nil, fmt.Errorf("--trend %s: %s", file, reason(err))
			}
			past, err := report.ReadPast(data)
			if err != nil {
				return nil, fmt.Errorf("--trend %s: %w", file, err)
			}
			earlier = append(earlier, past)
		}
	}
	return earlier, nil
}

// jsonFiles returns the JSON files of a folder, by name, or the file itself.
func jsonFiles(name string) []string {
	entries, err := os.ReadDir(name)
	if err != nil {
		return []string{name}
	}
	var files []string
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".json" {
			files = append(files, filepath.Join(name, entry.Name()))
		}
	}
	return files
}
