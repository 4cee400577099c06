package fact

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// license reads the license that begins at a token, and returns the token behind it,
// or at if there is none. Names that mean other things too, such as MIT, are one
// only where the text says so.
func (r *Reader) license(at int) int {
	id, end := r.licenseID(at)
	if id == "" {
		return at
	}
	r.add(bookcheck.Fact{Kind: bookcheck.License, Key: id}, at, end)
	if r.at(end).has(licensed) {
		end++ // no name
	}
	return end
}

// licenseID reads the name of a license and returns its identifier by SPDX.
func (r *Reader) licenseID(at int) (id string, end int) {
	switch strings.ToUpper(r.bytes(at)) {
	case "APACHE":
		return r.apache(at)
	case "MIT", "ISC":
		if r.isLicensed(at, at+1) {
			return strings.ToUpper(r.bytes(at)), at + 1
		}
	case "BSD":
		return r.bsd(at)
	case "GPL", "LGPL", "AGPL", "GPLV", "LGPLV", "AGPLV":
		return r.versioned(strings.TrimSuffix(strings.ToUpper(r.bytes(at)), "V"), at+1, "")
	case "GNU":
		return r.gnu(at)
	case "CC", "CC0", "CREATIVE":
		return r.commons(at)
	case "MPL", "EPL", "EUPL":
		return r.versioned(strings.ToUpper(r.bytes(at)), at+1, "")
	case "MOZILLA":
		if r.said(at+1, "Public") && r.at(at+2).has(licensed) {
			return r.versioned("MPL", at+3, "2.0")
		}
	case "OFL":
		return r.versioned("OFL", at+1, "")
	case "SIL":
		if r.saidAll(at+1, "Open", "Font") && r.at(at+3).has(licensed) {
			return r.versioned("OFL", at+4, "")
		}
	case "UNLICENSE":
		return "Unlicense", at + 1
	}
	return "", at
}

// isLicensed tells whether the text around a name says that it is a licence's.
func (r *Reader) isLicensed(from, to int) bool {
	if r.at(to).is('-') && r.at(to).glued {
		to++
	}
	if r.at(to).has(licensed) {
		return true
	}
	if (r.at(to).is('/') || r.at(to).has(joining)) && r.at(to+1).has(licensing) {
		return true // MIT/Apache-2.0
	}
	if r.at(to).is('©') {
		return true // MIT © 2019 Ada Lovelace
	}
	before := from - 1
	if (r.at(before).is('/') || r.at(before).has(joining)) && r.at(before-1).has(licensing) {
		return true
	}
	if r.saidOne(before, "the", "an", "a") {
		before--
	}
	return r.said(before, "under") || r.at(before).has(licensed) || r.at(before).is(':') && r.at(before-1).has(licensed)
}

// saidAll tells whether the words stand one after the other.
func (r *Reader) saidAll(at int, words ...string) bool {
	for i, text := range words {
		if !r.said(at+i, text) {
			return false
		}
	}
	return true
}

func (r *Reader) apache(at int) (id string, end int) {
	id, end = r.versioned("Apache", at+1, "")
	switch {
	case id == "Apache-2.0" || id == "Apache-1.1" || id == "Apache-1.0":
		return id, end
	case r.isLicensed(at, at+1):
		return "Apache-2.0", at + 1
	}
	return "", at
}

// bsd reads BSD-3-Clause, BSD 3-Clause and BSD license.
func (r *Reader) bsd(at int) (id string, end int) {
	end = at + 1
	if r.at(end).is('-') && r.at(end).glued {
		end++
	}
	if n := r.integer(end); n >= 2 && n <= 4 && r.at(end+1).is('-') && r.said(end+2, "Clause") {
		return "BSD-" + r.bytes(end) + "-Clause", end + 3
	}
	if n := r.integer(at - 3); n >= 2 && n <= 4 && r.at(at-2).is('-') && r.said(at-1, "Clause") {
		return "BSD-" + r.bytes(at-3) + "-Clause", at + 1
	}
	if r.isLicensed(at, at+1) {
		return "BSD", at + 1
	}
	return "", at
}

// gnu reads GNU GPL v3 and GNU Affero General Public License, version 3.
func (r *Reader) gnu(at int) (id string, end int) {
	id, i := "GPL", at+1
	switch {
	case r.saidOne(i, "GPL", "LGPL", "AGPL", "GPLv", "LGPLv", "AGPLv"):
		return r.licenseID(i)
	case r.said(i, "Lesser"):
		id, i = "LGPL", i+1
	case r.said(i, "Affero"):
		id, i = "AGPL", i+1
	}
	if !r.saidAll(i, "General", "Public") || !r.at(i+2).has(licensed) {
		return "", at
	}
	return r.versioned(id, i+3, "")
}

// commons reads CC BY-SA 4.0, CC0, and Creative Commons Attribution-ShareAlike 4.0.
func (r *Reader) commons(at int) (id string, end int) {
	id, end = "CC", at+1
	if r.said(at, "Creative") {
		if !r.said(end, "Commons") {
			return "", at
		}
		end++
	}
	if r.at(end).kind == number && r.at(end).glued && r.bytes(end) == "0" {
		return "CC0-1.0", end + 1
	}
	for {
		i := end
		if r.at(i).is('-') {
			i++
		}
		part := ""
		switch strings.ToLower(r.bytes(i)) {
		case "by", "attribution":
			part = "-BY"
		case "sa", "sharealike":
			part = "-SA"
		case "nc", "noncommercial":
			part = "-NC"
		case "nd", "noderivatives", "noderivs":
			part = "-ND"
		}
		if part == "" {
			break
		}
		id, end = id+part, i+1
	}
	if id == "CC" {
		return "", at
	}
	return r.versioned(id, end, "")
}

// versioned reads the version of a license, if it is given.
func (r *Reader) versioned(id string, at int, otherwise string) (string, int) {
	i := at
	if r.at(i).has(licensed) {
		i++
	}
	if r.at(i).is(',') || r.at(i).is('-') {
		i++
	}
	if r.saidOne(i, "version", "v") {
		i++
	}
	tok := r.at(i)
	if tok.kind != number || tok.value >= 10 || r.at(i+1).is('%') {
		if otherwise != "" {
			id += "-" + otherwise
		}
		return id, at
	}
	version := r.bytes(i)
	if tok.plain {
		version += ".0"
	}
	end := i + 1
	if r.at(end).is('-') && (r.said(end+1, "only") || r.said(end+1, "or") && r.at(end+2).is('-')) {
		end = r.piece(i)
	}
	return id + "-" + version, end
}
