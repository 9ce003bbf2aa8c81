package connector_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
)

// tiringService hands out oldToken for an hour. Its token endpoint never answers
// again after that, or refuses.
type tiringService struct {
	t       *testing.T
	refuses bool
	asked   int
	noting
}

func (s *tiringService) RoundTrip(r *http.Request) (*http.Response, error) {
	switch r.Method + " " + r.URL.String() {
	case listThings:
		if got := r.Header.Get("Authorization"); got != "Bearer "+oldToken {
			s.t.Errorf("sent %q", got)
		}
		return s.noting.RoundTrip(r)
	case tokenCall:
		return s.token(r)
	}
	s.t.Errorf("unexpected request %s %s", r.Method, r.URL)
	return nil, fmt.Errorf("unexpected request %s", r.URL)
}

func (s *tiringService) token(r *http.Request) (*http.Response, error) {
	s.asked++
	res, err := new(noting).RoundTrip(r)
	switch {
	case s.asked == 1:
		res.Body = io.NopCloser(strings.NewReader(`{"access_token":"` + oldToken + `","expires_in":3600}`))
	case s.refuses:
		res.StatusCode = http.StatusBadRequest
	default:
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	return res, err
}

// TestAnEarlyRenewalFailsNoCall: half a minute before its end the token is good,
// whatever becomes of its renewal; after its end that counts.
func TestAnEarlyRenewalFailsNoCall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		refuses bool
		fails   failure
		asked   int // token requests
	}{
		"the endpoint hangs":   {false, failure{kind: connector.ErrUnavailable}, 3},
		"the endpoint refuses": {true, failure{kind: connector.ErrAuth, status: http.StatusBadRequest}, 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := &tiringService{t: t, refuses: test.refuses}
				m := loadCase(t, caseManifest{Schemes: renewing("body", "form")}.String())
				conn, err := connector.Open(m, refreshOnly, connector.WithHTTPClient(&http.Client{Transport: service}))
				if err != nil {
					t.Fatal(err)
				}
				for _, at := range []time.Duration{0, time.Hour - 30*time.Second, 28 * time.Second} {
					<-time.After(at)
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					if _, err := conn.Execute(ctx, "things", "list", nil); err != nil {
						t.Error(err)
					}
					cancel()
					synctest.Wait()
				}
				<-time.After(2 * time.Second)
				_, err = conn.Execute(t.Context(), "things", "list", nil)
				test.fails.check(t, err, oauthSecrets...)
				if len(service.came) != 3 || service.asked != test.asked {
					t.Errorf("%d calls and %d token requests, want 3 and %d", len(service.came), service.asked, test.asked)
				}
				if err := conn.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
