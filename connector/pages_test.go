package connector_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// pageFault answers one execute with a page of one record.
func pageFault(id, meta string) sandbox.Fault {
	return sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"result":[{"id":"` + id + `"}],"connector_metadata":` + meta + `}`}
}

func TestPages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		faults  []sandbox.Fault
		data    []string
		cursors []string
		want    error
		guard   bool // the error matches ErrIncomplete
	}{
		{
			"to the last",
			[]sandbox.Fault{pageFault("1", `{"has_more":true,"cursor":"2"}`), pageFault("2", `{"has_more":false}`)},
			[]string{`[{"id":"1"}]`, `[{"id":"2"}]`},
			[]string{"2", ""},
			nil, false,
		},
		{
			"a cursor that comes again",
			[]sandbox.Fault{pageFault("1", `{"has_more":true,"cursor":"2"}`), pageFault("2", `{"has_more":true,"cursor":"2"}`)},
			[]string{`[{"id":"1"}]`, `[{"id":"2"}]`},
			[]string{"2", "2"},
			connector.ErrUnavailable, true,
		},
		{
			"more without a cursor",
			[]sandbox.Fault{pageFault("1", `{"has_more":true}`)},
			[]string{`[{"id":"1"}]`},
			[]string{""},
			connector.ErrUnsupported, true,
		},
		{
			"a page that cannot be read",
			[]sandbox.Fault{pageFault("1", `{"has_more":true,"cursor":"2"}`), {Route: sandbox.RouteExecute, Status: 404}},
			[]string{`[{"id":"1"}]`},
			[]string{"2"},
			connector.ErrNotFound, false,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			conn := connect(t, box)
			box.Inject(tt.faults...)
			var data, cursors []string
			var failure error
			for page, err := range conn.Pages(t.Context(), "accounts", "list", nil) {
				if err != nil {
					failure = err
					continue // it must end by itself
				}
				data, cursors = append(data, string(page.Data)), append(cursors, page.Meta.Cursor)
			}
			if diff := cmp.Diff(tt.data, data); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.cursors, cursors); diff != "" {
				t.Errorf("cursors (-want +got):\n%s", diff)
			}
			if !errors.Is(failure, tt.want) {
				t.Errorf("it ended with %v, want %v", failure, tt.want)
			}
			if got := errors.Is(failure, connector.ErrIncomplete); got != tt.guard {
				t.Errorf("%v matches ErrIncomplete: %v, want %v", failure, got, tt.guard)
			}
		})
	}
}

// A caller goes on where it stopped, and its parameters stay its own.
func TestPagesGoOn(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t, sandbox.WithPageSize("accounts", 5))
	conn := connect(t, box)
	params, seen := connector.Params{}, []string(nil)
	for range 2 {
		for page, err := range conn.Pages(t.Context(), "accounts", "list", params) {
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, string(page.Data))
			if len(params) != len(seen)-1 {
				t.Errorf("the caller's params are %v after %d pages", params, len(seen))
			}
			params["cursor"] = page.Meta.Cursor
			break
		}
	}
	if n := box.Count(sandbox.RouteExecute); n != 2 || len(seen) != 2 || seen[0] == seen[1] {
		t.Errorf("%d requests gave %d pages, want two that differ", n, len(seen))
	}
}
