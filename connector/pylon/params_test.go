package pylon_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// sent is the body of the request that call makes.
func sent(t *testing.T, call func(*pylon.Connector) error) string {
	t.Helper()
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = string(body)
		if _, err := io.WriteString(w, `{"data":{"id":"i"}}`); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	if err := call(direct(t, server.URL)); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestParametersTellAbsentFromEmpty(t *testing.T) {
	t.Parallel()
	update := func(params pylon.IssuesUpdateParams) func(*pylon.Connector) error {
		return func(c *pylon.Connector) error {
			_, err := c.Issues.Update(t.Context(), "i", params)
			return err
		}
	}
	tests := []struct {
		name string
		call func(*pylon.Connector) error
		want string
	}{
		{"absent", update(pylon.IssuesUpdateParams{Title: new("t")}), `{"title":"t"}`},
		{"empty text", update(pylon.IssuesUpdateParams{TeamID: new("")}), `{"team_id":""}`},
		{"empty list", update(pylon.IssuesUpdateParams{Tags: []string{}}), `{"tags":[]}`},
		{"false", update(pylon.IssuesUpdateParams{CustomerPortalVisible: new(false)}), `{"customer_portal_visible":false}`},
		{"text as it is", update(pylon.IssuesUpdateParams{Title: new("<a> & \"b\"")}), `{"title":"<a> & \"b\""}`},
		{
			"custom fields", update(pylon.IssuesUpdateParams{CustomFields: []pylon.CustomFieldInput{
				{Slug: "a", Value: new("")}, {Slug: "b", Values: []string{"x"}}, {Slug: "c"},
			}}),
			`{"custom_fields":[{"slug":"a","value":""},{"slug":"b","values":["x"]},{"slug":"c"}]}`,
		},
		{
			"filter on the empty text", func(c *pylon.Connector) error {
				_, err := c.Issues.Search(t.Context(), pylon.IssuesSearchParams{Filter: pylon.Equals("plan", "")})
				return err
			}, `{"filter":{"field":"plan","operator":"equals","value":""}}`,
		},
		{
			"filter on no values", func(c *pylon.Connector) error {
				_, err := c.Issues.Search(t.Context(), pylon.IssuesSearchParams{Filter: pylon.In("plan")})
				return err
			}, `{"filter":{"field":"plan","operator":"in","values":[]}}`,
		},
		{
			"time", func(c *pylon.Connector) error {
				_, err := c.IssueSnoozes.Create(t.Context(), "i", pylon.IssueSnoozesCreateParams{SnoozeUntil: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)})
				return err
			}, `{"snooze_until":"2026-03-01T08:00:00Z"}`,
		},
		{
			"required false", func(c *pylon.Connector) error {
				_, err := c.FeatureRequestVisibility.Update(t.Context(), "f", pylon.FeatureRequestVisibilityUpdateParams{AccountIDs: []string{"a"}})
				return err
			}, `{"account_ids":["a"],"visible":false}`,
		},
		{
			"map", func(c *pylon.Connector) error {
				_, err := c.CustomObjects.Create(t.Context(), "plan", pylon.CustomObjectsCreateParams{
					Name: "Gold", CustomFields: map[string]pylon.CustomObjectFieldInput{"tier": {Value: new("gold")}},
				})
				return err
			}, `{"name":"Gold","custom_fields":{"tier":{"value":"gold"}}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, sent(t, tt.call)); diff != "" {
				t.Errorf("bodies differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFileUpload(t *testing.T) {
	t.Parallel()
	conn := direct(t, sandbox.Test(t).PylonURL())
	got, err := conn.Attachments.Create(t.Context(), pylon.AttachmentsCreateParams{
		File: pylon.File{Name: "log.txt", ContentType: "text/plain", Content: []byte("line")}, Description: new("The log."),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "log.txt" || got.Description != "The log." || got.URL == "" {
		t.Errorf("got %+v", got)
	}
}

func TestWrongCallsEndBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	conn, err := pylon.Open(pylon.Auth{APIToken: canary}, connector.WithHTTPClient(&http.Client{
		Transport: transport(func(r *http.Request) (*http.Response, error) {
			t.Errorf("%s %s was sent", r.Method, r.URL)
			return nil, errNotSent
		}),
	}))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		call func() error
	}{
		{"empty id", func() error { _, err := conn.Issues.Get(t.Context(), ""); return err }},
		{"required missing", func() error {
			_, err := conn.Issues.Create(t.Context(), pylon.IssuesCreateParams{Title: "t"})
			return err
		}},
		{"unknown value", func() error {
			_, err := conn.Issues.Update(t.Context(), "i", pylon.IssuesUpdateParams{Type: new("letter")})
			return err
		}},
		{"unwritable value", func() error {
			_, err := conn.IssueReplies.Create(t.Context(), "i", pylon.IssueRepliesCreateParams{
				BodyHTML: "b", MessageID: "m", CustomSource: pylon.CustomSourceInfo{ExternalID: "e", Metadata: map[string]any{"f": func() {}}},
			})
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tt.call(); !errors.Is(err, connector.ErrValidation) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	t.Parallel()
	const bad = "a\xffb"
	conn, err := pylon.Open(pylon.Auth{APIToken: canary}, connector.WithHTTPClient(&http.Client{
		Transport: transport(func(r *http.Request) (*http.Response, error) {
			t.Errorf("%s %s was sent", r.Method, r.URL)
			return nil, errNotSent
		}),
	}))
	opened(t, conn, err)
	update := func(params pylon.IssuesUpdateParams) error {
		_, err := conn.Issues.Update(t.Context(), "i", params)
		return err
	}
	upload := func(file pylon.File) error {
		_, err := conn.Attachments.Create(t.Context(), pylon.AttachmentsCreateParams{File: file})
		return err
	}
	tests := []struct {
		name, field string
		err         error
	}{
		{"text", "title", update(pylon.IssuesUpdateParams{Title: new(bad)})},
		{"beside a good U+FFFD", "title", update(pylon.IssuesUpdateParams{Title: new("\ufffd" + bad)})},
		{"list", "tags", update(pylon.IssuesUpdateParams{Tags: []string{"a", bad}})},
		{"struct in a list", "custom_fields", update(pylon.IssuesUpdateParams{CustomFields: []pylon.CustomFieldInput{{Slug: "s", Value: new(bad)}}})},
		{"name of a file", "file", upload(pylon.File{Name: bad, Content: []byte("c")})},
		{"type of a file", "file", upload(pylon.File{Name: "f", ContentType: bad, Content: []byte("c")})},
		{"path", "id", errorOf(conn.Issues.Get(t.Context(), bad))},
		{"filter of a page", "filter", errorOf(conn.Issues.Search(t.Context(), pylon.IssuesSearchParams{Filter: pylon.And(pylon.Equals("tags", bad))}))},
	}
	for _, err := range conn.Issues.SearchAll(t.Context(), pylon.IssuesSearchParams{SearchText: new(bad)}) {
		tests = append(tests, struct {
			name, field string
			err         error
		}{"walk", "search_text", err})
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !errors.Is(tt.err, connector.ErrValidation) || !strings.Contains(tt.err.Error(), tt.field+": ") || !strings.Contains(tt.err.Error(), "UTF-8") {
				t.Errorf("error is %v", tt.err)
			}
		})
	}
}

func errorOf[T any](_ T, err error) error { return err }

func TestGoodTextGoesThrough(t *testing.T) {
	t.Parallel()
	got := sent(t, func(c *pylon.Connector) error {
		_, err := c.Issues.Update(t.Context(), "i", pylon.IssuesUpdateParams{Title: new("\ufffd")})
		return err
	})
	if want := "{\"title\":\"\ufffd\"}"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func TestZeroTimeIsAbsentInAnyZone(t *testing.T) {
	t.Parallel()
	got := sent(t, func(c *pylon.Connector) error {
		_, err := c.Issues.Create(t.Context(), pylon.IssuesCreateParams{
			Title: "t", BodyHTML: "b", RequesterEmail: new("a@b.c"), CreatedAt: time.Time{}.In(time.FixedZone("z", 3600)),
		})
		return err
	})
	if strings.Contains(got, "created_at") {
		t.Errorf("sent %s", got)
	}
}

func TestNewNeedsAConnector(t *testing.T) {
	t.Parallel()
	defer func() {
		if said, _ := recover().(string); !strings.Contains(said, "nil") {
			t.Errorf("panic says %q", said)
		}
	}()
	pylon.New(nil)
	t.Error("a nil connector was taken")
}

func TestOpenSourceActionsAreRefusedHosted(t *testing.T) {
	t.Parallel()
	conn := hosted(t, sandbox.Test(t))
	_, err := conn.Issues.Search(t.Context(), pylon.IssuesSearchParams{})
	if err == nil || !errors.Is(err, connector.ErrValidation) && !errors.Is(err, connector.ErrUnsupported) {
		t.Errorf("error is %v", err)
	}
}
