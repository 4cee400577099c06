package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fetch"
)

// webOptions are what the command line says about asking the web. What could turn
// bookcheck against its host is read here and from the environment alone.
type webOptions struct {
	timeout        time.Duration
	maxNetworkTime time.Duration
	headers        []string
	allowPrivate   bool
	resolvers      []string
	archive        string
	record, replay string

	files []io.Closer // that were opened for record and replay
}

// webFlags returns the flags of the commands that ask the web.
func webFlags(o *webOptions) *pflag.FlagSet {
	flags := pflag.NewFlagSet("bookcheck", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.DurationVar(&o.timeout, "timeout", 0, "give up on a page after this `TIME` (20s)")
	flags.DurationVar(&o.maxNetworkTime, "max-network-time", 0, "ask the web for this `TIME` at most; what was not reached by then is not judged (no end)")
	flags.StringArrayVar(&o.headers, "header", nil, "send this header to one host, as `HOST=NAME: VALUE`; may be repeated")
	flags.BoolVar(&o.allowPrivate, "allow-private", false, "ask private addresses too, such as those of this machine")
	flags.StringArrayVar(&o.resolvers, "resolver", nil, "ask a registry elsewhere or not at all, as `NAME=URL` or NAME=off; all stands for those not named; may be repeated ($BOOKCHECK_RESOLVERS)")
	flags.StringVar(&o.archive, "archive", "", "look for copies of dead pages at this `URL`, or off ("+fetch.DefaultArchive+", or $BOOKCHECK_ARCHIVE)")
	flags.StringVar(&o.record, "record", "", "write all that is exchanged with the web to this `FILE`")
	flags.StringVar(&o.replay, "replay", "", "take the answers of the web from this `FILE`, which --record wrote, and open no connection")
	return flags
}

// settings returns how the web is to be asked. Files are opened last, so that a
// mistake in the arguments costs nothing.
func (o *webOptions) settings(env *environment, clock func() time.Time) (fetch.Options, error) {
	headers, err := o.parseHeaders()
	if err != nil {
		return fetch.Options{}, err
	}
	if token := env.getenv("GITHUB_TOKEN"); token != "" {
		headers = append(headers, fetch.Header{Host: "api.github.com", Name: "Authorization", Value: "Bearer " + token, Encrypted: true})
	}
	resolvers, err := parseResolvers(append(strings.Fields(strings.ReplaceAll(env.getenv("BOOKCHECK_RESOLVERS"), ",", " ")), o.resolvers...))
	if err != nil {
		return fetch.Options{}, err
	}
	if o.record != "" && o.replay != "" {
		return fetch.Options{}, errors.New("--record and --replay: a replay has nothing to record")
	}
	settings := fetch.Options{
		Timeout: o.timeout, Budget: o.maxNetworkTime, AllowPrivate: o.allowPrivate, Headers: headers, Now: clock, Resolvers: resolvers,
		Archive: cmp.Or(o.archive, env.getenv("BOOKCHECK_ARCHIVE")),
	}
	err = o.openRecording(&settings)
	return settings, err
}

func (o *webOptions) openRecording(settings *fetch.Options) error {
	switch {
	case o.record != "":
		file, err := os.Create(o.record)
		if err != nil {
			return fmt.Errorf("--record %s: %s", o.record, reason(err))
		}
		settings.Record, o.files = file, append(o.files, file)
	case o.replay != "":
		file, err := os.Open(o.replay)
		if err != nil {
			return fmt.Errorf("--replay %s: %s", o.replay, reason(err))
		}
		settings.Replay, o.files = file, append(o.files, file)
	}
	return nil
}

// close closes the files that settings opened.
func (o *webOptions) close() error {
	var errs []error
	for _, file := range o.files {
		errs = append(errs, file.Close())
	}
	o.files = nil
	return errors.Join(errs...)
}

func (o *webOptions) parseHeaders() ([]fetch.Header, error) {
	var headers []fetch.Header
	for _, text := range o.headers {
		host, header, found := strings.Cut(text, "=")
		name, value, colon := strings.Cut(header, ":")
		if !found || !colon || host == "" || name == "" {
			return nil, fmt.Errorf("--header %s: write it as HOST=NAME: VALUE", text)
		}
		headers = append(headers, fetch.Header{Host: host, Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return headers, nil
}

// parseResolvers reads the values of --resolver; a later one counts.
func parseResolvers(texts []string) (map[string]string, error) {
	resolvers := make(map[string]string)
	for _, text := range texts {
		name, base, found := strings.Cut(text, "=")
		if !found || name == "" || base == "" {
			return nil, fmt.Errorf("--resolver %s: write it as NAME=URL or NAME=off", text)
		}
		resolvers[name] = base
	}
	return resolvers, nil
}

// explainURL asks for one page and says how the verdict came about.
func explainURL(ctx context.Context, env *environment, o *webOptions, url string) (int, error) {
	settings, err := o.settings(env, env.clock)
	if err != nil {
		return trouble, err
	}
	if settings.Replay == nil {
		settings.Memory = cacheFile("pages", "")
	}
	client, err := fetch.New(settings)
	if err != nil {
		settings.Memory = ""
		if client, err = fetch.New(settings); err != nil {
			return trouble, err
		}
	}
	account := client.Explain(ctx, url)
	if err := errors.Join(client.Close(), o.close()); err != nil {
		return trouble, err
	}
	if account.Page == nil {
		return interrupted, nil
	}
	writeAccount(env.stdout, url, account)
	return clean, nil
}

func writeAccount(w io.Writer, url string, a *fetch.Account) {
	fmt.Fprintln(w, bookcheck.Mask(url))
	for i, x := range a.Exchanges {
		writeExchange(w, i+1, x)
	}
	verdict := a.Page.Verdict.String()
	if a.Page.Verdict == bookcheck.Unsure {
		verdict += ", " + string(a.Page.Doubt)
	}
	fmt.Fprintf(w, "\nverdict: %s: it %s\n", verdict, a.Page.Reason)
	for _, line := range []struct{ name, value string }{
		{"decided by", a.Step},
		{"marker", a.Page.Marker},
		{"title", a.Page.Title},
		{"moved to", a.Page.MovedTo},
		{"with encryption", a.Page.Secure},
		{"remembered", a.Remembered},
	} {
		if line.value != "" {
			fmt.Fprintf(w, "%s: %s\n", line.name, line.value)
		}
	}
}

func writeExchange(w io.Writer, n int, x fetch.Exchange) {
	fmt.Fprintf(w, "\n%d. %s\n", n, x.URL)
	if x.For != "" {
		fmt.Fprintf(w, "   asked for: %s\n", x.For)
	}
	if x.Browser {
		fmt.Fprintln(w, "   asked as a browser does")
	}
	fmt.Fprintf(w, "   %s after %d ms", cmp.Or(x.Status, x.Failure, "no answer"), x.Took.Milliseconds())
	if x.Size > 0 {
		fmt.Fprintf(w, ", %d bytes read of %s", x.Size, cmp.Or(x.Type, "an unknown type"))
	}
	fmt.Fprintln(w)
	for _, header := range x.Header {
		fmt.Fprintf(w, "   %s\n", header)
	}
	fmt.Fprintf(w, "   %s: %s\n", cmp.Or(x.Step, "no step has an opinion"), x.Then)
}
