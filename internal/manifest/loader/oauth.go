package loader

import (
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const (
	tokenRefresh = "x-airbyte-token-refresh"
	tokenExtract = "x-airbyte-token-extract"
)

// flows in the order of preference, when a scheme has several.
var flows = []string{"authorizationCode", "clientCredentials", "password", "implicit"}

func (f *file) readOAuth(out *manifest.Scheme, v value) *refusal {
	name, flow := chooseFlow(v.get("flows"))
	if name == "" {
		return &refusal{v, "an oauth2 scheme needs flows with one of authorizationCode, clientCredentials, password, implicit"}
	}
	refresh := v.get(tokenRefresh)
	refresh.onlyKeys([]string{"auth_style", "body_format"})
	out.OAuth = &manifest.OAuth{
		Flow:       name,
		TokenURL:   f.template(flow.get("tokenUrl")),
		RefreshURL: f.template(flow.get("refreshUrl")),
		AuthStyle:  refresh.get("auth_style").oneOf("body", "basic", "none"),
		BodyFormat: refresh.get("body_format").oneOf("form", "json"),
	}
	if out.OAuth.AuthStyle == "" {
		out.OAuth.AuthStyle = "body"
	}
	if out.OAuth.BodyFormat == "" {
		out.OAuth.BodyFormat = "form"
	}
	return nil
}

func chooseFlow(v value) (string, value) {
	for _, name := range flows {
		if flow := v.get(name); flow.isMapping() {
			return name, flow
		}
	}
	return "", value{}
}

// readTokenExtract reads which members of a token answer fill in variables of
// the server.
func (f *file) readTokenExtract(out *manifest.Scheme, v value, variables []string) {
	var names []string
	for item := range v.get(tokenExtract).items() {
		name := item.text()
		switch {
		case slices.Contains(names, name):
			item.problem("%q is there twice", name)
		case !slices.Contains(variables, name):
			item.problem("there is no server variable %q", name)
		}
		names = append(names, name)
	}
	if out.OAuth != nil {
		out.OAuth.Extract = names
	}
}
