package workspaces

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/platform"
)

// pageSize is the largest page that the API gives.
const pageSize = 100

// query says which workspaces to list.
type query struct {
	nameContains, status string
	limit                int64 // 0 and below: all
}

func (q query) values() url.Values {
	size := int64(pageSize)
	if q.limit > 0 {
		size = min(size, q.limit)
	}
	values := url.Values{"limit": {strconv.FormatInt(size, 10)}}
	if q.nameContains != "" {
		values.Set("name_contains", q.nameContains)
	}
	if q.status != "" {
		values.Set("status", q.status)
	}
	return values
}

// rows returns {"data": […]} with the rows of all pages as the server sent
// them, up to the limit.
func rows(ctx context.Context, client *platform.Client, q query) (json.RawMessage, error) {
	result := []byte(`{"data":[`)
	count, seen := int64(0), map[string]bool{}
	for values := q.values(); values != nil; {
		page, err := client.Do(ctx, platform.Request{Method: http.MethodGet, Path: []string{"workspaces"}, Query: values})
		if err != nil {
			return nil, err
		}
		data, next := gjson.GetBytes(page, "data"), gjson.GetBytes(page, "next").String()
		if !data.IsArray() {
			return nil, failure.General("list workspaces: the answer has no list of workspaces")
		}
		for _, row := range data.Array() {
			if q.limit > 0 && count == q.limit {
				break
			}
			if count > 0 {
				result = append(result, ',')
			}
			result = append(result, row.Raw...)
			count++
		}
		if next == "" || (q.limit > 0 && count == q.limit) {
			break
		}
		if seen[next] {
			return nil, failure.General("list workspaces: the server sent the same next page twice")
		}
		seen[next] = true
		if values, err = follow(client.BaseURL(), next); err != nil {
			return nil, err
		}
	}
	return append(result, "]}"...), nil
}

// follow returns the query of a link to the next page. The page is always asked
// of the API's own host; a link to another one is refused, since then the
// answer is not what it should be.
func follow(base, link string) (url.Values, error) {
	from, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	next, err := from.Parse(link)
	if err != nil {
		return nil, failure.General("list workspaces: the link to the next page is not a url")
	}
	if next.Scheme != from.Scheme || !strings.EqualFold(next.Hostname(), from.Hostname()) || port(next) != port(from) {
		return nil, failure.General("list workspaces: the link to the next page leads to another host (%s): it is not followed", next.Host)
	}
	return next.Query(), nil
}

func port(u *url.URL) string {
	if u.Port() == "" && u.Scheme == "https" {
		return "443"
	}
	return u.Port()
}
