package sandbox

import (
	"net/http"
	"slices"
)

// The names of the routes, as [Fault.Route], [Request.Route] and
// [Sandbox.Count] use them.
const (
	RouteToken             = "token"
	RouteScopedToken       = "scoped-token"
	RouteScopedTokenInfo   = "scoped-token-info"
	RouteWidgetToken       = "widget-token"
	RouteSignIn            = "sign-in"       // the authorization page below KeycloakURL
	RouteSignInToken       = "sign-in-token" // the token endpoint below KeycloakURL
	RouteEnrollment        = "enrollment-status"
	RouteApplications      = "applications"
	RouteOrganizations     = "organizations"
	RouteCredentials       = "organization-credentials"
	RouteWorkspaces        = "workspaces"
	RouteWorkspaceStats    = "workspace-stats"
	RouteWorkspaceGet      = "workspace-get"
	RouteWorkspaceUpdate   = "workspace-update"
	RouteWorkspaceDelete   = "workspace-delete"
	RouteConnectors        = "connectors"
	RouteConnectorCreate   = "connector-create"
	RouteConnectorCheckNew = "connector-check-new"
	RouteConnectorCheck    = "connector-check"
	RouteConnectorGet      = "connector-get"
	RouteConnectorUpdate   = "connector-update"
	RouteConnectorDelete   = "connector-delete"
	RouteConnectorInspect  = "connector-inspect"
	RouteExecute           = "execute"
	RouteSkills            = "skills"
	RouteSkillSearch       = "skill-search"
	RouteSkillDocs         = "skill-docs"
	RouteTemplates         = "templates"
	RouteGlobalTemplates   = "global-templates"
	RouteTemplateGet       = "template-get"
	RouteDefinitions       = "definitions"
	RouteDefinitionGet     = "definition-get"
	RouteSessionCreate     = "oauth-session-create"
	RouteSessionGet        = "oauth-session-get"
	RouteSessionUpdate     = "oauth-session-update"
	RouteWidget            = "widget"           // a page below WebappURL
	RouteCredentialsPage   = "credentials-page" // a page below WebappURL
	RouteChat              = "chat"
	RouteResponses         = "responses"
	RouteModels            = "models"
	RouteModelGet          = "model-get"
	RoutePylon             = "pylon" // every route below PylonURL
)

// access says who may use a route.
type access int

const (
	open            access = iota // no token
	anyOrganization               // a token, and no need to say which organization
	user                          // a token of a person who has signed in, and one organization
	member                        // a token and one organization
	application                   // an application token and one organization
)

// handler does the work of one route. An error of type *failure is the answer;
// any other one is the sandbox's own and becomes a 500.
type handler func(*call) (response, error)

type route struct {
	name    string
	pattern string // as http.ServeMux has it
	access  access
	handle  handler
	serve   http.Handler // instead of handle: writes its own answer
}

const (
	internalPath  = "/api/v1/internal"
	sessionPath   = internalPath + "/mcp_oauth/sessions"
	accountPath   = "/api/v1/account/applications"
	workspacePath = "/api/v1/workspaces"
	connectorPath = "/api/v1/integrations/connectors"
	templatePath  = "/api/v1/integrations/templates/sources"
	definePath    = "/api/v1/integrations/definitions/sources"
	skillPath     = "/api/v1/skills"
)

func (s *Sandbox) routes() []route {
	routes := []route{
		{name: RouteToken, pattern: "POST " + accountPath + "/token", access: open, handle: s.issueToken},
		{name: RouteScopedToken, pattern: "POST " + accountPath + "/scoped-token", access: application, handle: s.issueScopedToken},
		{name: RouteScopedTokenInfo, pattern: "GET " + accountPath + "/scoped-token/info", access: member, handle: s.scopedTokenInfo},
		{name: RouteWidgetToken, pattern: "POST " + accountPath + "/widget-token", access: application, handle: s.issueWidgetToken},
		{name: RouteOrganizations, pattern: "GET " + internalPath + "/account/organizations", access: anyOrganization, handle: s.listOrganizations},
		{name: RouteCredentials, pattern: "GET /api/v1/organizations/{id}/credentials", access: application, handle: s.listCredentials},
		{name: RouteWorkspaces, pattern: "GET " + workspacePath, access: member, handle: s.listWorkspaces},
		{name: RouteWorkspaceStats, pattern: "GET " + workspacePath + "/stats", access: member, handle: s.workspaceStats},
		{name: RouteWorkspaceGet, pattern: "GET " + workspacePath + "/{id}", access: member, handle: s.getWorkspace},
		{name: RouteWorkspaceUpdate, pattern: "PUT " + workspacePath + "/{id}", access: application, handle: s.updateWorkspace},
		{name: RouteWorkspaceDelete, pattern: "DELETE " + workspacePath + "/{id}", access: application, handle: s.deleteWorkspace},
		{name: RouteTemplates, pattern: "GET " + templatePath, access: member, handle: s.listTemplates},
		{name: RouteGlobalTemplates, pattern: "GET " + templatePath + "/global", access: member, handle: s.listGlobalTemplates},
		{name: RouteTemplateGet, pattern: "GET " + templatePath + "/{id}", access: member, handle: s.getTemplate},
		{name: RouteDefinitions, pattern: "GET " + definePath, access: member, handle: s.listDefinitions},
		{name: RouteDefinitionGet, pattern: "GET " + definePath + "/{id}", access: member, handle: s.getDefinition},
		{name: RouteSkills, pattern: "GET " + skillPath, access: member, handle: s.listSkills},
		{name: RouteSkillSearch, pattern: "GET " + skillPath + "/search", access: member, handle: s.searchSkills},
		{name: RouteSkillDocs, pattern: "GET " + skillPath + "/docs", access: member, handle: s.skillDocs},
	}
	return slices.Concat(routes, s.connectorRoutes(), s.browserRoutes(), s.modelRoutes())
}

func (s *Sandbox) connectorRoutes() []route {
	return []route{
		{name: RouteConnectors, pattern: "GET " + connectorPath, access: member, handle: s.listConnectors},
		{name: RouteConnectorCreate, pattern: "POST " + connectorPath, access: member, handle: s.createConnector},
		{name: RouteConnectorCheckNew, pattern: "POST " + connectorPath + "/check", access: member, handle: s.checkNew},
		{name: RouteConnectorCheck, pattern: "POST " + connectorPath + "/{id}/check", access: member, handle: s.checkExisting},
		{name: RouteConnectorGet, pattern: "GET " + connectorPath + "/{id}", access: member, handle: s.getConnector},
		{name: RouteConnectorUpdate, pattern: "PUT " + connectorPath + "/{id}", access: member, handle: s.updateConnector},
		{name: RouteConnectorDelete, pattern: "DELETE " + connectorPath + "/{id}", access: member, handle: s.deleteConnector},
		{name: RouteConnectorInspect, pattern: "GET " + connectorPath + "/{id}/inspect", access: member, handle: s.inspectConnector},
		{name: RouteExecute, pattern: "POST " + connectorPath + "/{id}/execute", access: member, handle: s.execute},
	}
}

// browserRoutes are those of signing in and of entering credentials.
func (s *Sandbox) browserRoutes() []route {
	return []route{
		{name: RouteSignIn, pattern: "GET " + connectPath + "/auth", access: open, handle: s.signIn},
		{name: RouteSignInToken, pattern: "POST " + connectPath + "/token", access: open, handle: s.issueSignInToken},
		{name: RouteEnrollment, pattern: "GET " + internalPath + "/account/enrollment-status", access: anyOrganization, handle: s.enrollmentStatus},
		{name: RouteApplications, pattern: "POST " + internalPath + "/account/applications", access: user, handle: s.makeApplication},
		{name: RouteSessionCreate, pattern: "POST " + sessionPath, access: application, handle: s.beginSession},
		{name: RouteSessionGet, pattern: "GET " + sessionPath + "/{id}", access: application, handle: s.getSession},
		{name: RouteSessionUpdate, pattern: "PATCH " + sessionPath + "/{id}", access: application, handle: s.endSession},
		{name: RouteWidget, pattern: "GET /widget-bridge", access: open, handle: s.widgetPage},
		{name: RouteCredentialsPage, pattern: "GET /organizations/{id}/credentials", access: open, handle: s.credentialsPage},
	}
}

// modelRoutes answer with and without /v1, because clients differ in whether
// their base URL holds it.
func (s *Sandbox) modelRoutes() []route {
	var routes []route
	for _, base := range []string{"/v1", ""} {
		routes = append(
			routes,
			route{name: RouteChat, pattern: "POST " + base + "/chat/completions", serve: s.model},
			route{name: RouteResponses, pattern: "POST " + base + "/responses", serve: s.model},
			route{name: RouteModels, pattern: "GET " + base + "/models", serve: s.model},
			route{name: RouteModelGet, pattern: "GET " + base + "/models/{id}", serve: s.model},
		)
	}
	return routes
}
