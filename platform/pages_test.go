package platform_test

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

const workspacesRoute = "GET /api/v1/workspaces"

// names walks workspaces to their end or first error.
func names(seq iter.Seq2[platform.Workspace, error]) (got []string, err error) {
	for w, err := range seq {
		if err != nil {
			return got, err
		}
		got = append(got, w.Name)
	}
	return got, nil
}

// workspacePages serves one page per cursor; next makes its link.
func workspacePages(t *testing.T, next func(base string, page int) string) *api {
	t.Helper()
	a := newAPI(t).withToken(900)
	return a.on(workspacesRoute, func(w http.ResponseWriter, r *http.Request) {
		page := 0
		if c := r.URL.Query().Get("cursor"); c != "" {
			if _, err := fmt.Sscanf(c, "p%d", &page); err != nil {
				t.Error(err)
			}
		}
		link := next("http://"+r.Host, page+1)
		fmt.Fprintf(w, `{"data":[{"id":"%[1]d-a","name":"%[1]da"},{"id":"%[1]d-b","name":"%[1]db"}],"next":%[2]s}`, page, link)
	})
}

func TestWorkspacesFollowsLinks(t *testing.T) {
	t.Parallel()
	links := map[string]string{"complete": `"%[1]s/api/v1/workspaces?cursor=p%[2]d"`, "relative": `"/api/v1/workspaces?cursor=p%[2]d"`}
	for name, link := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := workspacePages(t, func(base string, page int) string {
				if page == 3 {
					return "null"
				}
				return fmt.Sprintf(link, base, page)
			})
			got, err := names(a.client().Workspaces(t.Context(), platform.WorkspaceQuery{NameContains: "a b", Status: "active", Limit: 2}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"0a", "0b", "1a", "1b", "2a", "2b"}, got); diff != "" {
				t.Error(diff)
			}
			if got := a.calls()[0].Query; got != "limit=2&name_contains=a+b&status=active" {
				t.Errorf("query %s", got)
			}
		})
	}
}

func TestWorkspacesStopsEarly(t *testing.T) {
	t.Parallel()
	a := workspacePages(t, func(base string, page int) string {
		return fmt.Sprintf(`"%s/api/v1/workspaces?cursor=p%d"`, base, page)
	})
	for _, err := range a.client().Workspaces(t.Context(), platform.WorkspaceQuery{}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if got := len(a.calls()); got != 1 {
		t.Errorf("%d pages fetched for one row", got)
	}
}

func TestForeignAndRepeatedLinks(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, link, says string }{
		{"other host", "https://evil.test/api/v1/workspaces?cursor=p1", "another host"},
		{"no scheme", "//evil.test/x", "another host"},
		{"other port", "http://127.0.0.1:1/x", "another host"},
		{"other scheme", "https:", "another host"},
		{"user name", "http://evil.test@127.0.0.1/", "another host"},
		{"backslash", `http:\\evil.test`, "next page"},
		{"not a url", "http://%zz", "not a url"},
		{"repeated", "/api/v1/workspaces?cursor=p1", "same next page twice"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := workspacePages(t, func(string, int) string { return fmt.Sprintf("%q", tc.link) })
			got, err := names(a.client().Workspaces(t.Context(), platform.WorkspaceQuery{}))
			if !errors.Is(err, platform.ErrUnavailable) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
			if len(got) < 2 {
				t.Errorf("the rows before the error are lost: %v", got)
			}
		})
	}
}

func TestFailureOnALaterPage(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on("GET /api/v1/skills/search", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("cursor") != "" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, `{"data":[{"id":"s1"}],"next_cursor":"c2"}`)
	})
	var got []string
	var last error
	for s, err := range a.client().SearchSkills(t.Context(), "refund policy", platform.SkillQuery{WorkspaceID: "w", Limit: 1}) {
		if err != nil {
			last = err
			continue
		}
		got = append(got, s.ID)
	}
	if !errors.Is(last, platform.ErrPermission) || len(got) != 1 {
		t.Errorf("got %v, %v", got, last)
	}
	want := []string{"limit=1&query=refund+policy&workspace_id=w", "cursor=c2&limit=1&query=refund+policy&workspace_id=w"}
	if diff := cmp.Diff(want, []string{a.calls()[0].Query, a.calls()[1].Query}); diff != "" {
		t.Error(diff)
	}
}

func TestSkillsRepeatedCursor(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).reply("GET /api/v1/skills", `{"data":[{"id":"s1"}],"next_cursor":"same"}`)
	var last error
	rows := 0
	for _, err := range a.client().Skills(t.Context(), platform.SkillQuery{}) {
		if last = err; err == nil {
			rows++
		}
	}
	if !errors.Is(last, platform.ErrUnavailable) || rows != 2 || len(a.calls()) != 2 {
		t.Errorf("%d rows, %d calls, %v", rows, len(a.calls()), last)
	}
}

// TestListsWithoutAnEnd: every link is another one, so that only a bound ends the
// walk.
func TestListsWithoutAnEnd(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rows string // of page %[1]d
		query      platform.WorkspaceQuery
		pages      int
		says       string
	}{
		{"new rows", `{"id":"%[1]d"}`, platform.WorkspaceQuery{}, 100, "has not ended after 100 pages"},
		{"new rows on small pages", `{"id":"%[1]d"}`, platform.WorkspaceQuery{Limit: 50}, 200, "has not ended after 200 pages"},
		{"no rows", "", platform.WorkspaceQuery{}, 5, "its last 5 pages brought nothing new"},
		{"the same rows", `{"id":"1"},{"id":"2"}`, platform.WorkspaceQuery{}, 6, "its last 5 pages brought nothing new"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			page := 0
			a := newAPI(t).withToken(900).on(workspacesRoute, func(w http.ResponseWriter, _ *http.Request) {
				page++
				fmt.Fprintf(w, `{"data":[`+tc.rows+`],"next":"/api/v1/workspaces?cursor=p%[1]d"}`, page)
			})
			_, err := names(a.client().Workspaces(t.Context(), tc.query))
			if !errors.Is(err, platform.ErrUnavailable) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
			if got := len(a.calls()); got != tc.pages {
				t.Errorf("%d pages fetched, want %d", got, tc.pages)
			}
		})
	}
}

// TestEmptyPagesBetween: a filter may leave pages without rows, and the rows
// behind them count.
func TestEmptyPagesBetween(t *testing.T) {
	t.Parallel()
	page := 0
	a := newAPI(t).withToken(900).on("GET /api/v1/skills", func(w http.ResponseWriter, _ *http.Request) {
		page++
		row, next := "", fmt.Sprintf(`"c%d"`, page)
		if page%5 == 0 {
			row = fmt.Sprintf(`{"id":"%d"}`, page)
		}
		if page == 15 {
			next = "null"
		}
		fmt.Fprintf(w, `{"data":[%s],"next_cursor":%s}`, row, next)
	})
	var got []string
	for skill, err := range a.client().Skills(t.Context(), platform.SkillQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, skill.ID)
	}
	if diff := cmp.Diff([]string{"5", "10", "15"}, got); diff != "" {
		t.Error(diff)
	}
	if got := a.calls()[0].Query; got != "limit=100" {
		t.Errorf("query %s", got)
	}
}
