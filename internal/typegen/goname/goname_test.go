package goname_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/typegen/goname"
)

func TestType(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, schema, want string }{
		{"as it is", "Issue", "Issue"},
		{"wire message", "UpdateAccountsResponseBody", "AccountsBulkResult"},
		{"initialism", "SlaTimes", "SLATimes"},
		{"initialism at the end", "TeamSla", "TeamSLA"},
		{"word that only begins so", "SlackInfo", "SlackInfo"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := goname.Type(tt.schema); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
