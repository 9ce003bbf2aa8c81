package workspaces

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/platform"
)

const opList = "list workspaces"

// query says which workspaces to list.
type query struct {
	nameContains, status string
	limit                int64 // 0 and below: all
}

func (q query) values(size int64) url.Values {
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
	read, err := paging.Walk{
		Op:    opList,
		Limit: q.limit,
		Hint:  "narrow it with name_contains or status, or say in limit how many you want: then so many are read",
		Get: func(ctx context.Context, size int64, link string) (json.RawMessage, string, error) {
			values := q.values(size)
			if link != "" {
				var err error
				if values, err = follow(client.BaseURL(), link); err != nil {
					return nil, "", err
				}
			}
			page, err := client.Do(ctx, platform.Request{Op: opList, Method: http.MethodGet, Path: []string{"workspaces"}, Query: values})
			return page, gjson.GetBytes(page, "next").String(), err
		},
	}.All(ctx)
	if err != nil {
		return nil, err
	}
	kept := read.Raw
	if q.limit > 0 { // a link keeps the size of its page
		kept = kept[:min(int64(len(kept)), q.limit)]
	}
	result := []byte(`{"data":[`)
	result = append(result, paging.Join(kept)...)
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
		return nil, paging.Unusable(opList, "the link to the next page is not a url")
	}
	if next.Scheme != from.Scheme || !strings.EqualFold(next.Hostname(), from.Hostname()) || port(next) != port(from) {
		return nil, paging.Unusable(opList, "the link to the next page leads to another host (%s): it is not followed", next.Host)
	}
	return next.Query(), nil
}

func port(u *url.URL) string {
	if u.Port() == "" && u.Scheme == "https" {
		return "443"
	}
	return u.Port()
}
