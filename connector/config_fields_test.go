package connector_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// refreshing is a manifest whose tokens come from an address with the
// configuration value tenant in it.
var refreshing = caseManifest{
	Schemes: `
oauth2:
  type: oauth2
  flows: {authorizationCode: {tokenUrl: "https://{{ dead }}.test/code", refreshUrl: "https://{{ tenant }}.test/token?app={{ client_id }}"}}`,
}

func TestConfigListsWhatTemplatesRead(t *testing.T) {
	t.Parallel()
	scoped := reading("list", "$", `x-airbyte-record-filter: "{{ config.kind }}"`)
	scoped.Info = "x-airbyte-scoping: [{param: acct, config_key: account_id}]"
	tests := map[string]struct {
		manifest caseManifest
		want     []string // name, and ! when it is required
	}{
		"nothing":               {caseManifest{}, nil},
		"token address":         {refreshing, []string{"tenant!"}},
		"filter behind scoping": {scoped, []string{"account_id", "kind"}},
		"transform":             {reading("get", "$", `x-airbyte-record-transform: {a: "{{ config.b }}{{ record.c }}", d: "{{ config.b }}"}`), []string{"b"}},
		"undeclared variable":   {caseManifest{Servers: `- url: "https://{host}.things.test"`}, []string{"host!"}},
		"client credentials": {caseManifest{Schemes: `
oauth2: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://{{ region }}.test/token"}}}`}, []string{"region!"}},
		"a variable with a default": {caseManifest{
			Servers: `- {url: "https://{tenant}.things.test", variables: {tenant: {default: eu}}}`, Schemes: refreshing.Schemes,
		}, []string{"tenant"}},
		"what comes with a token": {caseManifest{
			Servers: `- {url: "https://{tenant}.things.test", variables: {tenant: {default: ""}}}`,
			Schemes: refreshing.Schemes + "\n  x-airbyte-token-extract: [tenant]",
		}, []string{"tenant"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range loadCase(t, test.manifest.String()).Config() {
				mark := ""
				if f.Required {
					mark = "!"
				} else if f.Default == "" && f.Description == "" && name != "what comes with a token" {
					t.Errorf("%s has no description", f.Name)
				}
				got = append(got, f.Name+mark)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
		})
	}
}

// Open takes what Config lists, and asks for what is required.
func TestOpenTakesWhatATokenAddressReads(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{
		"POST https://acme.test/token?app=app-1": {{body: fmt.Sprintf(`{"access_token":%q}`, newToken)}},
		listThings:                               fine,
	})
	conn := n.open(refreshing, refreshOnly, configured("tenant", "acme"))
	res, err := conn.Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, "[{}]")

	m := loadCase(t, refreshing.String())
	_, err = connector.Open(m, refreshOnly)
	failure{kind: connector.ErrConfig, call: "-", says: []string{"tenant"}}.check(t, err, oauthSecrets...)
	_, err = connector.Open(m, refreshOnly, configured("tenannt", "acme"))
	if e, ok := errors.AsType[*connector.Error](err); !ok || !errors.Is(err, connector.ErrConfig) || e.DidYouMean != "tenant" {
		t.Errorf("error = %v, want ErrConfig that suggests tenant", err)
	}
}

func TestOpenTakesAnUndeclaredVariable(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{listThings: fine})
	conn := n.open(caseManifest{Servers: `- url: "https://{host}.test"`}, nil, configured("host", "api"))
	res, err := conn.Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, "[{}]")
}
