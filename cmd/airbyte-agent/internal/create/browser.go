package create

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/browser"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

// EnvWebapp is the environment variable with the web application's address.
const EnvWebapp = "AIRBYTE_WEBAPP_URL"

// How a session is looked at. The first look is early: a person who has the
// credentials at hand is quick.
const (
	firstLook    = time.Second
	lookEvery    = 3 * time.Second
	defaultLimit = 180 * time.Second
)

// fromBrowser lets the person enter the credentials on a page, waits for them,
// and makes the connector unless the page has made it.
func (f *flow) fromBrowser(ctx context.Context, o order) (json.RawMessage, error) {
	webapp, limit, err := f.place()
	if err != nil {
		return nil, err
	}
	token, err := o.api.widgetToken(ctx, o.workspace, webapp)
	if err != nil {
		return nil, err
	}
	workspaceID, err := WidgetWorkspace(token)
	if err != nil {
		return nil, err
	}
	id, err := o.api.beginSession(ctx, o.template, workspaceID)
	if err != nil {
		return nil, err
	}
	if err := f.showPage(ctx, WidgetPage(webapp, token, id, o.template), id, o.template.Name); err != nil {
		return nil, err
	}
	schedule := Schedule{First: firstLook, Every: lookEvery, Limit: limit}
	session, err := Wait(ctx, schedule, func(ctx context.Context) (Session, error) { return o.api.session(ctx, id) })
	if err != nil {
		return nil, err
	}
	if session.SourceID != "" {
		return o.adopt(ctx, session.SourceID, id)
	}
	return f.fromSession(ctx, o, session, id)
}

// place is where the page is, and how long the person has.
func (f *flow) place() (webapp *url.URL, limit time.Duration, err error) {
	webapp, err = settings.ParseHost(EnvWebapp, cmp.Or(f.getenv(EnvWebapp), DefaultWebapp))
	if err != nil {
		return nil, 0, &platform.Error{Kind: platform.KindConfig, Message: err.Error(), Err: err}
	}
	text := strings.TrimSpace(f.getenv(envTimeout))
	if text == "" {
		return webapp, defaultLimit, nil
	}
	seconds, err := strconv.Atoi(text)
	if err != nil || seconds < 1 || seconds > 24*60*60 {
		return nil, 0, failure.Invalid("%s is %q, which is no number of seconds from 1 to 86400", envTimeout, text)
	}
	return webapp, time.Duration(seconds) * time.Second, nil
}

// pageNotice is what programs read of the page, in Airbyte's own words for it.
type pageNotice struct {
	Page    string `json:"credentials_url"`
	Session string `json:"session_id"`
	Message string `json:"message"`
}

// showPage prints the page, which is the one thing that standard error must
// show to programs too: without it nobody can go on. Where a person looks it is
// opened as well, and a browser that does not start is no failure.
func (f *flow) showPage(ctx context.Context, page, session, name string) error {
	message := "Open this page to enter the credentials of " + output.Line(name)
	if err := browser.Invite(f.app.Err, f.app.Terminal.Err, message, page, pageNotice{page, session, message}); err != nil {
		return err
	}
	if f.noBrowser || !f.app.Terminal.In && !f.app.Terminal.Err {
		return nil
	}
	if err := f.open(ctx, page); err != nil {
		f.app.Notice("No browser was opened: %v.", err)
	}
	return nil
}

// fromSession makes the connector of what the person entered.
func (f *flow) fromSession(ctx context.Context, o order, session Session, id string) (json.RawMessage, error) {
	if session.TemplateID != "" && !strings.EqualFold(session.TemplateID, o.template.ID) {
		chosen, err := o.api.template(ctx, session.TemplateID, "")
		if err != nil {
			return nil, err
		}
		o.template = chosen
	}
	config, err := Config(o.template, session.AuthPayload, f.now())
	if err != nil {
		return nil, err
	}
	o.config, o.entered, o.name = config, session.AuthPayload, cmp.Or(o.name, o.template.Name)
	made, err := o.create(ctx)
	if err != nil {
		return nil, err
	}
	connector := gjson.GetBytes(made, "id").String()
	if connector == "" {
		return made, nil // the session runs out by itself
	}
	if err := o.api.endSession(ctx, id, connector); err != nil {
		err = o.secrets().hide(err)
		return warn(made, "the session was not closed, and runs out by itself: "+failure.From(err).Message)
	}
	return made, nil
}

// warn adds a warning to those of an answer.
func warn(answer json.RawMessage, warning string) (json.RawMessage, error) {
	var had struct {
		Warnings []string `json:"warnings"`
	}
	if err := json.Unmarshal(answer, &had); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return add(answer, "warnings", append(had.Warnings, warning))
}

type adopted struct {
	ID          string   `json:"id"`
	Status      string   `json:"status"`
	Message     string   `json:"message"`
	SessionID   string   `json:"session_id"`
	CheckStatus string   `json:"check_status"`
	Warnings    []string `json:"warnings,omitempty"`
}

// adopt reports a connector that the page has made itself, after a check.
func (o order) adopt(ctx context.Context, connectorID, sessionID string) (json.RawMessage, error) {
	result := adopted{
		ID:          connectorID,
		Status:      "completed",
		Message:     "the connector was made in the browser",
		SessionID:   sessionID,
		CheckStatus: "not checked",
	}
	if o.unchecked {
		return envelope.Encode(result), nil
	}
	check, err := settled(ctx, func(ctx context.Context) (*platform.CheckResult, error) {
		return o.api.client.CheckConnector(ctx, connectorID)
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		result.Warnings = append(result.Warnings, "its check could not be made: "+failure.From(err).Message)
		return envelope.Encode(result), nil
	case check.Status == "failed":
		e := refused("the connector "+connectorID+" was made in the browser, and its credentials are not accepted: "+said(check),
			"remove it with airbyte-agent connectors delete --id "+connectorID+", and run it again")
		e.Detail = envelope.Encode(result)
		return nil, e
	}
	result.CheckStatus = cmp.Or(check.Status, "unknown")
	if result.CheckStatus != "succeeded" {
		result.Warnings = append(result.Warnings, "the check of the credentials came to no result: "+result.CheckStatus)
	}
	return envelope.Encode(result), nil
}
