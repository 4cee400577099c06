// Package credentialsinurl declares the credentials-in-url rule.
package credentialsinurl

import (
	_ "embed"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links that hold a password or a key. It never repeats them.
var Rule = &bookcheck.Rule{
	Name:     "credentials-in-url",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if !link.External() {
			continue
		}
		u, err := url.Parse(link.Target)
		if err != nil {
			continue
		}
		if what := secret(u); what != "" {
			pass.Report(bookcheck.Diagnostic{
				Span:    link.Dest,
				Message: "the address of a page of " + u.Host + " holds " + what + ", which everybody who reads the book can use",
				Subject: u.Scheme + "://" + u.Host + u.EscapedPath(),
			})
		}
	}
	return nil
}

// secret says what an address holds that it should not; "" if it holds nothing.
func secret(u *url.URL) string {
	if password, has := u.User.Password(); has && !isExample(u.Hostname()) && !isPlaceholder(password) {
		return "a password"
	}
	if token.MatchString(u.User.Username()) || token.MatchString(u.RawQuery) || token.MatchString(u.Path) || token.MatchString(u.Fragment) {
		return "an access token"
	}
	query := u.Query()
	for _, name := range keys {
		for given, values := range query {
			if strings.EqualFold(given, name) && slices.ContainsFunc(values, isSecret) && !isExample(u.Hostname()) {
				return "a secret in its parameter " + given
			}
		}
	}
	return ""
}

// token is the form of keys that their makers gave a form, so that they can be
// found: GitHub, GitLab, Slack, Amazon, Google, Stripe, npm, PyPI, Hugging Face.
var token = regexp.MustCompile(`\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|[sr]k_live_[0-9A-Za-z]{20,}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}|hf_[A-Za-z0-9]{34})\b`)

// keys are the parameters that services take secrets in.
var keys = []string{
	"access_token", "auth_token", "private_token", "api_key", "apikey", "api-key", "client_secret", "secret", "secret_key",
	"password", "passwd", "pwd", "x-amz-security-token", "x-amz-signature", "x-goog-signature", "authkey",
}

// isSecret tells whether a value may be a secret: long, and of no word.
func isSecret(value string) bool {
	digits, letters := false, false
	for _, r := range value {
		digits = digits || unicode.IsDigit(r)
		letters = letters || unicode.IsLetter(r)
	}
	return len(value) >= 16 && digits && letters && !isPlaceholder(value) && !strings.Contains(value, " ")
}

var placeholder = regexp.MustCompile(`(?i)^(user(name)?|name|pass(word|wd)?|pw|pwd|secret|token|key|login|me|you|foo|bar|admin|test|x+|\*+|\.+|example.*|my[-_]?\w*|your[-_]?.*|some[-_]?.*|[<{\[$%].*|.*[>}\]])$|x{4,}|1234|abcd`)

// isPlaceholder tells whether a value stands for one that the reader has to fill in.
func isPlaceholder(value string) bool { return placeholder.MatchString(value) }

// isExample tells whether a host is one that nobody has.
func isExample(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || host == "127.0.0.1" || host == "host" || host == "proxy" {
		return true
	}
	labels := strings.Split(host, ".")
	return slices.ContainsFunc([]string{"example", "test", "invalid", "localhost", "local"}, func(name string) bool { return labels[len(labels)-1] == name }) ||
		len(labels) > 1 && labels[len(labels)-2] == "example"
}
