package tools_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// script answers each execute by its cursor, or when that comes a second time by
// the cursor and " again"; what is not in it is a failed test.
type script map[string]string

// set returns tools of a connector whose service is the script, and the cursors
// that it was asked for so far.
func (s script) set(t *testing.T, opts ...tools.Option) (*tools.Set, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/token") {
			answerWith(t, w, []byte(`{"access_token":"token","token_type":"bearer","expires_in":900}`))
			return
		}
		var body struct{ Params struct{ Cursor string } }
		raw, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(raw, &body) != nil {
			t.Errorf("unreadable request: %v", err)
		}
		answer, ok := s[body.Params.Cursor]
		if slices.Contains(asked, body.Params.Cursor) {
			answer, ok = s[body.Params.Cursor+" again"]
		}
		asked = append(asked, body.Params.Cursor)
		switch {
		case !ok:
			t.Errorf("nobody should ask for cursor %q", body.Params.Cursor)
		case answer[0] != '{':
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		answerWith(t, w, []byte(answer))
	}))
	t.Cleanup(server.Close)
	conn, err := connector.Connect(t.Context(), "pylon", "default", connector.WithBaseURL(server.URL),
		connector.WithCredentials("id", "secret"), connector.WithConnectorID("c"), connector.WithRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	return newSet(t, conn, opts...), &asked
}

const (
	listAccounts = `{"entity":"accounts","action":"list"}`
	lastPage     = `{"result":{"data":[{"id":"e"}],"meta":{"has_more":false}}}`
)

// page is one page of an answer, whose data is sent with white space as it is here.
func pageOf(data, cursor string) string {
	return `{"result":{"data":` + data + `,"meta":{"has_more":true,"cursor":"` + cursor + `"}}}`
}

// long is a page of one row that takes so many characters in all.
func long(chars int) string { return `["` + strings.Repeat("x", chars-len(`[""]`)) + `"]` }

func TestPages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		pages script
		opts  []tools.Option
		want  string
		asked []string
	}{
		{
			"one by default",
			script{"": pageOf(`[{"id":"a"}]`, "2")},
			nil,
			`{"data":[{"id":"a"}],"meta":{"has_more":true,"cursor":"2"}}`,
			[]string{""},
		},
		{
			"all there are",
			script{"": pageOf(`[ {"id":"a","n":12345678901234567890}, {"id":"b"} ]`, "2"), "2": pageOf(`[]`, "3"), "3": lastPage},
			[]tools.Option{tools.WithPages(9)},
			`{"data":[{"id":"a","n":12345678901234567890},{"id":"b"},{"id":"e"}]}`,
			[]string{"", "2", "3"},
		},
		{
			"no more than asked for",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": pageOf(`[{"id":"b"}]`, "3")},
			[]tools.Option{tools.WithPages(2)},
			`{"data":[{"id":"a"},{"id":"b"}],"meta":{"has_more":true,"cursor":"3"}}`,
			[]string{"", "2"},
		},
		{
			"a page that would not fit is not asked for",
			script{"": pageOf(`["`+strings.Repeat("x", 300)+`"]`, "2")},
			[]tools.Option{tools.WithPages(9), tools.WithMaxOutput(600)},
			`{"data":["` + strings.Repeat("x", 300) + `"],"meta":{"has_more":true,"cursor":"2"}}`,
			[]string{""},
		},
		{
			"a page that does not fit is left out whole",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": pageOf(`["`+strings.Repeat("x", 600)+`"]`, "3")},
			[]tools.Option{tools.WithPages(9), tools.WithMaxOutput(600)},
			`{"data":[{"id":"a"}],"meta":{"has_more":true,"cursor":"2"}}`,
			[]string{"", "2"},
		},
		{
			"a later page fails",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": pageOf(`[{"id":"b"}]`, "3"), "3": "down"},
			[]tools.Option{tools.WithPages(9)},
			`{"data":[{"id":"a"},{"id":"b"}],"meta":{"has_more":true,"cursor":"3",` +
				`"warning":"the list is incomplete, its next page failed: down",` +
				`"hint":"the cursor goes on with the page that failed; should it fail again: the service did not answer; try once more later, then tell the user"}}`,
			[]string{"", "2", "3"},
		},
		{
			"a cursor that comes again",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": pageOf(`[{"id":"b"}]`, "2")},
			[]tools.Option{tools.WithPages(9), tools.WithRetries(3)},
			`{"data":[{"id":"a"},{"id":"b"}],"meta":{"has_more":true,` +
				`"warning":"the list is incomplete: the service returned the same cursor twice, so paging would never end",` +
				`"hint":"there is more, but the service gave no cursor: use context_store_search of accounts with a filter, few fields and a limit"}}`,
			[]string{"", "2"},
		},
		{
			"a later page fails at first",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": "down", "2 again": pageOf(`[{"id":"b"}]`, "3"), "3": lastPage},
			[]tools.Option{tools.WithPages(9), tools.WithRetries(1)},
			`{"data":[{"id":"a"},{"id":"b"},{"id":"e"}]}`,
			[]string{"", "2", "2", "3"},
		},
		{
			"each page fails once",
			script{
				"": "down", " again": pageOf(`[{"id":"a"}]`, "2"), "2": "down", "2 again": pageOf(`[{"id":"b"}]`, "3"), "3": lastPage,
			},
			[]tools.Option{tools.WithPages(9), tools.WithRetries(2)},
			`{"data":[{"id":"a"},{"id":"b"},{"id":"e"}]}`,
			[]string{"", "", "2", "2", "3"},
		},
		{
			"more, but no cursor",
			script{"": pageOf(`[{"id":"a"}]`, "2"), "2": pageOf(`[{"id":"b"}]`, "")},
			[]tools.Option{tools.WithPages(9), tools.WithRetries(3)},
			`{"data":[{"id":"a"},{"id":"b"}],"meta":{"has_more":true,` +
				`"warning":"the list is incomplete: there are more records, but the service gave no cursor to fetch them with",` +
				`"hint":"there is more, but the service gave no cursor: use context_store_search of accounts with a filter, few fields and a limit"}}`,
			[]string{"", "2"},
		},
		{
			"a warning beside a failure",
			script{"": `{"status":"partial","error":"slow","result":{"data":[{"id":"a"}],"meta":{"has_more":true,"cursor":"2"}}}`, "2": "down"},
			[]tools.Option{tools.WithPages(9)},
			`{"data":[{"id":"a"}],"meta":{"has_more":true,"cursor":"2",` +
				`"warning":"the platform reports status \"partial\": slow; the list is incomplete, its next page failed: down",` +
				`"hint":"the cursor goes on with the page that failed; should it fail again: the service did not answer; try once more later, then tell the user"}}`,
			[]string{"", "2"},
		},
		{
			"room for a page, its cursor and the meta",
			script{"": pageOf(`["a"]`, "2"), "2": pageOf(long(390), "3")},
			[]tools.Option{tools.WithPages(2), tools.WithMaxOutput(600)},
			`{"data":["a",` + long(390)[1:] + `,"meta":{"has_more":true,"cursor":"3"}}`,
			[]string{"", "2"},
		},
		{
			"room for a page, but not for its cursor",
			script{"": pageOf(`["a"]`, "2"), "2": pageOf(long(390), "3"+strings.Repeat("c", 10))},
			[]tools.Option{tools.WithPages(2), tools.WithMaxOutput(600)},
			`{"data":["a"],"meta":{"has_more":true,"cursor":"2"}}`,
			[]string{"", "2"},
		},
		{
			"room for a page, but not for the meta",
			script{"": pageOf(`["a"]`, "2"), "2": pageOf(long(399), "3")},
			[]tools.Option{tools.WithPages(2), tools.WithMaxOutput(600)},
			`{"data":["a"],"meta":{"has_more":true,"cursor":"2"}}`,
			[]string{"", "2"},
		},
		{
			"the first page fails",
			script{"": "down"},
			[]tools.Option{tools.WithPages(9)},
			`{"error":{"kind":"unavailable","message":"down","hint":"the service did not answer; try once more later, then tell the user","retryable":true}}`,
			[]string{""},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			set, asked := tt.pages.set(t, tt.opts...)
			out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(listAccounts))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.Text); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.asked, *asked); diff != "" {
				t.Errorf("cursors asked for (-want +got):\n%s", diff)
			}
		})
	}
}

// A write is one request, whatever its answer says of paging.
func TestPagesOfAWrite(t *testing.T) {
	t.Parallel()
	set, asked := script{"": pageOf(`{"id":"a"}`, "2")}.set(t, tools.WithPages(9))
	out, err := set.CallWithProgress(t.Context(), "pylon_execute",
		json.RawMessage(`{"entity":"tags","action":"create","params":{"value":"v","object_type":"issue"}}`),
		func(p tools.Progress) { t.Errorf("a write reported %+v", p) })
	if err != nil || out.IsError || len(*asked) != 1 {
		t.Errorf("got %s, %v after %d requests", out.Text, err, len(*asked))
	}
}

func TestPagesOfOneRecord(t *testing.T) {
	t.Parallel()
	set, _ := script{"": `{"result":{"id":"a"}}`}.set(t, tools.WithPages(9), tools.WithPerAction(), tools.WithAllow("accounts.get"))
	out, err := set.Call(t.Context(), "pylon_accounts_get", json.RawMessage(`{"id":"a"}`))
	if want := `{"data":{"id":"a"}}`; err != nil || out.Text != want {
		t.Errorf("got %s, %v, want %s", out.Text, err, want)
	}
}

func TestPagesRange(t *testing.T) {
	t.Parallel()
	if _, err := tools.New(offline(t), tools.WithPages(0)); !errors.Is(err, connector.ErrConfig) {
		t.Errorf("WithPages(0) gave %v, want ErrConfig", err)
	}
	fn := func(context.Context, struct{}) (string, error) { return "", nil }
	if _, err := tools.Func("f", "", fn, tools.WithPages(2)); !errors.Is(err, connector.ErrConfig) {
		t.Errorf("Func with WithPages(2) gave %v, want ErrConfig", err)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	pages := script{"": pageOf(`[{"id":"a"},{"id":"b"}]`, "2"), "2": pageOf(`[]`, "3"), "3": lastPage}
	set, _ := pages.set(t, tools.WithPages(9))
	var got []tools.Progress
	_, err := set.CallWithProgress(t.Context(), "pylon_execute", json.RawMessage(listAccounts),
		func(p tools.Progress) { got = append(got, p) })
	if err != nil {
		t.Fatal(err)
	}
	want := []tools.Progress{{Pages: 1, Records: 2}, {Pages: 2, Records: 2}, {Pages: 3, Records: 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

// A call that is cancelled between two pages ends the run, as any other does.
func TestPagesCancelled(t *testing.T) {
	t.Parallel()
	set, asked := script{"": pageOf(`[{"id":"a"}]`, "2")}.set(t, tools.WithPages(9))
	ctx, cancel := context.WithCancel(t.Context())
	out, err := set.CallWithProgress(ctx, "pylon_execute", json.RawMessage(listAccounts), func(tools.Progress) { cancel() })
	if !errors.Is(err, context.Canceled) || out.Text != "" || len(*asked) != 1 {
		t.Errorf("got (%s, %v) after %d requests, want context.Canceled after 1", out.Text, err, len(*asked))
	}
}
