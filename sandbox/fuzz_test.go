package sandbox_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// FuzzExecute sends any body: the answer is JSON and never the sandbox's own
// failure.
func FuzzExecute(f *testing.F) {
	for _, seed := range []string{
		getMe, `{`, ``, `null`, `[]`, `{"entity":"issues","action":"get","params":{"id":1042}}`,
		`{"entity":"teams","action":"list","select_fields":["id","users.id","","."],"skip_truncation":false}`,
		`{"entity":"teams","action":"list","exclude_fields":["users.id","users"]}`,
		`{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"in":{"state":["new"]}}}}}`,
	} {
		f.Add(seed)
	}
	box := sandbox.Test(f)
	f.Fuzz(func(t *testing.T, body string) {
		c := &client{t: t, base: box.PlatformURL()}
		c.login()
		got := c.execute(body)
		if !json.Valid([]byte(got.body)) || got.status >= http.StatusInternalServerError {
			t.Errorf("body %q gets %d %s", body, got.status, got.body)
		}
	})
}

// FuzzBearer sends any token: none but those that were issued get in.
func FuzzBearer(f *testing.F) {
	for _, seed := range []string{"", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"} {
		f.Add(seed)
	}
	box := sandbox.Test(f)
	f.Fuzz(func(t *testing.T, token string) {
		c := &client{t: t, base: box.PlatformURL(), token: token}
		got, err := c.try(http.MethodGet, workspacePath, "")
		if err != nil {
			return // the HTTP client refuses the header
		}
		if got.status != http.StatusUnauthorized {
			t.Errorf("token %q gets %d", token, got.status)
		}
	})
}
