package login

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/platform"
)

// Account is what a signed-in person has with the API.
type Account struct {
	Base      *url.URL // of the API, without /api/v1
	HTTP      *httpx.Client
	Secrets   *httpx.Secrets // those of HTTP: learns the client secret
	Token     string         // of the person, from SignIn
	UserAgent string
}

// Enrollment says whether a person has an account.
type Enrollment struct {
	Enrolled      bool `json:"is_enrolled"`
	InstanceAdmin bool `json:"is_instance_admin"`
}

// Application is a client id with its secret.
type Application struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

// Enrollment asks whether the person has an account.
func (a Account) Enrollment(ctx context.Context) (Enrollment, error) {
	var wire struct {
		Enrollment

		Said *bool `json:"is_enrolled"`
	}
	err := a.call(ctx, "read the enrollment", http.MethodGet, "enrollment-status", "", func(body []byte) error {
		if json.Unmarshal(body, &wire) != nil || wire.Said == nil {
			return errors.New("it does not say is_enrolled")
		}
		wire.Enrolled = *wire.Said
		return nil
	})
	return wire.Enrollment, err
}

// Organizations lists those that the person belongs to.
func (a Account) Organizations(ctx context.Context) ([]platform.Organization, error) {
	var wire struct {
		Organizations []platform.Organization `json:"organizations"`
		Data          []platform.Organization `json:"data"` // the other documented spelling
	}
	err := a.call(ctx, "list organizations", http.MethodGet, "organizations", "", func(body []byte) error {
		if json.Unmarshal(body, &wire) != nil || wire.Organizations == nil && wire.Data == nil {
			return errors.New("it has no list of organizations")
		}
		return nil
	})
	return append(wire.Organizations, wire.Data...), err
}

// Application gets client credentials in an organization. The server gives the
// same ones again, so a lost answer may be asked for once more.
func (a Account) Application(ctx context.Context, organization string) (Application, error) {
	var made Application
	err := a.call(ctx, "get client credentials", http.MethodPost, "applications", organization, func(body []byte) error {
		made = Application{}
		if json.Unmarshal(body, &made) != nil || made.ClientID == "" || made.ClientSecret == "" {
			return errors.New("it holds no client id and secret") // the decoder's words may quote one
		}
		return nil
	})
	if refused, ok := errors.AsType[*platform.Error](err); ok && refused.Status == http.StatusForbidden {
		e := failure.Invalid("%s: %s", refused.Op, refused.Message)
		e.StatusCode, e.Err = refused.Status, err
		return Application{}, e.WithHint("check that you belong to organization " + organization +
			", and that it has an active Airbyte Agents subscription")
	}
	a.Secrets.AddPair(made.ClientID, made.ClientSecret)
	return made, err
}

func (a Account) call(ctx context.Context, op, method, route, organization string, accept func([]byte) error) error {
	header := http.Header{
		"Accept":        {"application/json"},
		"Content-Type":  {"application/json"},
		"User-Agent":    {a.UserAgent},
		"Authorization": {"Bearer " + a.Token},
	}
	if organization != "" {
		header["X-Organization-Id"] = []string{organization}
	}
	_, err := a.HTTP.Do(ctx, &httpx.Request{
		Method:  method,
		URL:     below(a.Base, "/api/v1/internal/account/"+route),
		Header:  header,
		Timeout: 30 * time.Second,
		Accept:  accept,
	})
	if err != nil {
		return failed(op, err)
	}
	return nil
}
