// Package bookcheck is the vocabulary of a linter for books written in
// Markdown: what a book consists of, what a rule is, what evidence a rule may ask
// for, and what it reports. It does no input or output and imports only the
// standard library, so a rule, a report or a test can be written with nothing
// else.
//
// A run has five phases, each in package checker, each with one input and one
// output:
//
//	         fs.FS                                                   io.Writer
//	           │                                                         ▲
//	checker/markdown, bibtex                                          report.*
//	           ▼                                                         │
//	*Book ──► plan ──► gather ──► run ──────────► settle ──────► *Result
//	           ▲         │         │                ▲
//	      Rule.Needs  Fetcher, Rule.Run(Pass)   Allows, order
//	                  Historian
//
// The book is complete before the first rule runs, so a rule that looks at other
// chapters is an ordinary rule. Byte offsets travel from the parser to the report
// unchanged; lines and columns are made once, at the edge.
package bookcheck
