package create_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/create"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
)

const templates = `{"data":[
	{"id":"1","name":"Pylon","connector_name":"pylon"}, null,
	{"id":"2","name":"Facebook Marketing","connector_name":"facebook-marketing"},
	{"id":"3","name":"Twice","connector_name":null}, {"id":"4","name":"Other","connector_name":"twice"}]}`

func TestFindTemplate(t *testing.T) {
	t.Parallel()
	all, err := create.ParseTemplates(json.RawMessage(templates))
	if err != nil || len(all) != 4 {
		t.Fatalf("got %v, %v", all, err)
	}
	tests := []struct {
		name, id string
		exit     int
	}{
		{"PYLON", "1", failure.ExitOK},
		{" facebook-marketing ", "2", failure.ExitOK},
		{"facebook marketing", "2", failure.ExitOK},
		{"pylonn", "", failure.ExitNotFound},
		{"", "", failure.ExitNotFound},
		{"twice", "", failure.ExitInput},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := create.FindTemplate(all, tt.name)
			if got.ID != tt.id || exit(err) != tt.exit {
				t.Fatalf("got %q, %v", got.ID, err)
			}
		})
	}
	_, err = create.FindTemplate(all, "pylonn")
	if near := failure.From(err); near.DidYouMean != "Pylon" {
		t.Errorf("got %#v", near)
	}
	_, err = create.FindTemplate(all, "twice")
	if several := failure.From(err); !slices.Equal(several.Candidates, []string{"3", "4"}) {
		t.Errorf("got %#v", several)
	}
}

// exit is the code that the command ends with.
func exit(err error) int {
	if err == nil {
		return failure.ExitOK
	}
	return failure.From(err).Exit
}

func TestParseTemplates(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `[]`, `{}`, `{"data":null}`, `{"data":[7]}`} {
		all, err := create.ParseTemplates(json.RawMessage(raw))
		if err == nil || strings.Contains(err.Error(), "Go ") || !strings.HasPrefix(err.Error(), "list connector types: the answer ") {
			t.Errorf("%s gives %v, %v", raw, all, err)
		}
	}
}

func TestParseTemplate(t *testing.T) {
	t.Parallel()
	for raw, definition := range map[string]string{
		`{"id":"1","actor_definition_id":"a","source_definition_id":"b","organization_id":null}`: "a",
		`{"id":"1","source_definition_id":"b"}`:                                                  "b",
	} {
		if got, err := create.ParseTemplate(json.RawMessage(raw)); err != nil || got.DefinitionID() != definition {
			t.Errorf("%s gives %+v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{``, `null`, `{}`, `{"id":"1"}`, `{"source_definition_id":"b"}`, `{"id":7}`} {
		got, err := create.ParseTemplate(json.RawMessage(raw))
		if err == nil || strings.Contains(err.Error(), "Go ") || !strings.HasPrefix(err.Error(), "read the connector type: the answer ") {
			t.Errorf("%s gives %+v, %v", raw, got, err)
		}
	}
}

func TestWidgetWorkspace(t *testing.T) {
	t.Parallel()
	good := "eyJ3aWRnZXRVcmwiOiJodHRwczovL2FwcC5leGFtcGxlL3dpZGdldD93b3Jrc3BhY2VJZD13MSIsInRva2VuIjoidCJ9"
	if id, err := create.WidgetWorkspace(good); id != "w1" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
	for name, token := range map[string]string{
		"nothing":      "",
		"no base64":    "canary!",
		"no object":    "ImNhbmFyeSI=",                         // "canary"
		"no address":   "eyJ3aWRnZXRVcmwiOiI6Ly9jYW5hcnkifQ==", // {"widgetUrl":"://canary"}
		"no workspace": "eyJ3aWRnZXRVcmwiOiJodHRwczovL2EifQ==", // {"widgetUrl":"https://a"}
	} {
		if id, err := create.WidgetWorkspace(token); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %q, %v", name, id, err)
		}
	}
}

func TestWidgetPage(t *testing.T) {
	t.Parallel()
	for webapp, want := range map[string]string{
		"https://app.example":       "https://app.example/widget-bridge?selectedTemplateId=t+1&session=s&showEntityPicker=true&useGlobalTemplates=true&widget_token=a%2Bb%3D",
		"https://app.example/base/": "https://app.example/base/widget-bridge?selectedTemplateId=t+1&session=s&showEntityPicker=true&useGlobalTemplates=true&widget_token=a%2Bb%3D",
	} {
		base, err := url.Parse(webapp)
		if err != nil {
			t.Fatal(err)
		}
		if got := create.WidgetPage(base, "a+b=", "s", create.Template{ID: "t 1"}); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		own := create.WidgetPage(base, "a", "s", create.Template{ID: "t", OrganizationID: "o"})
		if strings.Contains(own, "useGlobalTemplates") {
			t.Errorf("an organization's own template gives %s", own)
		}
	}
}
