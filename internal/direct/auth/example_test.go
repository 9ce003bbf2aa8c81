package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func ExampleNew() {
	schemes := []manifest.Scheme{bearer("bearerAuth", "api_token")}
	_, err := auth.New(auth.Config{Schemes: schemes, Credentials: map[string]string{"api_key": "secret"}})
	fmt.Println(err)
	// Output:
	// unknown credential "api_key"; the service takes: api_token (bearerAuth)
}

func ExampleGrant_Apply() {
	key := manifest.Scheme{
		Name: "key", Type: "api_key", In: "query", Key: "key",
		Fields: fields("api_key"), Required: []string{"api_key"}, Mapping: same("api_key"),
	}
	a, err := auth.New(auth.Config{Schemes: []manifest.Scheme{key}, Credentials: map[string]string{"api_key": "K"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	grant, err := a.Grant(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(grant.Apply(http.Header{}, "limit=10"))
	// Output:
	// limit=10&key=K
}

// After a 401 the caller asks for another grant, once, and repeats.
func ExampleAuthenticator_Renew() {
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token":"new","expires_in":3600}`)
	}))
	defer tokens.Close()
	a, err := auth.New(auth.Config{
		Schemes:     []manifest.Scheme{oauth(tokens.URL, "refresh_token")},
		Credentials: map[string]string{"access_token": "old", "refresh_token": "R"},
		OnTokens: func(_ context.Context, t auth.Tokens) error {
			fmt.Println("to be kept:", t.AccessToken, t.RefreshToken)
			return nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	grant, err := a.Grant(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	grant, renewed, err := a.Renew(ctx, grant)
	header := http.Header{}
	grant.Apply(header, "")
	fmt.Println(header, renewed, err)
	// Output:
	// to be kept: new R
	// map[Authorization:[Bearer new]] true <nil>
}
