package pylon

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

const name = "pylon"

// Connect returns the Pylon connector of an Airbyte workspace, which holds
// Pylon's credentials. It is connector.Connect, typed: the credentials are
// Airbyte's, and the errors are the same.
func Connect(ctx context.Context, workspace string, opts ...connector.Option) (*Connector, error) {
	c, err := connector.Connect(ctx, name, workspace, opts...)
	if err != nil {
		return nil, err
	}
	return New(c), nil
}

// Open returns a connector that calls Pylon itself. It does no I/O.
//
// Errors match connector.ErrConfig: no token, an unknown region, an option of
// hosted mode. A token that Pylon does not accept shows at the first call, as
// connector.ErrAuth.
func Open(auth Auth, opts ...connector.Option) (*Connector, error) {
	token := cmp.Or(auth.APIToken, os.Getenv(TokenVariable))
	if strings.TrimSpace(token) == "" {
		return nil, wrong("there is no API token", "set Auth.APIToken or the environment variable "+TokenVariable)
	}
	region, err := withRegion(auth.Region)
	if err != nil {
		return nil, err
	}
	manifest, ok := connector.LookupManifest(name)
	if !ok {
		return nil, wrong("this program was built without the manifest of Pylon", "")
	}
	c, err := connector.Open(manifest, connector.Credentials{"api_token": token}, append(region, opts...)...)
	if err != nil {
		return nil, err
	}
	return New(c), nil
}

// withRegion is the option that sets the address, none for the manifest's
// default.
func withRegion(r Region) ([]connector.Option, error) {
	if r == "" {
		if url := os.Getenv(HostVariable); url != "" {
			return []connector.Option{connector.WithBaseURL(url)}, nil
		}
		return nil, nil
	}
	host, ok := hosts[r]
	if !ok {
		return nil, wrong(fmt.Sprintf("there is no region %q", string(r)), fmt.Sprintf("use %s or %s", US, EU))
	}
	return []connector.Option{connector.WithConfig(map[string]string{"host": host})}, nil
}

func wrong(message, hint string) error {
	return &connector.Error{Kind: connector.KindConfig, Op: "open pylon", Message: message, Hint: hint}
}
