package pylon_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// walk reads all pages of a list, or of a search when the call is a POST, and
// returns the ids and the number of pages.
func (d *desk) walk(call string, limit int) (ids []string, pages int) {
	d.tb.Helper()
	cursor := ""
	for {
		target, body := call, any(nil)
		if strings.HasPrefix(call, "POST ") {
			body = object{"limit": limit, "cursor": cursor}
		} else {
			separator := "?"
			if strings.Contains(call, "?") {
				separator = "&"
			}
			target = fmt.Sprintf("%s%slimit=%d&cursor=%s", call, separator, limit, url.QueryEscape(cursor))
		}
		answer := d.call(target, body)
		pages++
		for _, row := range listIn(d.tb, answer) {
			ids = append(ids, row["id"].(string))
		}
		pagination, more := answer["pagination"].(object)
		if !more {
			return ids, pages
		}
		if pagination["has_next_page"] != true || pagination["cursor"] == "" || pages > 100 {
			d.tb.Fatalf("%s: page %d has pagination %v", call, pages, pagination)
		}
		cursor = pagination["cursor"].(string)
	}
}

func TestEveryPagedRouteWalksToTheEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	issue := findIssue(t, d.o, "with a long thread", func(i object) bool { return len(messagesOf(t, d.o, i["id"])) > 4 })
	for call, limit := range map[string]int{
		"GET /issues" + window(): 25,
		"GET /accounts":          10,
		"GET /contacts":          50,
		"POST /issues/search":    90,
		"POST /accounts/search":  7,
		"POST /contacts/search":  60,
		"POST /users/search":     6,
		"GET /issues/" + issue["id"].(string) + "/messages": 2,
	} {
		whole, _ := d.walk(call, 900)
		got, pages := d.walk(call, limit)
		if diff := cmp.Diff(whole, got); diff != "" {
			t.Errorf("%s in pages (-whole +pages):\n%s", call, diff)
		}
		if want := (len(whole) + limit - 1) / limit; pages != want || pages < 2 {
			t.Errorf("%s: %d pages, want %d", call, pages, want)
		}
	}
}

func TestDefaultsOfPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	inWindow := len(d.records("GET /issues"+window(), nil))
	if inWindow <= 100 {
		t.Fatalf("%d issues in the window: too few to tell", inWindow)
	}
	if n := len(d.records("GET /issues"+window()+"&limit=0", nil)); n != inWindow {
		t.Errorf("limit=0 lists %d issues, want all %d", n, inWindow)
	}
	for _, call := range []string{"POST /issues/search", "GET /contacts"} {
		if n := len(d.records(call, nil)); n != 100 {
			t.Errorf("%s answers %d rows, want 100", call, n)
		}
	}
}

func TestCursorsBelongToTheirRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	filter := object{"field": "state", "operator": "equals", "value": "closed"}
	cursor := d.call("POST /issues/search", object{"limit": 5, "filter": filter})["pagination"].(object)["cursor"].(string)
	checkRefusals(t, d, []refusalCase{
		{"POST /issues/search", object{"limit": 5, "cursor": cursor}, 400, "cursor"},
		{"POST /accounts/search", object{"cursor": cursor}, 400, "cursor"},
		{"GET /accounts?cursor=" + cursor, nil, 400, "cursor"},
	})
	first := d.records("POST /issues/search", object{"limit": 5, "filter": filter})
	ignored := d.records("POST /issues/search?limit=2&cursor="+cursor, object{"limit": 5, "filter": filter})
	if diff := cmp.Diff(first, ignored); diff != "" {
		t.Errorf("a cursor in the query of a search is not ignored:\n%s", diff)
	}
}

func TestUnsettledHabits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nothing := object{"search_text": "no issue says this"}
	check := func(when string, lastPage, emptySearch []string) {
		t.Helper()
		if diff := cmp.Diff(lastPage, keysOf(d.call("GET /teams", nil))); diff != "" {
			t.Errorf("%s: keys of a last page (-want +got):\n%s", when, diff)
		}
		if diff := cmp.Diff(emptySearch, keysOf(d.call("POST /issues/search", nothing))); diff != "" {
			t.Errorf("%s: keys of an empty search (-want +got):\n%s", when, diff)
		}
	}
	check("by default", []string{"data"}, []string{})
	d.o.SetKeepsEmptyData(true)
	check("keeping empty data", []string{"data"}, []string{"data"})
	d.o.SetAlwaysPaginates(true)
	check("always paginating", []string{"data", "pagination"}, []string{"data", "pagination"})
	want := object{"cursor": "", "has_next_page": false}
	if diff := cmp.Diff(want, d.call("GET /teams", nil)["pagination"]); diff != "" {
		t.Errorf("pagination of a last page:\n%s", diff)
	}
}

func keysOf(body object) []string {
	keys := []string{}
	for _, key := range []string{"data", "pagination"} {
		if _, ok := body[key]; ok {
			keys = append(keys, key)
		}
	}
	return keys
}

func TestPageSizeHoldsForBothFaces(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.o.SetPageSize("tags", 4)
	d.o.SetPageSize("issues", 3)
	for _, call := range []string{"GET /tags", "GET /issues" + window(), "POST /issues/search"} {
		answer := d.call(call, nil)
		if n := len(listIn(t, answer)); n > 4 || answer["pagination"] == nil {
			t.Errorf("%s: %d rows, pagination %v", call, n, answer["pagination"])
		}
	}
	if n := len(rows(t, d.o, "tags", "list", nil)); n != 4 {
		t.Errorf("the hosted list has %d rows", n)
	}
}
