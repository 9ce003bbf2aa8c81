package sandbox_test

import (
	"fmt"
	"log"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func ExampleSandbox_KeycloakURL() {
	box := start()
	defer box.Close()

	// A browser would follow the redirect to the program that waits there.
	page, err := noRedirects.Get(box.KeycloakURL() + "/protocol/openid-connect/auth?" + signInQuery().Encode()) //nolint:noctx // an example has no context
	if err != nil {
		log.Fatal(err)
	}
	defer page.Body.Close()
	back, err := url.Parse(page.Header.Get("Location"))
	fmt.Println(back.Host, back.Query().Get("state"), back.Query().Has("code"), err)
	// Output: 127.0.0.1:49152 state-1 true <nil>
}

func ExampleSandbox_WebappURL() {
	box := start()
	defer box.Close()

	_, page := ask(http.MethodGet, box.WebappURL()+"/organizations/"+sandbox.OrganizationID+"/credentials", "", "")
	fmt.Println(strings.Contains(page, "This is a simulator"))
	// Output: true
}

func ExampleWithAccount() {
	box := start(sandbox.WithAccount(sandbox.AccountNotEnrolled))
	defer box.Close()

	_, answer := ask(http.MethodGet, box.PlatformURL()+enrollmentPath, login(box), "")
	fmt.Println(gjson.Get(answer, "is_enrolled"))
	// Output: false
}

func ExampleWithWidget() {
	box := start(sandbox.WithWidget(sandbox.WidgetFails))
	defer box.Close()

	// A program begins a session and gets a token for the page.
	token := login(box)
	_, templates := ask(http.MethodGet, box.PlatformURL()+templatePath+"/global", token, "")
	template := gjson.Get(templates, "data.0.id").String()
	_, session := ask(http.MethodPost, box.PlatformURL()+sessionPath, token, `{"source_definition_id":"`+sandbox.PylonDefinitionID+
		`","workspace_id":"`+sandbox.WorkspaceID+`","source_template_id":"`+template+`"}`)
	id := gjson.Get(session, "session_id").String()
	_, widget := ask(http.MethodPost, box.PlatformURL()+widgetPath, token, `{"workspace_name":"default","allowed_origin":"https://app.example"}`)

	// The person opens the page.
	ask(http.MethodGet, box.WebappURL()+"/widget-bridge?session="+id+"&selectedTemplateId="+template+"&widget_token="+url.QueryEscape(gjson.Get(widget, "token").String()), "", "")

	_, after := ask(http.MethodGet, box.PlatformURL()+sessionPath+"/"+id, token, "")
	fmt.Println(gjson.Get(after, "status"), gjson.Get(after, "error"))
	// Output: failed The sandbox was told to fail here
}
