package bookcheck

// A Site is an address on the web that shows the files of a book.
type Site struct {
	URL  string // with a final slash
	Root string // the folder that it shows, from the top of the file system
	Code bool   // it shows sources, as GitHub does below /blob/main/; false: pages made of them
}

// A Namer is a Dialect that knows which names a book gives.
type Namer interface {
	// Namesakes returns the other places that have the name of a target where it
	// may be given only once, in reading order of the book, itself left out.
	Namesakes(chapter *Chapter, target *Target) []Place
}

// Namesakes returns the other places that have the name of a target, though the
// builder allows it only once.
func (b *Book) Namesakes(chapter *Chapter, target *Target) []Place {
	if namer, ok := b.Dialect.(Namer); ok {
		return namer.Namesakes(chapter, target)
	}
	return nil
}

// A Dialect knows what links mean to the builder of a book. Its methods are
// called concurrently.
type Dialect interface {
	// Name is the word that --dialect takes: "myst", "github".
	Name() string
	// Resolve says where a link leads. It never judges a link to the web.
	Resolve(from *Chapter, link *Link) Resolution
}

// An Outcome says how a resolution ended.
type Outcome int

// The outcomes. The zero value is the silent one: a rule reports only what is
// known to be wrong.
const (
	Unjudged Outcome = iota // not known here: an external link, an inventory, a computed name
	Resolved
	Missing  // nothing in the book has that name
	NoFile   // it names a file that is not there
	NoAnchor // the file is there, the anchor in it is not
	OddCase  // it names a file that is there in other case, which some disks do not tell apart
)

// A Resolution is where a link leads.
type Resolution struct {
	Outcome Outcome
	Chapter *Chapter // the chapter that it leads to; nil: another kind of file, or none
	Target  *Target  // the place in that chapter; nil: the whole of it
	Sought  string   // what was looked for, for a message: "label", "document", "citation key"
	Name    string   // what it was looked for by, for a message
	Near    []string // names that were perhaps meant, as they would be written in place of Dest; best first
	Became  string   // what version control knows of it: "renamed to waves.md on 2024-05-03"; "": nothing
	Rivals  []Place  // what else it could lead to by the same name; nil: the name is clear
}

// A Place is somewhere in a book.
type Place struct {
	Chapter *Chapter
	Target  *Target // nil: the whole chapter
}
