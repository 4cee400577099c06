package model

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

var inquiry = bookcheck.Inquiry{
	Claim:     "The tower is 330 meters tall.",
	Title:     "The tower",
	Sentences: []string{"Since its aerial was changed it stands 330 m tall."},
}

// ask asks a server that answers as told, each time with the next of the answers,
// the last of them for ever.
func ask(t *testing.T, handlers ...http.HandlerFunc) (opinion *bookcheck.Opinion, asked int, paused []time.Duration, err error) {
	t.Helper()
	var questions atomic.Int64 // a server that hangs up is not waited for
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handlers[min(int(questions.Add(1)), len(handlers))-1](w, r)
	}))
	t.Cleanup(server.Close)
	client, err := New(server.URL+"/v1#small", "secret")
	if err != nil {
		t.Fatal(err)
	}
	client.pause = func(_ context.Context, d time.Duration) { paused = append(paused, d) }
	opinion, err = client.Advise(t.Context(), inquiry)
	return opinion, int(questions.Load()), paused, err
}

// says answers as a chat completion does.
func says(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		answer, _ := json.Marshal(map[string]any{ // strings only
			"id": "1", "object": "chat.completion", "usage": map[string]int{"total_tokens": 12},
			"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": message{"assistant", content}}},
		})
		_, _ = w.Write(answer)
	}
}

func answers(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func TestQuestion(t *testing.T) {
	var sent request
	var key, path string
	opinion, _, _, err := ask(t, func(w http.ResponseWriter, r *http.Request) {
		key, path = r.Header.Get("Authorization"), r.URL.Path
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			t.Error(err)
		}
		says("SUPPORTED\nThe sentence gives the same height.")(w, r)
	})
	if err != nil {
		t.Fatal(err)
	}
	if key != "Bearer secret" || path != "/v1/chat/completions" {
		t.Errorf("the key is %q and the path %q", key, path)
	}
	if sent.Model != "small" || sent.Temperature != 0 || len(sent.Messages) != 2 || sent.Messages[0].Content != system {
		t.Errorf("it was sent %+v", sent)
	}
	const want = "Claim: The tower is 330 meters tall.\nTitle of the page: The tower\nSentences of the page:\n- Since its aerial was changed it stands 330 m tall.\n"
	if got := sent.Messages[1].Content; got != want {
		t.Errorf("it was asked %q, want %q", got, want)
	}
	if opinion.Support != bookcheck.Consistent || opinion.Model != "small" || opinion.Prompt != promptID || opinion.Says != "The sentence gives the same height" {
		t.Errorf("its opinion is %+v", opinion)
	}
}

func TestAnswers(t *testing.T) {
	for answer, want := range map[string]bookcheck.Support{
		"SUPPORTED":                              bookcheck.Consistent,
		"**Contradicted**: it says 324 m.":       bookcheck.Contradicted,
		"Answer: NOT_FOUND\nNothing about it.":   bookcheck.NotFound,
		"not found. There is no height.":         bookcheck.NotFound,
		"<think>SUPPORTED?</think>\nNOT_FOUND\n": bookcheck.NotFound,
	} {
		opinion, _, _, err := ask(t, says(answer))
		if err != nil || opinion.Support != want {
			t.Errorf("%q is read as %v, %v", answer, opinion, err)
		}
	}
}

// What is no answer is an error that says what came instead.
func TestNoAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
		asked  int
		given  bool // up: the next question would fare no better
	}{
		"chatter":          {says("I think that the claim is fine."), `its answer gives no verdict: "I think that the claim is fine."`, 1, false},
		"nothing":          {says(""), `its answer gives no verdict: ""`, 1, false},
		"unsupported":      {says("SUPPORTEDNESS is high"), "its answer gives no verdict", 1, false},
		"no JSON":          {answers(200, "<html>Welcome"), "its answer is not that of a chat completion", 1, false},
		"other JSON":       {answers(200, `{"object":"list","data":[]}`), "it has no choices", 1, false},
		"refusal":          {answers(200, `{"choices":[{"message":{"refusal":"I cannot help with that."}}]}`), `it refuses: "I cannot help with that."`, 1, false},
		"filter":           {answers(200, `{"choices":[{"finish_reason":"content_filter","message":{"content":""}}]}`), "its filter keeps the answer back", 1, false},
		"error in 200":     {answers(200, `{"error":"model small is not loaded"}`), `it says "model small is not loaded"`, 1, false},
		"too long":         {answers(200, strings.Repeat(" ", mostAnswer+1)), "longer than 1 MiB", 1, false},
		"wrong key":        {answers(401, `{"error":{"message":"Incorrect API key"}}`), "401 Unauthorized: Incorrect API key", 1, true},
		"no such model":    {answers(404, `{"error":{"message":"model 'small' not found"}}`), "404 Not Found: model 'small' not found", 1, true},
		"elsewhere":        {answers(307, "", "Location", "https://example.org/"), "307 Temporary Redirect", 1, true},
		"always busy":      {answers(503, "busy"), "503 Service Unavailable", 1 + retries, false},
		"asks too much":    {answers(429, `{"error":{"message":"slow down"}}`, "Retry-After", "3600"), "slow down", 1 + retries, false},
		"hangs up at once": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "it cannot be reached", 1 + retries, false},
	} {
		t.Run(name, func(t *testing.T) {
			opinion, asked, paused, err := ask(t, test.answer)
			var endpoint *bookcheck.EndpointError
			if opinion != nil || err == nil || !strings.Contains(err.Error(), test.want) || asked != test.asked || errors.As(err, &endpoint) != test.given {
				t.Errorf("after %d questions: %v, %v; want %q after %d", asked, opinion, err, test.want, test.asked)
			}
			for _, d := range paused {
				if d > longPause {
					t.Errorf("it waits %v", d)
				}
			}
		})
	}
}

func TestAnswersAtTheSecondTry(t *testing.T) {
	opinion, asked, paused, err := ask(t, answers(429, "", "Retry-After", "7"), says("SUPPORTED"))
	if err != nil || asked != 2 || opinion.Support != bookcheck.Consistent || len(paused) != 1 || paused[0] != 7*time.Second {
		t.Errorf("after %d questions and pauses of %v: %v, %v", asked, paused, opinion, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { cancel() }))
	t.Cleanup(server.Close)
	client, err := New(server.URL+"#small", "")
	if err != nil {
		t.Fatal(err)
	}
	if opinion, err := client.Advise(ctx, inquiry); !errors.Is(err, context.Canceled) && opinion != nil {
		t.Errorf("it says %v, %v", opinion, err)
	}
}

func TestEndpoints(t *testing.T) {
	for endpoint, want := range map[string]string{
		"http://localhost:11434/v1#llama3.1":             "http://localhost:11434/v1/chat/completions",
		"https://example.org/v1/#org/model-7b":           "https://example.org/v1/chat/completions",
		"https://example.org/v1/chat/completions#m":      "https://example.org/v1/chat/completions",
		"https://example.org/m/chat/completions?api=2#m": "https://example.org/m/chat/completions?api=2",
	} {
		client, err := New(endpoint, "")
		if err != nil || client.url != want {
			t.Errorf("New(%q) asks %v, %v; want %s", endpoint, client, err, want)
		}
	}
	for endpoint, want := range map[string]string{
		"http://localhost:11434/v1":     "does not name a model",
		"localhost:11434/v1#m":          "is no http or https URL",
		"ftp://example.org#m":           "is no http or https URL",
		"https://me:pass@example.org#m": "holds a password",
		"http://[::1#m":                 "is no URL",
		"":                              "is no http or https URL",
	} {
		if _, err := New(endpoint, ""); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "pass@") {
			t.Errorf("New(%q): %v, want %q", endpoint, err, want)
		}
	}
	if _, err := New("http://localhost#m", "a\nb"); err == nil {
		t.Error("a key of two lines is taken")
	}
}

// The prompt is as it was when its name was given, so that recorded opinions on it
// can be told from those on another.
func TestPrompt(t *testing.T) {
	client, err := New("http://localhost#m", "")
	if err != nil {
		t.Fatal(err)
	}
	if client.Model() != "m" || len(client.Prompt()) != 8 {
		t.Errorf("%s, %s", client.Model(), client.Prompt())
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"choices":[{"message":{"content":"SUPPORTED\nyes"}}]}`))
	f.Add([]byte(`{"error":{"message":"no"}}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		text, err := content(answer)
		if err != nil {
			return
		}
		if _, says, _ := parseAnswer(text); len(says) > mostSentence+len("…") || strings.ContainsAny(says, "\n\r") {
			t.Errorf("%q is too long", says)
		}
	})
}
