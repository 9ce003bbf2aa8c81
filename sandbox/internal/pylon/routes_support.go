package pylon

import "net/http"

// The calls that the service allows per minute: each route has one of three.
const (
	perMinuteFew  = 30
	perMinuteSome = 120
	perMinuteMany = 300
)

// supportRoutes are issues and all that hangs on them, statuses, accounts and
// contacts.
func supportRoutes() []Route {
	routes := []Route{
		restRead("/issues", perMinuteFew, restListIssues),
		restWrite(http.MethodPost, "/issues", perMinuteFew, restCreateIssue),
		restSearch("/issues/search", perMinuteSome, restSearchIssues),
		restRead("/issues/{id}", perMinuteMany, restGetIssue),
		restWrite(http.MethodPatch, "/issues/{id}", perMinuteSome, restUpdateIssue),
		restWrite(http.MethodDelete, "/issues/{id}", perMinuteSome, restDeleteIssue),
		restWrite(http.MethodPost, "/issues/{id}/ai-response", perMinuteSome, restAIResponse),
		restWrite(http.MethodPost, "/issues/{id}/external-issues", perMinuteSome, restLinkExternalIssue),
		restRead("/issues/{id}/followers", perMinuteMany, restListFollowers),
		restWrite(http.MethodPost, "/issues/{id}/followers", perMinuteSome, restSetFollowers),
		restRead("/issues/{id}/messages", perMinuteSome, restListMessages),
		restWrite(http.MethodDelete, "/issues/{id}/messages/{message_id}", perMinuteFew, restDeleteMessage),
		restWrite(http.MethodPost, "/issues/{id}/messages/{message_id}/redact", perMinuteSome, restRedactMessage),
		restWrite(http.MethodPost, "/issues/{id}/note", perMinuteFew, restNote),
		restWrite(http.MethodPost, "/issues/{id}/reply", perMinuteFew, restReply),
		restWrite(http.MethodPost, "/issues/{id}/snooze", perMinuteSome, restSnoozeIssue),
		restRead("/issues/{id}/threads", perMinuteSome, restListThreads),
		restWrite(http.MethodPost, "/issues/{id}/threads", perMinuteSome, restCreateThread),
		restRead("/issues/{id}/voice-calls", perMinuteSome, restListVoiceCalls),
		restRead("/issue-statuses", perMinuteFew, restListStatuses),
	}
	return append(routes, customerRoutes()...)
}

// customerRoutes are accounts and contacts.
func customerRoutes() []Route {
	return []Route{
		restRead("/accounts", perMinuteMany, restListAccounts),
		restWrite(http.MethodPost, "/accounts", perMinuteMany, restCreateAccount),
		restWrite(http.MethodPatch, "/accounts", perMinuteSome, restUpdateAccounts),
		restWrite(http.MethodPost, "/accounts/merge", perMinuteFew, restMergeAccounts),
		restSearch("/accounts/search", perMinuteSome, restSearchAccounts),
		restWrite(http.MethodPost, "/accounts/{account_id}/highlights", perMinuteFew, restCreateHighlight),
		restWrite(http.MethodPatch, "/accounts/{account_id}/highlights/{highlight_id}", perMinuteSome, restUpdateHighlight),
		restWrite(http.MethodDelete, "/accounts/{account_id}/highlights/{highlight_id}", perMinuteSome, restDeleteHighlight),
		restWrite(http.MethodPost, "/accounts/{account_id}/relationship", perMinuteSome, restCreateRelationship),
		restRead("/accounts/{account_id}/relationships", perMinuteMany, restListRelationships),
		restWrite(http.MethodDelete, "/accounts/{account_id}/relationships/{relationship_id}", perMinuteSome, restDeleteRelationship),
		restRead("/accounts/{id}", perMinuteMany, restGetAccount),
		restWrite(http.MethodPatch, "/accounts/{id}", perMinuteMany, restUpdateAccount),
		restWrite(http.MethodDelete, "/accounts/{id}", perMinuteFew, restDeleteAccount),
		restWrite(http.MethodPost, "/accounts/{id}/activities", perMinuteSome, restCreateActivity),
		restUpload("/accounts/{id}/files", perMinuteFew, restUploadAccountFile),
		restRead("/contacts", perMinuteMany, restListContacts),
		restWrite(http.MethodPost, "/contacts", perMinuteMany, restCreateContact),
		restSearch("/contacts/search", perMinuteSome, restSearchContacts),
		restRead("/contacts/{id}", perMinuteMany, restGetContact),
		restWrite(http.MethodPatch, "/contacts/{id}", perMinuteMany, restUpdateContact),
		restWrite(http.MethodDelete, "/contacts/{id}", perMinuteFew, restDeleteContact),
	}
}

// workspaceRoutes are teams, tags, users, roles, me, custom fields, ticket
// forms, attachments and activity types.
func workspaceRoutes() []Route {
	return []Route{
		restRead("/teams", perMinuteMany, restListTeams),
		restWrite(http.MethodPost, "/teams", perMinuteFew, restCreateTeam),
		restRead("/teams/{id}", perMinuteMany, restGetTeam),
		restWrite(http.MethodPatch, "/teams/{id}", perMinuteSome, restUpdateTeam),
		restRead("/tags", perMinuteMany, restListTags),
		restWrite(http.MethodPost, "/tags", perMinuteMany, restCreateTag),
		restRead("/tags/{id}", perMinuteMany, restGetTag),
		restWrite(http.MethodPatch, "/tags/{id}", perMinuteFew, restUpdateTag),
		restWrite(http.MethodDelete, "/tags/{id}", perMinuteFew, restDeleteTag),
		restRead("/me", perMinuteMany, restGetMe),
		restRead("/user-roles", perMinuteMany, restListRoles),
		restRead("/users", perMinuteMany, restListUsers),
		restSearch("/users/search", perMinuteSome, restSearchUsers),
		restRead("/users/{id}", perMinuteMany, restGetUser),
		restWrite(http.MethodPatch, "/users/{id}", perMinuteSome, restUpdateUser),
		restRead("/custom-fields", perMinuteMany, restListCustomFields),
		restWrite(http.MethodPost, "/custom-fields", perMinuteSome, restCreateCustomField),
		restRead("/custom-fields/{id}", perMinuteMany, restGetCustomField),
		restWrite(http.MethodPatch, "/custom-fields/{id}", perMinuteSome, restUpdateCustomField),
		restRead("/ticket-forms", perMinuteMany, restListTicketForms),
		restRead("/ticket-forms/{id}", perMinuteMany, restGetTicketForm),
		restUpload("/attachments", perMinuteFew, restCreateAttachment),
		restRead("/activity-types", perMinuteFew, restListActivityTypes),
	}
}
