// Package model asks a language model about claims that the rules leave open. It
// speaks the protocol of OpenAI's chat completions, as local servers do as well.
package model

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// The limits of a question. An answer is a word and a sentence; what is longer than
// a megabyte is none.
const (
	timeout    = time.Minute // for one answer: a model on a laptop takes its time
	mostAnswer = 1 << 20     // bytes
	retries    = 2
	firstPause = time.Second
	longPause  = 20 * time.Second
)

// A Client asks one model. It implements bookcheck.Adviser.
type Client struct {
	url   string // of the completions
	model string
	key   string
	http  http.Client
	pause func(context.Context, time.Duration)
}

var _ bookcheck.Adviser = (*Client)(nil)

// New returns a client for an endpoint, which is the base URL of the service with
// the model's name as the fragment: http://localhost:11434/v1#llama3.1. The key is
// sent to that URL alone; "": none is sent.
func New(endpoint, key string) (*Client, error) {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%q is no URL", endpoint)
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("%q is no http or https URL", endpoint)
	case u.User != nil:
		return nil, fmt.Errorf("the URL on %s holds a password; give the key in BOOKCHECK_MODEL_KEY", u.Host)
	case u.Fragment == "":
		return nil, fmt.Errorf("%q does not name a model; write its name behind a #, as in %s#llama3.1", endpoint, endpoint)
	case strings.ContainsAny(key, "\r\n"):
		return nil, errors.New("BOOKCHECK_MODEL_KEY holds a line break")
	}
	c := &Client{model: u.Fragment, key: strings.TrimSpace(key), pause: pause}
	u.Fragment, u.RawFragment = "", ""
	if !strings.HasSuffix(u.Path, "/chat/completions") {
		u = u.JoinPath("chat/completions")
	}
	c.url = u.String()
	// A redirect would take the question, and perhaps the key, to who was not named.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http.Timeout = timeout
	return c, nil
}

// Model returns the name of the model.
func (c *Client) Model() string { return c.model }

// Prompt returns which prompt the model is given: opinions on another one are not
// comparable.
func (c *Client) Prompt() string { return promptID }

// A request is the body of a question.
type request struct {
	Model       string    `json:"model"`
	Temperature float64   `json:"temperature"`
	Messages    []message `json:"messages"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// A response is what bookcheck reads of an answer.
type response struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
		Reason string `json:"finish_reason"`
	} `json:"choices"`
	Error json.RawMessage `json:"error"`
}

// Advise implements bookcheck.Adviser.
func (c *Client) Advise(ctx context.Context, inquiry bookcheck.Inquiry) (*bookcheck.Opinion, error) {
	body, err := json.Marshal(request{Model: c.model, Messages: []message{
		{Role: "system", Content: system},
		{Role: "user", Content: question(inquiry)},
	}})
	if err != nil {
		return nil, fmt.Errorf("asking %s: %w", c.model, err)
	}
	text, err := c.post(ctx, body)
	if err != nil {
		return nil, fmt.Errorf("asking %s: %w", c.model, err)
	}
	support, says, ok := parseAnswer(text)
	if !ok {
		return nil, fmt.Errorf("asking %s: its answer gives no verdict: %q", c.model, shorten(text, 80))
	}
	return &bookcheck.Opinion{Model: c.model, Prompt: promptID, Support: support, Says: says}, nil
}

// post sends a question until it is answered, and returns the text of the answer.
func (c *Client) post(ctx context.Context, body []byte) (string, error) {
	wait := firstPause
	for try := 0; ; try++ {
		text, again, err := c.exchange(ctx, body)
		if err == nil || again < 0 || try == retries || ctx.Err() != nil {
			return text, err
		}
		c.pause(ctx, min(max(again, wait), longPause))
		wait *= 2
	}
}

// exchange sends a question once. A negative again says that there is no point in
// asking another time, a positive one how long to wait before.
func (c *Client) exchange(ctx context.Context, body []byte) (text string, again time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return "", -1, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return "", 0, reach(err)
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	answer, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
	if err != nil {
		return "", 0, reach(err)
	}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= http.StatusInternalServerError:
		return "", retryAfter(resp), c.status(resp, answer)
	case resp.StatusCode != http.StatusOK:
		return "", -1, &bookcheck.EndpointError{Err: c.status(resp, answer)}
	case len(answer) > mostAnswer:
		return "", -1, errors.New("its answer is longer than 1 MiB")
	}
	text, err = content(answer)
	return text, -1, err
}

// reach returns an error of the network without the URL, which the user knows.
func reach(err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	return fmt.Errorf("it cannot be reached: %w", err)
}

func (c *Client) status(resp *http.Response, answer []byte) error {
	err := fmt.Errorf("%s answers %s", c.url, resp.Status)
	var r response
	if json.Unmarshal(answer, &r) == nil && len(r.Error) > 0 {
		return fmt.Errorf("%w: %s", err, shorten(complaint(r.Error), 200))
	}
	return err
}

// content returns the text of an answer.
func content(answer []byte) (string, error) {
	var r response
	if err := json.Unmarshal(answer, &r); err != nil {
		return "", fmt.Errorf("its answer is not that of a chat completion: %w", err)
	}
	switch {
	case len(r.Error) > 0 && string(r.Error) != "null":
		return "", fmt.Errorf("it says %q", shorten(complaint(r.Error), 200))
	case len(r.Choices) == 0:
		return "", errors.New("its answer is not that of a chat completion: it has no choices")
	case r.Choices[0].Message.Refusal != "":
		return "", fmt.Errorf("it refuses: %q", shorten(r.Choices[0].Message.Refusal, 80))
	case r.Choices[0].Reason == "content_filter":
		return "", errors.New("its filter keeps the answer back")
	}
	return r.Choices[0].Message.Content, nil
}

// complaint returns the message in an error, which is an object with one, or text.
func complaint(raw json.RawMessage) string {
	var object struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(raw, &object) == nil && object.Message != "" {
		return object.Message
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return string(raw)
}

// retryAfter returns the pause that a server asks for in seconds; 0: none.
func retryAfter(resp *http.Response) time.Duration {
	seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Second * time.Duration(min(seconds, int(longPause/time.Second)))
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// promptID names the prompt by what it says, so that no change can forget to.
var promptID = fmt.Sprintf("%x", sha256.Sum256([]byte(system+question(bookcheck.Inquiry{}))))[:8]
