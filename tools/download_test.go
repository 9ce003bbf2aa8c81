package tools_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// TestDownloadsAreNoTools holds that a model is not offered what can only fail:
// in open source mode a download is a stream for the program.
func TestDownloadsAreNoTools(t *testing.T) {
	t.Parallel()
	m, err := connector.LoadManifest(strings.NewReader(`
openapi: 3.1.0
info:
  title: Files
  version: 1.0.0
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
servers: [{url: "https://api.media.test"}]
paths:
  /files:
    get: {x-airbyte-entity: files, x-airbyte-action: list, responses: {"200": {description: Done}}}
  /files/content:
    get: {x-airbyte-entity: files, x-airbyte-action: download, responses: {"200": {description: Done}}}
  /pictures:
    get: {x-airbyte-entity: pictures, x-airbyte-action: download, responses: {"200": {description: Done}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
`))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, connector.Credentials{"token": "s3cret"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	for name, opts := range map[string][]tools.Option{"one tool": nil, "per action": {tools.WithPerAction()}} {
		set := newSet(t, conn, opts...)
		for _, tool := range set.Tools() {
			if text := tool.Name() + string(tool.Schema()); strings.Contains(text, "download") || strings.Contains(text, "pictures") {
				t.Errorf("%s: %s", name, text)
			}
		}
		if len(set.Tools()) != 1 {
			t.Errorf("%s: %d tools", name, len(set.Tools()))
		}
	}
	if n := len(conn.Entities()); n != 2 {
		t.Errorf("the connector itself has %d entities, want 2", n)
	}
}
