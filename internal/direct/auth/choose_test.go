package auth_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const tokenURL = "https://id.example.test/token"

// two is a manifest with a plain token and OAuth, no credential in common.
func two() []manifest.Scheme {
	return []manifest.Scheme{oauth(tokenURL, "refresh_token"), bearer("personalAccessToken", "token")}
}

// nested is a manifest whose OAuth credentials contain those of the other.
func nested() []manifest.Scheme {
	full := oauth(tokenURL, "client_id", "client_secret", "refresh_token", "access_token")
	return []manifest.Scheme{bearer("pat", "access_token"), full}
}

func TestChoice(t *testing.T) {
	t.Parallel()
	optional := oauth(tokenURL)
	tests := []struct {
		name    string
		schemes []manifest.Scheme
		scheme  string
		creds   creds
		want    string
	}{
		{"one scheme", []manifest.Scheme{bearer("only", "token")}, "", creds{"token": "T"}, "only"},
		{"case 72 by the credentials", two(), "", creds{"token": "T"}, "personalAccessToken"},
		{"case 72 by other credentials", two(), "", refreshOnly, "oauth2"},
		{"case 72 by name", two(), "oauth2", refreshOnly, "oauth2"},
		{"case 72 superset", nested(), "", creds{"access_token": "T", "refresh_token": "R", "client_id": "I", "client_secret": "S"}, "oauth2"},
		{"case 72 subset", nested(), "", creds{"access_token": "T"}, "pat"},
		{"a name lets other schemes' credentials be", two(), "personalAccessToken", creds{"token": "T", "refresh_token": "R"}, "personalAccessToken"},
		{"a scheme that requires nothing comes last", []manifest.Scheme{optional, bearer("pat", "token")}, "", creds{"token": "T"}, "pat"},
		{"a scheme that requires nothing", []manifest.Scheme{optional, bearer("pat", "token")}, "", creds{"access_token": "T"}, "oauth2"},
		{"case 79 empty ones do not count", two(), "", creds{"token": "", "access_token": "", "refresh_token": "R"}, "oauth2"},
		{"no schemes", nil, "", nil, ""},
		{"no schemes, empty credentials", nil, "", creds{"token": ""}, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := newAuth(t, auth.Config{Schemes: tc.schemes, Scheme: tc.scheme, Credentials: tc.creds})
			if a.Scheme() != tc.want {
				t.Errorf("scheme %q, want %q", a.Scheme(), tc.want)
			}
		})
	}
}

func TestChoiceRefusals(t *testing.T) {
	t.Parallel()
	secret := "canary-value"
	one := []manifest.Scheme{bearer("only", "api_token")}
	unlisted := bearer("only", "api_token")
	unlisted.Required, unlisted.AllRequired = nil, true
	tests := []struct {
		name    string
		schemes []manifest.Scheme
		scheme  string
		creds   creds
		says    []string
		allowed []string
		meant   string
	}{
		{"no schemes", nil, "", creds{"token": secret}, []string{"token", "no authentication scheme"}, nil, ""},
		{"no schemes but a name", nil, "x", nil, []string{`"x"`}, nil, ""},
		{"nil", one, "", nil, []string{"credentials are missing", "api_token (only)"}, nil, ""},
		{"empty value", one, "", creds{"api_token": ""}, []string{"credentials are missing", "api_token"}, nil, ""},
		{"unknown", one, "", creds{"api_tokn": secret}, []string{`unknown credential "api_tokn"`, "api_token"}, []string{"api_token"}, "api_token"},
		{"extra", one, "", creds{"api_token": secret, "zzz": secret}, []string{`unknown credential "zzz"`}, []string{"api_token"}, ""},
		{"all required without a list", []manifest.Scheme{unlisted}, "only", nil, []string{"missing or empty: api_token"}, nil, ""},
		{"case 72 nil", two(), "", nil, []string{"credentials are missing", "token (personalAccessToken)", "refresh_token, optionally access_token"}, nil, ""},
		{"case 72 unknown name", two(), "personalToken", creds{"token": secret}, []string{`scheme "personalToken"`, "oauth2, personalAccessToken"}, []string{"oauth2", "personalAccessToken"}, ""},
		{"case 72 none fits", two(), "", creds{"client_id": secret}, []string{"client_id fit no", "refresh_token", "(oauth2) or token (personalAccessToken)"}, nil, ""},
		{"case 72 both fit", two(), "", creds{"refresh_token": secret, "token": secret}, []string{"fit several", "oauth2, personalAccessToken", "name the scheme"}, []string{"oauth2", "personalAccessToken"}, ""},
		{"named but incomplete", two(), "oauth2", creds{"token": secret}, []string{"missing or empty: refresh_token"}, nil, ""},
		{"named, unknown credential", two(), "oauth2", creds{"refresh_token": secret, "tokens": secret}, []string{`"tokens"`}, []string{"access_token", "refresh_token", "client_id", "client_secret", "token"}, "token"},
		{"left over", nestedWithSpare(), "", creds{"access_token": secret, "refresh_token": secret, "client_id": secret, "client_secret": secret, "spare": secret}, []string{`"spare"`, "oauth2", "name the scheme"}, nil, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := auth.New(auth.Config{Schemes: tc.schemes, Scheme: tc.scheme, Credentials: tc.creds})
			wantFault(t, err, fault.ErrConfig, tc.says, tc.creds)
			e := asFault(t, err)
			if diff := cmp.Diff(tc.allowed, e.Allowed); diff != "" {
				t.Error(diff)
			}
			if e.DidYouMean != tc.meant {
				t.Errorf("did you mean %q, want %q", e.DidYouMean, tc.meant)
			}
		})
	}
}

func nestedWithSpare() []manifest.Scheme {
	return slices.Concat(nested(), []manifest.Scheme{bearer("third", "spare")})
}
