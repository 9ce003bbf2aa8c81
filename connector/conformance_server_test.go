package connector_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase096_ServerVariables(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config map[string]string
		call   string
	}{
		"the default":         {nil, "GET https://acme.x.test/v1/things"},
		"the program's value": {map[string]string{"sub": "eu-1.emca"}, "GET https://eu-1.emca.x.test/v1/things"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{test.call: fine})
			conn := n.open(caseManifest{Servers: `- {url: "https://{sub}.x.test/", variables: {sub: {default: acme}}}`}, nil, connector.WithConfig(test.config))
			if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Fatal(err)
			}
			n.checkCalls(test.call)
		})
	}
}

func TestCase097_AddressesThatAreNotWhatTheySeem(t *testing.T) {
	t.Parallel()
	const host = `- {url: "https://{sub}.x.test/v1", variables: {sub: {default: "{sub}", description: Your account.}}}`
	tests := map[string]struct {
		servers string
		config  map[string]string
		says    []string
		allowed []string
	}{
		"unresolved":              {servers: host, says: []string{"sub", "WithConfig", "Your account."}},
		"not declared":            {servers: `- {url: "https://{sub}.x.test"}`, says: []string{"sub"}},
		"empty":                   {servers: host, config: map[string]string{"sub": ""}, says: []string{"sub"}},
		"another host":            {servers: host, config: map[string]string{"sub": "evil.com/#"}, says: []string{"sub", "evil.com/#"}},
		"a user":                  {servers: host, config: map[string]string{"sub": "a@evil.com"}, says: []string{"sub"}},
		"a port":                  {servers: host, config: map[string]string{"sub": "evil.com:443/?"}, says: []string{"sub"}},
		"a whole address":         {servers: host, config: map[string]string{"sub": "https://acme"}, says: []string{"sub", "the name alone"}},
		"a path that climbs":      {servers: `- {url: "https://x.test/{area}", variables: {area: {default: ""}}}`, config: map[string]string{"area": ".."}, says: []string{"area"}},
		"a path of several steps": {servers: `- {url: "https://x.test/{area}", variables: {area: {default: ""}}}`, config: map[string]string{"area": "a/b"}, says: []string{"area"}},
		"an origin in the clear":  {servers: `- {url: "{origin}/v1", variables: {origin: {default: ""}}}`, config: map[string]string{"origin": "http://x.test"}, says: []string{"origin", "https"}},
		"an origin with a query":  {servers: `- {url: "{origin}/v1", variables: {origin: {default: ""}}}`, config: map[string]string{"origin": "https://x.test/?a="}, says: []string{"origin"}},
		"outside the enum": {
			servers: `- {url: "https://{dc}.x.test", variables: {dc: {default: us, enum: [us, eu]}}}`,
			config:  map[string]string{"dc": "evil"}, says: []string{"dc", `"evil"`, "us, eu"}, allowed: []string{"us", "eu"},
		},
		"a name that nothing reads": {
			servers: host, config: map[string]string{"sub": "acme", "sbu": "x"}, says: []string{`"sbu"`, "sub"}, allowed: []string{"sub"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newNetwork(t, nil).tryOpen(caseManifest{Servers: test.servers}, nil, connector.WithConfig(test.config))
			failure{kind: connector.ErrConfig, call: "-", says: test.says}.check(t, err)
			if e, ok := errors.AsType[*connector.Error](err); ok {
				if diff := cmp.Diff(test.allowed, e.Allowed); diff != "" {
					t.Errorf("allowed (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestCase098_NoServer(t *testing.T) {
	t.Parallel()
	_, err := newNetwork(t, nil).tryOpen(caseManifest{Servers: "[]"}, nil)
	failure{kind: connector.ErrConfig, call: "-", says: []string{"names no server", "WithBaseURL"}}.check(t, err)
}
