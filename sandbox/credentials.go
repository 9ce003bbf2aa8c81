package sandbox

import (
	"net/http"
	"strconv"
	"strings"
)

type credentialItem struct {
	ID                      string `json:"id"`
	WorkspaceID             string `json:"workspace_id"`
	ConnectorName           string `json:"connector_name"`
	ContextStoreStatus      string `json:"context_store_status"`
	ContextStoreEntityCount int    `json:"context_store_entity_count"`
}

type credentialPage struct {
	Data  []credentialItem `json:"data"`
	Total int              `json:"total"`
}

// listCredentials shows how far the context store is for every connector of the
// organization, in pages by offset.
func (s *Sandbox) listCredentials(c *call) (response, error) {
	if id := c.request.PathValue("id"); !strings.EqualFold(id, c.org.id) {
		return response{}, refuse(http.StatusForbidden, "The request is not about organization %s", id)
	}
	limit, err := queryNumber(c, "limit", defaultPageSize)
	if err != nil {
		return response{}, err
	}
	offset, err := queryNumber(c, "offset", 0)
	if err != nil {
		return response{}, err
	}
	items := c.org.credentialItems()
	page := credentialPage{Data: []credentialItem{}, Total: len(items)}
	if offset < len(items) {
		page.Data = items[offset:min(offset+limit, len(items))]
	}
	return success(page)
}

// queryNumber reads a number from 0 to 1000, fallback when absent.
func queryNumber(c *call, name string, fallback int) (int, error) {
	raw := c.request.URL.Query().Get(name)
	if raw == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 0 || n > 1000 {
		return 0, badQuery(name, "int_parsing", "Input should be an integer from 0 to 1000")
	}
	return n, nil
}

func (o *organization) credentialItems() []credentialItem {
	o.mu.RLock()
	defer o.mu.RUnlock()
	items := make([]credentialItem, len(o.connectors))
	for i, c := range o.connectors {
		items[i] = credentialItem{c.id, c.workspaceID, c.name, "ready", len(storeEntities)}
	}
	return items
}
