package connector_test

import (
	"net/http"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// HTTP clients repeat a GET by themselves, so nothing that changes something may
// travel by it.
func TestAWriteIsNotSentByGET(t *testing.T) {
	t.Parallel()
	wrong := map[string]caseManifest{
		"by its name":   {Action: "create"},
		"a delete":      {Action: "delete", Path: "/v1/things/{id}", Operation: "parameters: [{name: id, in: path, required: true}]"},
		"by its effect": {Action: "list", Operation: "x-effect: write"},
	}
	for name, m := range wrong {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, m.String(), ".get: ", "must not be sent by GET")
		})
	}
	right := map[string]caseManifest{
		"a write by POST":     {Action: "create", Method: "post"},
		"a read by its word":  {Action: "update", Operation: "x-effect: read"},
		"a search by POST":    {Action: "api_search", Method: "post"},
		"a destroy by DELETE": {Action: "delete", Method: "delete"},
	}
	for name, m := range right {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if warnings := loadCase(t, m.String()).Warnings(); len(warnings) > 0 {
				t.Errorf("warnings = %q", warnings)
			}
		})
	}
}

func TestRetriesAreBounded(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ config, says string }{
		"attempts":         {"{max_attempts: 11}", "max_attempts: must be a whole number from 1 to 10"},
		"no attempt":       {"{max_attempts: 0}", "max_attempts: must be a whole number of at least 1"},
		"initial delay":    {"{initial_delay_seconds: 86400.5}", "initial_delay_seconds: must be a number from 0 to 86400"},
		"longest delay":    {"{max_delay_seconds: 1e9}", "max_delay_seconds: must be a number from 0 to 86400"},
		"delays that grow": {"{exponential_base: 10.1}", "exponential_base: must be a number from 1 to 10"},
		"and shrink":       {"{exponential_base: 0.5}", "exponential_base: must be a number from 1 to 10"},
		"a status":         {"{retry_on_status_codes: [429, 600]}", "retry_on_status_codes[1]: must be a whole number from 100 to 599"},
		"a low status":     {"{retry_on_status_codes: [99]}", "retry_on_status_codes[0]: must be a whole number of at least 100"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, caseManifest{Info: "x-airbyte-retry-config: " + test.config}.String(), "x-airbyte-retry-config", test.says)
		})
	}
	t.Run("at the bounds", func(t *testing.T) {
		t.Parallel()
		loadCase(t, caseManifest{Info: "x-airbyte-retry-config: {max_attempts: 10, initial_delay_seconds: 0, max_delay_seconds: 86400, " +
			"exponential_base: 1, retry_on_status_codes: [100, 599]}"}.String())
	})
}

// A check must not change anything.
func TestAWriteIsNoCheck(t *testing.T) {
	t.Parallel()
	m := caseManifest{Paths: `/v1/things:
  post: {x-airbyte-entity: things, x-airbyte-action: create, x-airbyte-preferred-for-check: true}
  get: {x-airbyte-entity: things, x-airbyte-action: list}`}
	warns(t, loadCase(t, m.String()), "paths./v1/things.post.x-airbyte-preferred-for-check", "no check calls it")
	conn := openCase(t, m.String(), expect(t, exchange{request: "GET /v1/things", answer: "[]"}).serve, nil)
	health, err := conn.Check(t.Context())
	if err != nil || !health.OK {
		t.Errorf("health = %+v, %v", health, err)
	}
}

func TestADownloadIsNoResult(t *testing.T) {
	t.Parallel()
	m := caseManifest{Action: "download", Operation: "x-airbyte-preferred-for-check: true"}
	conn := openCase(t, m.String(), expect(t).serve, nil)
	_, err := conn.Execute(t.Context(), "things", "download", nil)
	failure{kind: connector.ErrUnsupported, call: "things.download", says: []string{"use Connector.Download"}}.check(t, err)
	for _, err := range conn.Records(t.Context(), "things", "download", nil) {
		failure{kind: connector.ErrUnsupported, call: "things.download", says: []string{"use Connector.Download"}}.check(t, err)
	}

	tr := expect(t, exchange{request: "GET /v1/things", with: map[string]string{"Content-Type": "text/csv"}, answer: "a,b"})
	health, err := openCase(t, m.String(), tr.serve, nil).Check(t.Context())
	if err != nil || !health.OK || health.Status != "healthy" {
		t.Errorf("health = %+v, %v, want the download to be what is checked", health, err)
	}
	tr = expect(t, exchange{request: "GET /v1/things", status: http.StatusForbidden, answer: "{}"})
	if health, err = openCase(t, m.String(), tr.serve, nil).Check(t.Context()); err != nil || health.OK {
		t.Errorf("health = %+v, %v, want an unhealthy one", health, err)
	}
}
