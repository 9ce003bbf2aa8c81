package direct_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// linked is an operation below a path parameter whose answers name the address
// of the next page.
func linked(parameters ...manifest.Parameter) *manifest.Document {
	op := list("/users/{id}/notes", append([]manifest.Parameter{must("id", "path"), may("q", "query")}, parameters...)...)
	op.Meta = []manifest.Pair{{Name: "next", Value: "@link.next"}}
	return &manifest.Document{Name: "things", Entities: []manifest.Entity{entity("notes", op)}}
}

func TestLinkToTheNextPage(t *testing.T) {
	t.Parallel()
	const mail, first = `{"id":"a@b.c"}`, "GET https://api.test/v1/users/a%40b.c/notes"
	tests := map[string]struct {
		params string // "" the mail
		first  string // call of the first page; "" of the mail's
		link   string
		cursor string
		says   string // of the warning
		next   string // call of the next page; "" there is none to ask for
	}{
		"as it was called":         {link: "https://api.test/v1/users/a@b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"escaped":                  {link: "https://api.test/v1/users/a%40b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"a slash at its end":       {link: "https://api.test/v1/users/a%40b.c/notes/?page=2", cursor: "?page=2", next: first + "?page=2"},
		"without a host":           {link: "/v1/users/a@b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"behind a proxy":           {link: "http://api.test/v1/users/a@b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"the port it has anyway":   {link: "https://api.test:443/v1/users/a@b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"the host in capitals":     {link: "https://API.test/v1/users/a@b.c/notes?page=2", cursor: "?page=2", next: first + "?page=2"},
		"with the query it had":    {params: `{"id":"a@b.c","q":"x y"}`, first: first + "?q=x+y", link: "https://api.test/v1/users/a@b.c/notes?q=x+y&page=2", cursor: "?page=2&q=x+y", next: first + "?page=2&q=x+y"},
		"an escaped slash in it":   {params: `{"id":"a/b"}`, first: "GET https://api.test/v1/users/a%2Fb/notes", link: "https://api.test/v1/users/a%2fb/notes?page=2", cursor: "?page=2", next: "GET https://api.test/v1/users/a%2Fb/notes?page=2"},
		"letters beyond ASCII":     {params: `{"id":"é"}`, first: "GET https://api.test/v1/users/%C3%A9/notes", link: "https://api.test/v1/users/%c3%a9/notes?page=2", cursor: "?page=2", next: "GET https://api.test/v1/users/%C3%A9/notes?page=2"},
		"another user":             {link: "https://api.test/v1/users/d@b.c/notes?page=2", says: "at another path, /v1/users/d@b.c/notes"},
		"a path above":             {link: "https://api.test/users/a@b.c/notes?page=2", says: "at another path"},
		"no query":                 {link: "https://api.test/v1/users/a@b.c/notes", says: "at another path"},
		"another host":             {link: "https://evil.test/v1/users/a@b.c/notes?page=2", says: "on another host, evil.test"},
		"another port":             {link: "https://api.test:8443/v1/users/a@b.c/notes?page=2", says: "on another host"},
		"in the clear with a port": {link: "http://api.test:8080/v1/users/a@b.c/notes?page=2", says: "on another host"},
		"a query that is broken":   {link: "https://api.test/v1/users/a@b.c/notes?page=%zz", says: "next page"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.params == "" {
				test.params, test.first = mail, first
			}
			client, s := serve(t, linked(), direct.Config{BaseURL: "https://api.test/v1"}, map[string]answer{
				test.first: {body: `[{"n":1}]`, link: "<" + test.link + `>; rel="next"`}, test.next: {body: `[{"n":2}]`},
			})
			got, err := client.Execute(t.Context(), "notes", "list", json.RawMessage(test.params))
			if err != nil {
				t.Fatal(err)
			}
			if got.Cursor != test.cursor || !got.HasMore || !strings.Contains(got.Warning, test.says) || (test.says == "") != (got.Warning == "") {
				t.Errorf("cursor %q, more %t, warning %q", got.Cursor, got.HasMore, got.Warning)
			}
			if test.next == "" {
				s.check(test.first)
				return
			}
			more := strings.TrimSuffix(test.params, "}") + `,"cursor":"` + got.Cursor + `"}`
			if got, err = client.Execute(t.Context(), "notes", "list", json.RawMessage(more)); err != nil || string(got.Data) != `[{"n":2}]` || got.HasMore {
				t.Errorf("result %+v, %v", got, err)
			}
			s.check(test.first, test.next)
		})
	}
}

// A service may write its token into the address; then the token is the cursor.
func TestLinkThatHoldsTheToken(t *testing.T) {
	t.Parallel()
	const first = "GET https://api.test/users/7/notes"
	client, s := serve(t, linked(may("page_token", "query")), direct.Config{}, map[string]answer{
		first:                       {body: `[{"n":1}]`, link: `<https://api.test/elsewhere?page_token=t%2F2>; rel="next"`},
		first + "?page_token=t%2F2": {body: `[{"n":2}]`},
	})
	got, err := client.Execute(t.Context(), "notes", "list", json.RawMessage(`{"id":"7"}`))
	if err != nil || got.Cursor != "t/2" || got.Warning != "" {
		t.Fatalf("result %+v, %v", got, err)
	}
	if _, err := client.Execute(t.Context(), "notes", "list", json.RawMessage(`{"id":"7","cursor":"t/2"}`)); err != nil {
		t.Fatal(err)
	}
	s.check(first, first+"?page_token=t%2F2")
}
