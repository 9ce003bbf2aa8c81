package pylon_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
)

func TestLenientRecords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, record string
		want         string // of id, number, title, tags, account id, first custom field
	}{
		{"plain", `{"id":"i","number":7,"title":"t","tags":["a"],"account":{"id":"k"},"custom_fields":{"p":{"value":"v"}}}`, `i 7 t [a] k v`},
		{"nulls", `{"id":"i","number":null,"title":null,"tags":null,"account":null,"custom_fields":null}`, `i 0  []  `},
		{"absent", `{"id":"i"}`, `i 0  []  `},
		{"number as text", `{"id":"i","number":"7","title":"t"}`, `i 0 t []  `},
		{"text as number", `{"number":7,"title":12,"id":"i"}`, `i 7  []  `},
		{"object as text", `{"account":"k","id":"i","number":7}`, `i 7  []  `},
		{"text as object", `{"title":{"a":1},"tags":["a"],"id":"i"}`, `i 0  [a]  `},
		{"list of mixed values", `{"tags":["a",1,"b"],"id":"i"}`, `i 0  [a  b]  `},
		{"wrong inside", `{"account":{"id":5,"external_ids":[{"label":1}]},"id":"i","number":7}`, `i 7  []  `},
		{"wrong custom field", `{"custom_fields":{"p":3},"id":"i"}`, `i 0  []  `},
		{"fraction", `{"number":7.5,"id":"i"}`, `i 0  []  `},
		{"unknown members", `{"id":"i","number":7,"later":{"x":[1]}}`, `i 7  []  `},
		{"unknown state", `{"id":"i","state":"parked","type":"letter"}`, `i 0  []  `},
		{"times that are none", `{"created_at":"yesterday","updated_at":"","resolution_time":5,"id":"i"}`, `i 0  []  `},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			issue, err := answering(t, "/issues/i", `{"data":`+tt.record+`,"request_id":"r"}`).Issues.Get(t.Context(), "i")
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(issue); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if string(issue.Raw) != tt.record {
				t.Errorf("Raw is %s", issue.Raw)
			}
		})
	}
}

func outline(issue *pylon.Issue) string {
	return strings.Join([]string{
		issue.ID, strconv.FormatInt(issue.Number, 10), issue.Title, "[" + strings.Join(issue.Tags, " ") + "]", issue.Account.ID, issue.CustomFields["p"].Value,
	}, " ")
}

func TestRawTellsNullFromAbsentAndKeepsDigits(t *testing.T) {
	t.Parallel()
	const record = `{"id":"i", "assignee":null, "weight":12345678901234567890123}`
	issue, err := answering(t, "/issues/i", `{"data":`+record+`}`).Issues.Get(t.Context(), "i")
	if err != nil {
		t.Fatal(err)
	}
	if got := gjson.GetBytes(issue.Raw, "assignee").Type; got != gjson.Null || !gjson.GetBytes(issue.Raw, "assignee").Exists() {
		t.Errorf("assignee is %v", got)
	}
	if gjson.GetBytes(issue.Raw, "team").Exists() {
		t.Error("team is there")
	}
	if got := gjson.GetBytes(issue.Raw, "weight").Raw; got != "12345678901234567890123" {
		t.Errorf("weight is %s", got)
	}
}

func TestAnswersWithoutRecords(t *testing.T) {
	t.Parallel()
	search := func(c *pylon.Connector, t *testing.T) (int, error) {
		found, err := c.Issues.Search(t.Context(), pylon.IssuesSearchParams{})
		if err != nil {
			return 0, err
		}
		return len(found.Records), nil
	}
	get := func(c *pylon.Connector, t *testing.T) (int, error) {
		_, err := c.Issues.Get(t.Context(), "i")
		return 1, err
	}
	update := func(c *pylon.Connector, t *testing.T) (int, error) {
		_, err := c.Issues.Update(t.Context(), "i", pylon.IssuesUpdateParams{Title: new("t")})
		return 1, err
	}
	tests := []struct {
		name, path, body string
		call             func(*pylon.Connector, *testing.T) (int, error)
		want             int
		err              error
	}{
		{"search without data", "/issues/search", `{"request_id":"r"}`, search, 0, nil},
		{"search with null", "/issues/search", `{"data":null}`, search, 0, nil},
		{"search with an empty list", "/issues/search", `{"data":[]}`, search, 0, nil},
		{"search with one record", "/issues/search", `{"data":{"id":"i"}}`, search, 1, nil},
		{"record missing", "/issues/i", `{"data":null}`, get, 0, connector.ErrUnavailable},
		{"answer of a write missing", "/issues/i", `{"data":null}`, update, 0, connector.ErrUnknownOutcome},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n, err := tt.call(answering(t, tt.path, tt.body), t)
			if !errors.Is(err, tt.err) {
				t.Fatalf("error is %v, want %v", err, tt.err)
			}
			if err == nil && n != tt.want {
				t.Errorf("got %d records, want %d", n, tt.want)
			}
			if e, ok := errors.AsType[*connector.Error](err); err != nil && (!ok || e.Entity != "issues" || e.Action == "") {
				t.Errorf("error %#v does not name the action", err)
			}
		})
	}
}

func TestAnswersOfOtherShapes(t *testing.T) {
	t.Parallel()
	t.Run("several records at once", func(t *testing.T) {
		t.Parallel()
		c := answering(t, "/issues/i/followers", `{"data":[{"id":"u","type":"user"},{"id":"c","type":"contact"}],"request_id":"r"}`)
		got, err := c.IssueFollowers.Update(t.Context(), "i", pylon.IssueFollowersUpdateParams{UserIDs: []string{"u"}})
		if err != nil || len(got) != 2 || got[1].ID != "c" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("flat", func(t *testing.T) {
		t.Parallel()
		c := answering(t, "/training-data/d/documents", `{"deleted_count":3,"request_id":"r"}`)
		got, err := c.TrainingDataDocuments.Delete(t.Context(), "d", pylon.TrainingDataDocumentsDeleteParams{})
		if err != nil || got.DeletedCount != 3 {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	for name, body := range map[string]string{
		"beside data": `{"data":{"id":"i"},"warnings":{"skipped_attachments":["a"]},"request_id":"r"}`,
		"data alone":  `{"id":"i"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := answering(t, "/import/issues/i/messages", body).MessageImports.Create(t.Context(), "i", pylon.MessageImportsCreateParams{
				Messages: []pylon.ImportMessage{{BodyHTML: "<p>b</p>"}},
			})
			if err != nil || got.Data.ID != "i" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		t.Parallel()
		if err := answering(t, "/tags/x", `{"request_id":"r"}`).Tags.Delete(t.Context(), "x"); err != nil {
			t.Error(err)
		}
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"utc", `"2026-10-02T09:15:00Z"`, `"2026-10-02T09:15:00Z"`},
		{"zone and fraction", `"2026-10-02T09:15:00.5+02:00"`, `"2026-10-02T09:15:00.5+02:00"`},
		{"without a zone", `"2026-10-02T09:15:00"`, `"2026-10-02T09:15:00Z"`},
		{"day", `"2026-10-02"`, `"2026-10-02T00:00:00Z"`},
		{"empty", `""`, `null`},
		{"null", `null`, `null`},
		{"unreadable", `"soon"`, `null`},
		{"number", `1712345678`, `null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got pylon.Time
			if err := json.Unmarshal([]byte(tt.text), &got); err != nil {
				t.Fatal(err)
			}
			if text, err := json.Marshal(got); err != nil || string(text) != tt.want {
				t.Errorf("got %s, %v, want %s", text, err, tt.want)
			}
		})
	}
}

func FuzzIssue(f *testing.F) {
	f.Add([]byte(`{"id":"i","number":7,"account":{"id":"k"},"created_at":"2026-10-02T09:15:00Z"}`))
	f.Add([]byte(`{"custom_fields":{"p":{"values":["a",1]}},"tags":null,"team_slas":[{"resolution":[]}]}`))
	f.Add([]byte(`{"id":`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var issue pylon.Issue
		err := json.Unmarshal(data, &issue)
		if valid := json.Valid(data); valid != (err == nil) {
			t.Fatalf("valid is %v, and the error is %v", valid, err)
		}
		if err != nil {
			return
		}
		again, err := json.Marshal(issue)
		if err != nil || !json.Valid(again) {
			t.Fatalf("a record cannot be written: %s, %v", again, err)
		}
	})
}
