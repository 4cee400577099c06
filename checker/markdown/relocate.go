package markdown

import "github.com/bookcheck/bookcheck"

// relocate maps every span of a chapter by at. What follows the last byte of a
// span stays behind it, whatever at does in between. The line end that was added
// to a text without one lies behind length, and in no span.
func relocate(c *bookcheck.Chapter, length int, at func(int) int) {
	move := func(s *bookcheck.Span) {
		s.Start, s.End = min(s.Start, length), min(s.End, length)
		if s.Len() > 0 {
			s.Start, s.End = at(s.Start), at(s.End-1)+1
		} else {
			s.Start = at(s.Start)
			s.End = s.Start
		}
	}
	for _, h := range c.Headings {
		move(&h.Span)
	}
	for i := range c.Prose {
		move(&c.Prose[i])
	}
	for _, l := range c.Links {
		move(&l.Span)
		move(&l.Dest)
	}
	for _, f := range c.Figures {
		move(&f.Span)
	}
	for _, t := range c.Targets {
		move(&t.Span)
	}
	for _, d := range c.Directives {
		move(&d.Span)
		move(&d.Fence)
		for i := range d.Options {
			move(&d.Options[i].Span)
			move(&d.Options[i].Value)
		}
	}
	for _, t := range c.Todos {
		move(&t.Span)
		move(&t.Scope)
	}
	for _, claim := range c.Claims {
		move(&claim.Span)
		for i := range claim.Cues {
			move(&claim.Cues[i].Span)
		}
		for i := range claim.Facts {
			move(&claim.Facts[i].Span)
		}
	}
	for _, a := range c.Allows {
		move(&a.Span)
		move(&a.Scope)
	}
	for _, m := range c.Marks {
		move(&m.Span)
		move(&m.Scope)
	}
}

// merge appends what was found in a part to a chapter.
func merge(c, part *bookcheck.Chapter) {
	if c.Title == "" {
		c.Title = part.Title
	}
	c.Headings = append(c.Headings, part.Headings...)
	c.Prose = append(c.Prose, part.Prose...)
	c.Links = append(c.Links, part.Links...)
	c.Figures = append(c.Figures, part.Figures...)
	c.Targets = append(c.Targets, part.Targets...)
	c.Directives = append(c.Directives, part.Directives...)
	c.Todos = append(c.Todos, part.Todos...)
	c.Claims = append(c.Claims, part.Claims...)
	c.Allows = append(c.Allows, part.Allows...)
	c.Marks = append(c.Marks, part.Marks...)
}
