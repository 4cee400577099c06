// Package fetch learns about web pages. It is the only package that knows colly,
// the only one that asks for pages, and the only one below cmd that reads a clock.
//
// A page is asked for by a probe, one exchange at a time. After each exchange the
// verdict engine, a list of small steps, either settles the page or says what to
// ask next and when; the scheduler holds everything that waits, so that a wait
// holds no goroutine, and hands out exchanges host by host, so that pacing holds on
// redirects too.
//
//	wants ──► memory ──► scheduler ──► colly clone ──► transport ──► network
//	             ▲           ▲                             │
//	             │           └── what to ask next ◄── verdict steps
//	             └──────────── settled page ◄───────────────┘
package fetch
