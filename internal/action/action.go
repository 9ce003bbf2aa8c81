// Package action knows the verbs of connectors: which only read, which change
// something, and which destroy.
package action

// ContextStoreSearch is the hosted search over the records Airbyte keeps.
const ContextStoreSearch = "context_store_search"

// Effect is what an action may do to the customer's data.
type Effect string

// The effects, from harmless to final.
const (
	Read    Effect = "read"
	Write   Effect = "write"
	Destroy Effect = "destroy"
)

// Of returns the effect of an action by its name. HTTP methods say nothing
// here: many services list through POST. A verb nobody knows counts as a write,
// so that it is never repeated on its own.
func Of(name string) Effect {
	switch name {
	case "list", "get", "search", "api_search", "describe", "download",
		ContextStoreSearch, "context_store_sql_query", "sql_select":
		return Read
	case "delete":
		return Destroy
	default:
		return Write
	}
}
