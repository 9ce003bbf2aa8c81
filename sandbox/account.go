package sandbox

import (
	"net/http"
	"strings"
	"time"
)

type tokenReply struct {
	AccessToken    string  `json:"access_token"`
	TokenType      string  `json:"token_type"`
	ExpiresIn      int     `json:"expires_in"`
	OrganizationID *string `json:"organization_id"`
}

// issueToken exchanges the client credentials for an application token. The
// token names its organization only when there is no doubt which one it is.
func (s *Sandbox) issueToken(c *call) (response, error) {
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	id, secret := in.text("client_id"), in.text("client_secret")
	if err := in.err(); err != nil {
		return response{}, err
	}
	if id != ClientID || secret != ClientSecret {
		return response{}, refuse(s.config.tokenRefusal, "Invalid client credentials (this is the sandbox: it accepts only its own)")
	}
	reply := tokenReply{
		AccessToken: s.tokens.issue(claims{Kind: applicationToken}, s.config.tokenLifetime),
		TokenType:   "bearer",
		ExpiresIn:   int(s.config.tokenLifetime / time.Second),
	}
	org, err := s.namedOrganization(c.request)
	if err != nil {
		return response{}, err
	}
	if org == nil && len(s.organizations) == 1 {
		org = s.organizations[0]
	}
	if org != nil {
		reply.OrganizationID = &org.id
	}
	return success(reply)
}

type bareToken struct {
	Token string `json:"token"`
}

// issueScopedToken makes a token for one workspace, and the workspace too where
// the name is new.
func (s *Sandbox) issueScopedToken(c *call) (response, error) {
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	name := workspaceName(in)
	in.id("region_id")
	if err := in.err(); err != nil {
		return response{}, err
	}
	return success(bareToken{s.scopedToken(c.org, name)})
}

// workspaceName reads the workspace's name of a token request, by its present
// name or one of its deprecated ones.
func workspaceName(in *fields) string {
	for _, key := range []string{"workspace_name", "customer_name", "external_user_id"} {
		if !in.has(key) {
			continue
		}
		name := in.text(key)
		if strings.TrimSpace(name) == "" {
			in.reject(key, "string_too_short", "String should have at least 1 character")
		}
		return name
	}
	return in.text("workspace_name")
}

func (s *Sandbox) scopedToken(org *organization, workspaceName string) string {
	ws := org.ensureWorkspace(workspaceName, s.ids.next, timestamp(s.config.now()))
	return s.tokens.issue(claims{
		Kind:           scopedToken,
		OrganizationID: org.id,
		WorkspaceID:    ws.ID,
	}, s.config.scopedTokenLimit)
}

type scopedTokenInfo struct {
	OrganizationID string `json:"organization_id"`
	WorkspaceID    string `json:"workspace_id"`
	WorkspaceName  string `json:"workspace_name"`
}

func (s *Sandbox) scopedTokenInfo(c *call) (response, error) {
	if c.token.Kind != scopedToken {
		return response{}, refuse(http.StatusForbidden, "A scoped token is required")
	}
	ws, ok := c.org.workspace(c.token.WorkspaceID)
	if !ok {
		return response{}, refuse(http.StatusNotFound, "Workspace %s not found", c.token.WorkspaceID)
	}
	return success(scopedTokenInfo{c.org.id, ws.ID, ws.Name})
}
