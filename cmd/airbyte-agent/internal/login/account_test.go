package login_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/login"
	"github.com/agentsdk-go/airbyte/platform"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// account is that of a person who has signed in at the sandbox.
func account(t *testing.T, box *sandbox.Sandbox) login.Account {
	t.Helper()
	s := signIn(t, box, visits)
	token, err := s.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return login.Account{Base: parse(t, box.PlatformURL()), HTTP: s.HTTP, Secrets: s.Secrets, Token: token, UserAgent: "test"}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	a := account(t, sandbox.Test(t, sandbox.WithOrganizations(2)))
	if status, err := a.Enrollment(t.Context()); err != nil || !status.Enrolled || status.InstanceAdmin {
		t.Errorf("enrollment %+v, %v", status, err)
	}
	all, err := a.Organizations(t.Context())
	if err != nil || len(all) != 2 || all[0].ID != sandbox.OrganizationID || all[1].Name == "" {
		t.Errorf("organizations %+v, %v", all, err)
	}
	made, err := a.Application(t.Context(), all[1].ID)
	if diff := cmp.Diff(login.Application{ClientID: sandbox.ClientID, ClientSecret: sandbox.ClientSecret}, made); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if shown := a.Secrets.Redact("it is " + sandbox.ClientSecret); strings.Contains(shown, sandbox.ClientSecret) {
		t.Error("the client secret would be shown")
	}
}

func TestAccountWithoutAnything(t *testing.T) {
	t.Parallel()
	a := account(t, sandbox.Test(t, sandbox.WithAccount(sandbox.AccountInstanceAdmin)))
	if status, err := a.Enrollment(t.Context()); err != nil || !status.InstanceAdmin {
		t.Errorf("enrollment %+v, %v", status, err)
	}
	if all, err := a.Organizations(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("organizations %+v, %v", all, err)
	}
	a = account(t, sandbox.Test(t, sandbox.WithAccount(sandbox.AccountNotEnrolled)))
	if status, err := a.Enrollment(t.Context()); err != nil || status.Enrolled {
		t.Errorf("enrollment %+v, %v", status, err)
	}
}

func TestAccountReadsTheOtherList(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	a := account(t, box)
	box.Inject(sandbox.Fault{Route: sandbox.RouteOrganizations, Body: `{"data":[{"id":"x","name":"y"}]}`})
	all, err := a.Organizations(t.Context())
	if diff := cmp.Diff([]platform.Organization{{ID: "x", Name: "y"}}, all); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestAccountFailures(t *testing.T) {
	t.Parallel()
	enrollment := func(a login.Account, ctx context.Context) error {
		_, err := a.Enrollment(ctx)
		return err
	}
	organizations := func(a login.Account, ctx context.Context) error {
		_, err := a.Organizations(ctx)
		return err
	}
	application := func(a login.Account, ctx context.Context) error {
		_, err := a.Application(ctx, sandbox.OrganizationID)
		return err
	}
	tests := []struct {
		name  string
		fault sandbox.Fault
		call  func(login.Account, context.Context) error
		kind  string
		says  string
	}{
		{"enrollment says nothing", sandbox.Fault{Route: sandbox.RouteEnrollment, Body: `{}`}, enrollment, "api_error", "is_enrolled"},
		{"enrollment refused", sandbox.Fault{Route: sandbox.RouteEnrollment, Status: 401}, enrollment, "unauthorized", "enrollment"},
		{"no list", sandbox.Fault{Route: sandbox.RouteOrganizations, Body: `{}`}, organizations, "api_error", "no list"},
		{"organizations broken", sandbox.Fault{Route: sandbox.RouteOrganizations, Status: 502, Times: -1}, organizations, "server_error", "Bad Gateway"},
		{"no subscription", sandbox.Fault{Route: sandbox.RouteApplications, Status: 403, Body: `{"detail":"nope"}`}, application, "validation_error", "nope"},
		{"half an application", sandbox.Fault{Route: sandbox.RouteApplications, Body: `{"client_id":"x"}`}, application, "api_error", "no client id and secret"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			a := account(t, box)
			box.Inject(tt.fault)
			err := tt.call(a, t.Context())
			if e := failure.From(err); err == nil || e.Type != tt.kind || !strings.Contains(e.Message, tt.says) {
				t.Errorf("got %#v", e)
			}
		})
	}
	t.Run("no server", func(t *testing.T) {
		t.Parallel()
		box := sandbox.Test(t)
		a := account(t, box)
		box.Close()
		if err := enrollment(a, t.Context()); failure.From(err).Type != "network_error" {
			t.Errorf("got %v", err)
		}
	})
}

func TestChooseOrganization(t *testing.T) {
	t.Parallel()
	two := []platform.Organization{{ID: "id-1", Name: "One"}, {ID: "id-2", Name: "T\x1bwo"}}
	says := func(answers ...string) login.Ask {
		return func(_ context.Context, question string) (string, error) {
			if strings.Contains(question, "\x1b") {
				return "", errors.New("the question drives the terminal")
			}
			if len(answers) == 0 {
				return "", io.EOF
			}
			answer := answers[0]
			answers = answers[1:]
			return answer, nil
		}
	}
	tests := []struct {
		name  string
		all   []platform.Organization
		admin bool
		ask   login.Ask
		want  string
		kind  string
		says  []string
	}{
		{name: "the only one", all: two[:1], want: "id-1"},
		{name: "a number", all: two, ask: says("2"), want: "id-2"},
		{name: "a number after nonsense", all: two, ask: says("0", "x", " 1 "), want: "id-1"},
		{name: "an id", all: two, ask: says("ID-2"), want: "id-2"},
		{name: "nonsense", all: two, ask: says("3", "3", "3"), kind: "validation_error", says: []string{"--org-id"}},
		{name: "end of input", all: two, ask: says(), kind: "error"},
		{name: "nobody to ask", all: two, kind: "validation_error", says: []string{"--org-id", "One (id-1)", "Two (id-2)"}},
		{name: "none", kind: "validation_error", says: []string{"no organization"}},
		{name: "none for an administrator", admin: true, kind: "validation_error", says: []string{"administer", "--org-id"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := login.ChooseOrganization(t.Context(), tt.all, tt.admin, tt.ask)
			if got != tt.want || (err == nil) != (tt.kind == "") {
				t.Fatalf("got %q, %v", got, err)
			}
			if err == nil {
				return
			}
			e := failure.From(err)
			if e.Type != tt.kind {
				t.Errorf("got %#v", e)
			}
			for _, word := range tt.says {
				if !strings.Contains(e.Message+" "+e.Hint, word) {
					t.Errorf("%q and %q do not say %q", e.Message, e.Hint, word)
				}
			}
		})
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]string{
		"":                 "",
		"abc":              "********",
		"abcdefgh":         "********",
		"abcdefghi":        "********fghi",
		"ein-längeres-öäü": "********-öäü",
	} {
		if got := login.Mask(secret); got != want {
			t.Errorf("Mask(%q) = %q, want %q", secret, got, want)
		}
	}
}
