package suggest_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/suggest"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	words := []string{"issues", "accounts", "contacts", "context_store_search", "issue_replies"}
	tests := []struct{ name, got, want string }{
		{"plural", "issue", "issues"},
		{"case and space", " Accounts ", "accounts"},
		{"typo in a long word", "context_store_serach", "context_store_search"},
		{"swapped first letters", "sisues", "issues"},
		{"nothing near", "invoices_of_customer", ""},
		{"empty", "", ""},
		{"one odd letter", "\ufffd", ""},
		{"first of two equally near", "contacts", "contacts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := suggest.Nearest(tt.got, words); got != tt.want {
				t.Errorf("Nearest(%q) = %q, want %q", tt.got, got, tt.want)
			}
		})
	}
}
