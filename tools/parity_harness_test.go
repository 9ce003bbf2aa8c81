package tools_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// parityTime is when all writes of these tests happen.
var parityTime = time.Date(2026, time.November, 2, 9, 30, 0, 0, time.UTC)

// bothModes returns a set of each mode, on a fresh sandbox each.
func bothModes(t *testing.T, opts ...tools.Option) (hosted, direct *tools.Set) {
	t.Helper()
	return bothModesOf(t, nil, opts...)
}

func bothModesOf(t *testing.T, boxes []sandbox.Option, opts ...tools.Option) (hosted, direct *tools.Set) {
	t.Helper()
	boxes = append(boxes, sandbox.WithClock(func() time.Time { return parityTime }))
	return newSet(t, connectHosted(t, sandbox.Test(t, boxes...)), opts...), newSet(t, openDirect(t, sandbox.Test(t, boxes...)), opts...)
}

func connectHosted(t *testing.T, box *sandbox.Sandbox) *connector.Connector {
	t.Helper()
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0))
	return closing(t, conn, err)
}

func openDirect(t *testing.T, box *sandbox.Sandbox) *connector.Connector {
	t.Helper()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("there is no manifest of pylon")
	}
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": sandbox.PylonToken},
		connector.WithBaseURL(box.PylonURL()),
		connector.WithRetries(0))
	return closing(t, conn, err)
}

func closing(t *testing.T, conn *connector.Connector, err error) *connector.Connector {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func executeCall(t *testing.T, entity, action, params string) json.RawMessage {
	t.Helper()
	args, err := json.Marshal(map[string]any{"entity": entity, "action": action, "params": json.RawMessage(params)})
	if err != nil {
		t.Fatalf("%s: %v", params, err)
	}
	return args
}

func callSet(t *testing.T, set *tools.Set, args json.RawMessage) tools.Output {
	t.Helper()
	out, err := set.Call(t.Context(), "pylon_execute", args)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// seeded replaces the names that rows use by ids of records that are in every
// fresh sandbox.
func seeded(t *testing.T) *strings.Replacer {
	t.Helper()
	conn := openDirect(t, sandbox.Test(t))
	first := func(entity, action, path string, params connector.Params) string {
		t.Helper()
		for record, err := range conn.Records(t.Context(), entity, action, params) {
			if err != nil {
				t.Fatal(err)
			}
			if found := gjson.GetBytes(record, path).String(); found != "" {
				return found
			}
		}
		t.Fatalf("%s.%s has no record with %s", entity, action, path)
		return ""
	}
	base := first("knowledge_bases", "list", "id", nil)
	return strings.NewReplacer(
		"<issue>", first("issues", "api_search", "id", nil),
		"<message>", first("messages", "list", "id", connector.Params{"id": "1448"}),
		"<account>", first("accounts", "list", "id", nil),
		"<contact>", first("contacts", "list", "id", nil),
		"<team>", first("teams", "list", "id", nil),
		"<tag>", first("tags", "list", "id", nil),
		"<user>", first("users", "list", "id", nil),
		"<custom_field>", first("custom_fields", "list", "id", connector.Params{"object_type": "account"}),
		"<task>", first("tasks", "list", "id", nil),
		"<project>", first("projects", "api_search", "id", nil),
		"<milestone>", first("tasks", "list", "milestone.id", nil),
		"<knowledge_base>", base,
		"<article>", first("articles", "list", "id", connector.Params{"kb_id": base}),
	)
}

// without removes members from an envelope.
func without(t *testing.T, envelope string, paths ...string) string {
	t.Helper()
	for _, path := range paths {
		var err error
		if envelope, err = sjson.Delete(envelope, path); err != nil {
			t.Fatal(err)
		}
	}
	return envelope
}

func setMember(t *testing.T, object, name, value string) string {
	t.Helper()
	object, err := sjson.Set(object, name, value)
	if err != nil {
		t.Fatal(err)
	}
	return object
}
