package pylon_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
)

// platform is a connector to a platform that gives one result to every call.
func platform(t *testing.T, result string) *pylon.Connector {
	t.Helper()
	return platformAnswering(t, `{"status":"success","result":`+result+`}`)
}

// platformAnswering is a connector to a platform that gives one answer to every
// call.
func platformAnswering(t *testing.T, answer string) *pylon.Connector {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := `{"access_token":"access-1","expires_in":900}`
		if strings.HasSuffix(r.URL.Path, "/execute") {
			body = answer
		} else if !strings.HasSuffix(r.URL.Path, "/token") {
			t.Errorf("unexpected %s %s", r.Method, r.URL.Path)
		}
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, body); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	conn, err := pylon.Connect(t.Context(), "default",
		connector.WithBaseURL(server.URL), connector.WithCredentials("id", "secret"), connector.WithConnectorID("c"), connector.WithRetries(0),
	)
	return opened(t, conn, err)
}

func TestHostedAnswersThatAreNoRecords(t *testing.T) {
	t.Parallel()
	list := func(c *pylon.Connector, t *testing.T) error {
		_, err := c.Accounts.List(t.Context(), pylon.AccountsListParams{})
		return err
	}
	all := func(c *pylon.Connector, t *testing.T) error {
		for _, err := range c.Accounts.All(t.Context(), pylon.AccountsListParams{}) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	create := func(c *pylon.Connector, t *testing.T) error {
		_, err := c.Accounts.Create(t.Context(), pylon.AccountsCreateParams{Name: "n"})
		return err
	}
	tests := []struct {
		name, result string
		call         func(*pylon.Connector, *testing.T) error
		want         error
	}{
		{"list of records", `{"data":[{"id":"a"}]}`, list, nil},
		{"bare list", `[{"id":"a"}]`, list, nil},
		{"text for a list", `{"data":"none"}`, list, connector.ErrUnavailable},
		{"null in a list", `{"data":[{"id":"a"},null]}`, list, connector.ErrUnavailable},
		{"number in a walk", `{"data":[{"id":"a"},5]}`, all, connector.ErrUnavailable},
		{"record", `{"data":{"id":"a"},"request_id":"r"}`, create, nil},
		{"text for a record", `"done"`, create, connector.ErrUnknownOutcome},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if err := tt.call(platform(t, tt.result), t); !errors.Is(err, tt.want) {
				t.Errorf("error is %v, want %v", err, tt.want)
			}
		})
	}
}

func TestPageHasTheWarning(t *testing.T) {
	t.Parallel()
	conn := platformAnswering(t, `{"status":"success","result":{"data":[{"id":"a"}]},"warning":"data of yesterday"}`)
	page, err := conn.Accounts.List(t.Context(), pylon.AccountsListParams{})
	if err != nil {
		t.Fatal(err)
	}
	if page.Warning != "data of yesterday" || len(page.Records) != 1 {
		t.Errorf("got %+v", page)
	}
}
